# Completion of hoptls for bash. Every option here is one of `hoptls --help`, and the other way round (tests/packages/run).

_hoptls()
{
    local cur=${COMP_WORDS[COMP_CWORD]} option='' learning=0 word
    local common='--profile= --trust= --help --version'
    local options="$common --json --color= --policy= --min-tls= --min-bits= --strict --internal --learned= --learn-share=
        --learn-hops= --learn-peers= --forget-silence"

    COMPREPLY=()
    # An equals sign is a word of its own.
    if [[ $cur == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 1]}
        cur=''
    elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ ${COMP_WORDS[COMP_CWORD - 1]} == --* ]]; then
        option=${COMP_WORDS[COMP_CWORD - 1]}
    fi
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        [[ $word == learn ]] && learning=1
    done

    case $option in
    --color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur") ;;
    --policy) mapfile -t COMPREPLY < <(compgen -W 'any rfc9325 nist-800-52r2 hipaa' -- "$cur") ;;
    --min-tls) mapfile -t COMPREPLY < <(compgen -W '1.0 1.1 1.2 1.3' -- "$cur") ;;
    --trust) mapfile -t COMPREPLY < <(compgen -A hostname -- "$cur") ;;
    --min-bits | --learn-share | --learn-hops | --learn-peers) ;;
    *)
        if [[ $cur == -* && $option != --profile && $option != --learned ]]; then
            ((learning)) && options="$common --merge"
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
            [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
            ((COMP_CWORD == 1)) && [[ learn == "$cur"* ]] && COMPREPLY+=(learn)
            compopt -o filenames 2>/dev/null
        fi
        ;;
    esac
    return 0
}

complete -F _hoptls hoptls
