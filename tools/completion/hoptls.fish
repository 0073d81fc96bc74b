# Completion of hoptls for fish. Every option here is one of `hoptls --help`, and the other way round (tests/packages/run).

function __hoptls_learns
    contains -- learn (commandline -opc)
end

set -l answers 'not __hoptls_learns'

complete -c hoptls -n __fish_use_subcommand -a learn -d 'Count who states TLS'
complete -c hoptls -l profile -r -F -d 'What only the operator of a site knows'
complete -c hoptls -l trust -x -a '(__fish_print_hostnames)' -d 'Believe the header only as far down as these wrote it'
complete -c hoptls -s h -l help -d 'Print help'
complete -c hoptls -s V -l version -d 'Print the version'
complete -c hoptls -n __hoptls_learns -l merge -d 'The files are counts: add them up'
complete -c hoptls -n $answers -l json -d 'One line of JSON for each file'
complete -c hoptls -n $answers -l color -x -a 'auto always never' -d 'When to use colour'
complete -c hoptls -n $answers -l policy -x -a 'any rfc9325 nist-800-52r2 hipaa' -d 'A published rule'
complete -c hoptls -n $answers -l min-tls -x -a '1.0 1.1 1.2 1.3' -d 'A version below this falls short'
complete -c hoptls -n $answers -l min-bits -x -d 'A key of fewer bits falls short'
complete -c hoptls -n $answers -l strict -d 'A version that is not stated falls short'
complete -c hoptls -n $answers -l internal -d 'Hops inside one organisation count too'
complete -c hoptls -n $answers -l learned -r -F -d 'What silence means, from counts'
complete -c hoptls -n $answers -l learn-share -x -d 'Share of messages that a reliable record states'
complete -c hoptls -n $answers -l learn-hops -x -d 'Of so many messages at least'
complete -c hoptls -n $answers -l learn-peers -x -d 'From so many peers at least'
complete -c hoptls -n $answers -l forget-silence -d 'Leave out what is known of servers'
