# Completion of hoptls for fish. Every option here is one of `hoptls --help`, and the other way round (tests/packages/run).

function __hoptls_is
    set -l words (commandline -opc)
    set -l command answer
    contains -- "$words[2]" scan merge learn; and set command $words[2]
    contains -- $command $argv
end

set -l kinds auto message mbox mboxo mboxrd mboxcl mboxcl2 emlx archive pst msg

complete -c hoptls -n __fish_use_subcommand -a scan -d 'Read archives, print a summary'
complete -c hoptls -n __fish_use_subcommand -a merge -d 'Add up what scans of parts found'
complete -c hoptls -n __fish_use_subcommand -a learn -d 'Count who states TLS'
complete -c hoptls -s h -l help -d 'Print help'
complete -c hoptls -s V -l version -d 'Print the version'

complete -c hoptls -n '__hoptls_is answer scan learn' -l profile -r -F -d 'What only the operator of a site knows'
complete -c hoptls -n '__hoptls_is answer scan learn' -l trust -x -a '(__fish_print_hostnames)' \
    -d 'Believe the header only as far down as these wrote it'

complete -c hoptls -n '__hoptls_is answer scan' -l json -d 'A line of JSON a message'
complete -c hoptls -n '__hoptls_is answer scan' -l color -x -a 'auto always never' -d 'When to use colour'
complete -c hoptls -n '__hoptls_is answer scan' -l policy -x -a 'any rfc9325 nist-800-52r2 hipaa' -d 'A published rule'
complete -c hoptls -n '__hoptls_is answer scan' -l min-tls -x -a '1.0 1.1 1.2 1.3' -d 'A version below this falls short'
complete -c hoptls -n '__hoptls_is answer scan' -l min-bits -x -d 'A key of fewer bits falls short'
complete -c hoptls -n '__hoptls_is answer scan' -l strict -d 'A version that is not stated falls short'
complete -c hoptls -n '__hoptls_is answer scan' -l internal -d 'Hops inside one organisation count too'
complete -c hoptls -n '__hoptls_is answer scan' -l learned -r -F -d 'What silence means, from counts'
complete -c hoptls -n '__hoptls_is answer scan' -l learn-share -x -d 'Share of messages that a reliable record states'
complete -c hoptls -n '__hoptls_is answer scan' -l learn-hops -x -d 'Of so many messages at least'
complete -c hoptls -n '__hoptls_is answer scan' -l learn-peers -x -d 'From so many peers at least'
complete -c hoptls -n '__hoptls_is answer scan' -l forget-silence -d 'Leave out what is known of servers'

complete -c hoptls -n '__hoptls_is scan' -l csv -d 'A line of values a message'
complete -c hoptls -n '__hoptls_is scan' -l sqlite -r -F -d 'Tables of messages, hops and hosts'
complete -c hoptls -n '__hoptls_is scan' -l listed -x -d 'So many messages of each verdict on the page'
complete -c hoptls -n '__hoptls_is scan' -l only -x -a 'tls weak plain unknown none-needed' -d 'Messages of this verdict alone'
complete -c hoptls -n '__hoptls_is scan' -l since -x -d 'Messages that arrived then or later'
complete -c hoptls -n '__hoptls_is scan' -l until -x -d 'Messages that arrived then or earlier'
complete -c hoptls -n '__hoptls_is scan' -l dedup -d 'Count messages with the same Message-ID once'
complete -c hoptls -n '__hoptls_is scan' -l fail-on -x -a 'plain unknown weak' -d 'Exit status 1 if any message is so'
complete -c hoptls -n '__hoptls_is scan' -l resume -r -F -d 'Go on where a scan was interrupted'
complete -c hoptls -n '__hoptls_is scan merge' -l html -r -F -d 'A page for an auditor'
complete -c hoptls -n '__hoptls_is scan merge' -l results -r -F -d 'The sums, for merge'
complete -c hoptls -n '__hoptls_is scan learn' -l format -x -a "$kinds" -d 'What the files are'
complete -c hoptls -n '__hoptls_is scan learn' -l sort -d 'Files of each folder in the order of their names'
complete -c hoptls -n '__hoptls_is scan learn' -s j -x -d 'So many threads'
complete -c hoptls -n '__hoptls_is scan learn' -l quiet -d 'No progress on a terminal'
complete -c hoptls -n '__hoptls_is learn' -l merge -d 'The files are counts: add them up'
complete -c hoptls -n '__hoptls_is learn' -l records -d 'The files are counts: print the record of each server'
