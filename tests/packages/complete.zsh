# usage: zsh complete.zsh FOLDER WORDS: prints what zsh offers behind WORDS, with FOLDER/_hoptls as its completion.
# The shell asked says itself when it takes keys and when the whole list is drawn: no guess at how long that takes.
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=; fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; LISTMAX=1000; stty columns 200 rows 200"
zpty -w z "offer() { zle list-choices; zle -R; print OFF''ERED }; zle -N offer; bindkey '^I' offer"
zpty -w z "zle-line-init() { print RE''ADY }; zle -N zle-line-init"
zpty -r z shown '*READY*' || exit 1
zpty -w -n z "$2"$'\t'
zpty -r z shown '*OFFERED*' || exit 1
print -r -- "${shown%OFFERED*}"
