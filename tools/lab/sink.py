#!/usr/bin/python3
"""The last machine of every route: takes mail over SMTP or LMTP and keeps the bytes of each message as they came.

    sink.py FOLDER PORT...

It writes no trace field, so that a message shows what the servers before it wrote, and nothing else.
"""
import asyncio
import itertools
import os
import sys

FOLDER = sys.argv[1]
NUMBERS = itertools.count()


def keep(message):
    name = f"{next(NUMBERS):08d}"
    with open(f"{FOLDER}/{name}.part", "wb") as out:
        out.write(message)
    os.rename(f"{FOLDER}/{name}.part", f"{FOLDER}/{name}.eml")


async def take_data(reader):
    lines = []
    while True:
        line = await reader.readline()
        if line in (b".\r\n", b".\n", b""):
            return b"".join(lines)
        lines.append(line[1:] if line.startswith(b".") else line)


async def session(reader, writer):
    def say(text):
        writer.write(text.encode() + b"\r\n")

    say("220 sink.example ESMTP")
    recipients = 0
    lmtp = False
    try:
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb in (b"EHLO", b"LHLO"):
                lmtp = verb == b"LHLO"
                say("250-sink.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250-DSN\r\n250 SIZE 90000000")
            elif verb == b"RCPT":
                recipients += 1
                say("250 2.1.5 ok")
            elif verb == b"DATA":
                say("354 go on")
                await writer.drain()
                keep(await take_data(reader))
                for _ in range(recipients if lmtp else 1):
                    say("250 2.0.0 kept")
                recipients = 0
            elif verb == b"QUIT":
                say("221 2.0.0 bye")
                await writer.drain()
                break
            else:
                recipients = 0 if verb in (b"RSET", b"MAIL", b"HELO") else recipients
                say("250 2.0.0 ok")
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    servers = [await asyncio.start_server(session, None, int(port), limit=1 << 20) for port in sys.argv[2:]]
    await asyncio.gather(*(server.serve_forever() for server in servers))


asyncio.run(main())
