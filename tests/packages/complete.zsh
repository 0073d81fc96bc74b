# usage: zsh complete.zsh FOLDER WORDS: prints what zsh offers behind WORDS, with FOLDER/_hoptls as its completion.
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000; stty columns 200 rows 200"
zpty -w z "bindkey '^I' list-choices; bindkey '^X' end-of-list; print RE''ADY"
zpty -r z shown '*READY*' || exit 1
zpty -w -n z "$2"$'\t'
sleep 1
shown=
while zpty -r -t z more; do shown+=$more; done
print -r -- "$shown"
