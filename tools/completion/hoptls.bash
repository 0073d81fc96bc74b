# Completion of hoptls for bash. Every option here is one of `hoptls --help`, and the other way round (tests/packages/run).

_hoptls()
{
    local cur=${COMP_WORDS[COMP_CWORD]} option='' command='' word options
    local common='--help --version'
    local answer='--json --color= --trust= --policy= --min-tls= --min-bits= --strict --internal --profile= --learned=
        --learn-share= --learn-hops= --learn-peers= --forget-silence'
    local scan='--csv --sqlite= --html= --listed= --results= --only= --since= --until= --dedup --fail-on= --resume= --format=
        --sort --quiet -j'

    COMPREPLY=()
    # An equals sign is a word of its own.
    if [[ $cur == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 1]}
        cur=''
    elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        [[ $word == scan || $word == merge || $word == learn ]] && command=$word
    done
    case $command in
    scan) options="$common $answer $scan" ;;
    merge) options="$common --html= --results=" ;;
    learn) options="$common --merge --records --profile= --trust= --format= --sort --quiet -j" ;;
    *) options="$common $answer" ;;
    esac

    case $option in
    --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur") ;;
    --policy) mapfile -t COMPREPLY < <(compgen -W 'any rfc9325 nist-800-52r2 hipaa' -- "$cur") ;;
    --min-tls) mapfile -t COMPREPLY < <(compgen -W '1.0 1.1 1.2 1.3' -- "$cur") ;;
    --only) mapfile -t COMPREPLY < <(compgen -W 'tls weak plain unknown none-needed' -- "$cur") ;;
    --fail-on) mapfile -t COMPREPLY < <(compgen -W 'plain unknown weak' -- "$cur") ;;
    --format)
        mapfile -t COMPREPLY < <(compgen -W 'auto message mbox mboxo mboxrd mboxcl mboxcl2 emlx archive pst msg' -- "$cur")
        ;;
    --trust) mapfile -t COMPREPLY < <(compgen -A hostname -- "$cur") ;;
    --min-bits | --learn-share | --learn-hops | --learn-peers | --listed | --since | --until) ;;
    *)
        if [[ $cur == -* && -z $option ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
            [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
            ((COMP_CWORD == 1)) && mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W 'scan merge learn' -- "$cur")
            compopt -o filenames 2>/dev/null
        fi
        ;;
    esac
    return 0
}

complete -F _hoptls hoptls
