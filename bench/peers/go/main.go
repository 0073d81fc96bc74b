// The closest job of Go's net/mail: it has no reader of an mbox, so that separators are found here, line by line.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/mail"
	"os"
)

var messages, hops int

func read(message []byte) {
	parsed, err := mail.ReadMessage(bytes.NewReader(message))
	if err == nil {
		hops += len(parsed.Header["Received"])
	}
	messages++
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		os.Exit(2)
	}
	reader := bufio.NewReaderSize(file, 1<<20)
	var message []byte
	begun, empty := false, true
	for {
		line, err := reader.ReadSlice('\n')
		if empty && bytes.HasPrefix(line, []byte("From ")) {
			if begun {
				read(message)
			}
			message, begun = message[:0], true
		} else {
			message = append(message, line...)
		}
		empty = len(line) == 1
		if err != nil && err != bufio.ErrBufferFull {
			break
		}
	}
	if begun {
		read(message)
	}
	fmt.Println(messages, hops)
}
