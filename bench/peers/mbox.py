"""The closest job of Python's own email package: its mailbox, headers alone."""
import email.parser
import mailbox
import sys

parser = email.parser.BytesHeaderParser()
messages = hops = 0
for message in mailbox.mbox(sys.argv[1], factory=parser.parse, create=False):
    messages += 1
    hops += len(message.get_all("Received", []))
print(messages, hops)
