#!/usr/bin/python3
"""The client that begins every route: speaks SMTP or LMTP, in whatever way a job tells, and reports what the connection was.

Reads one job a line as JSON from standard input, writes one report a line. What is reported of TLS is what the TLS
library negotiated and what stood in the handshake: the laboratory's truth. A job:

    id, host, port, source       whom to call, from which of this machine's addresses
    tls                          none, starttls, implicit
    version, cipher, suites, group, signature   what the client offers: TLSv1.2, one OpenSSL name (to 1.2), IANA names
                                 (1.3), a group, a signature scheme
    cert                         name of a certificate in /etc/lab-keys, or none
    resume                       call twice, and resume the first call's session
    greet, helo                  EHLO, HELO or LHLO, and the name to give
    greet_first                  the verb before STARTTLS, if another than `greet`
    auth, user, password         PLAIN, LOGIN or none, and who logs in
    utf8                         SMTPUTF8
    sender, recipient, message   the envelope, and the message as text
"""
import base64
import ctypes
import json
import socket
import ssl
import sys
import warnings

warnings.simplefilter("ignore")
KEYS = "/etc/lab-keys"
PATIENCE = 20

HANDSHAKE = 22
SERVER_HELLO, CERTIFICATE, CERTIFICATE_REQUEST, SERVER_KEY_EXCHANGE = 2, 11, 13, 12
SUPPORTED_VERSIONS, KEY_SHARE = 0x2B, 0x33
NAMED_CURVE = 3
HELLO_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
VERSIONS = {"SSLv3": ssl.TLSVersion.SSLv3, "TLSv1": ssl.TLSVersion.TLSv1, "TLSv1.1": ssl.TLSVersion.TLSv1_1,
            "TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}
SET_GROUPS_LIST, SET_SIGALGS_LIST = 92, 98  # SSL_CTRL_... of openssl/ssl.h


class Refused(Exception):
    """The server said no, or ended the connection."""


# ---- what Python's module does not offer, asked of the library itself ----

_library = ctypes.CDLL("libssl.so.3")


def _native(context):
    """SSL_CTX of a context: the first member of CPython's PySSLContext behind the object's head."""
    return ctypes.c_void_p(ctypes.c_void_p.from_address(id(context) + object.__basicsize__).value)


def _check(result, what):
    if result != 1:
        raise Refused(f"the client's library cannot: {what}")


# ---- the handshake, as it passes ----

class Handshake:
    """Collects from the messages of a handshake what was agreed."""

    def __init__(self):
        self.facts = {"cert_asked": False, "cert_given": False}

    def message(self, _connection, direction, _version, content, kind, data):
        if content.value != HANDSHAKE:
            return
        kind = int(kind)
        if direction == "read" and kind == SERVER_HELLO and data[6:38] != HELLO_RETRY:
            self._server_hello(data)
        elif direction == "read" and kind == CERTIFICATE_REQUEST:
            self.facts["cert_asked"] = True
        elif direction == "read" and kind == SERVER_KEY_EXCHANGE and len(data) > 7 and data[4] == NAMED_CURVE:
            self.facts["group"] = int.from_bytes(data[5:7], "big")
        elif direction == "write" and kind == CERTIFICATE:
            self.facts["cert_given"] = len(data) > 16

    def _server_hello(self, data):
        at = 38 + 1 + data[38]
        self.facts["version"] = int.from_bytes(data[4:6], "big")
        self.facts["suite"] = int.from_bytes(data[at:at + 2], "big")
        at += 5
        while at + 4 <= len(data):
            kind, size = int.from_bytes(data[at:at + 2], "big"), int.from_bytes(data[at + 2:at + 4], "big")
            value = data[at + 4:at + 4 + size]
            if kind == SUPPORTED_VERSIONS:
                self.facts["version"] = int.from_bytes(value, "big")
            elif kind == KEY_SHARE and size >= 2:
                self.facts["group"] = int.from_bytes(value[:2], "big")
            at += 4 + size


def make_context(job):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    version = VERSIONS[job["version"]]
    context.options &= ~(ssl.OP_NO_SSLv3 | ssl.OP_NO_TLSv1 | ssl.OP_NO_TLSv1_1)
    context.set_ciphers(f"{job.get('cipher') or 'ALL:COMPLEMENTOFALL'}:@SECLEVEL=0")
    context.minimum_version = version
    context.maximum_version = version
    if job.get("suites"):
        _check(_library.SSL_CTX_set_ciphersuites(_native(context), job["suites"].encode()), job["suites"])
    if job.get("group"):
        _check(_library.SSL_CTX_ctrl(_native(context), SET_GROUPS_LIST, 0, job["group"].encode()), job["group"])
    if job.get("signature"):
        _check(_library.SSL_CTX_ctrl(_native(context), SET_SIGALGS_LIST, 0, job["signature"].encode()), job["signature"])
    if job.get("cert"):
        context.load_cert_chain(f"{KEYS}/{job['cert']}.pem", f"{KEYS}/{job['cert']}.key")
    return context


# ---- the session ----

class Session:
    """One connection to a server."""

    def __init__(self, job):
        self.job = job
        self.truth = {"tls": "none"}
        source = (job["source"], 0) if job.get("source") else None
        self.socket = socket.create_connection((job["host"], job["port"]), PATIENCE, source)
        self.socket.settimeout(PATIENCE)
        self.lines = self.socket.makefile("rb")
        self.context = make_context(job) if job["tls"] != "none" else None
        self.extensions = b""

    def start_tls(self, session=None):
        handshake = Handshake()
        self.context._msg_callback = handshake.message
        self.lines.close()
        self.socket = self.context.wrap_socket(self.socket, server_hostname=None, session=session)
        self.lines = self.socket.makefile("rb")
        name, _, bits = self.socket.cipher()
        self.truth = {"tls": self.job["tls"], "protocol": self.socket.version(), "cipher": name, "bits": bits,
                      "resumed": bool(self.socket.session_reused), "handshake": handshake.facts}

    def hear(self):
        answer = b""
        while True:
            line = self.lines.readline(4096)
            if not line:
                raise Refused("connection ended")
            answer += line
            if line[3:4] != b"-":
                return answer

    def say(self, text, expect=b"2"):
        self.socket.sendall(text.encode("utf-8", "surrogateescape") + b"\r\n")
        answer = self.hear()
        if answer[:1] != expect:
            raise Refused(f"{text.split()[0] if text.split() else text}: {answer.decode(errors='replace').strip()}")
        return answer

    def greet(self, verb):
        self.extensions = self.say(f"{verb} {self.job['helo']}")

    def open(self, session=None):
        job = self.job
        if job["tls"] == "implicit":
            self.start_tls(session)
        if self.hear()[:1] != b"2":
            raise Refused("no welcome")
        if job["tls"] == "starttls":
            self.greet(job.get("greet_first") or job["greet"])
            self.say("STARTTLS")
            self.start_tls(session)
        if job.get("greet"):
            self.greet(job["greet"])

    def log_in(self):
        if self.job["auth"] == "PLAIN":
            self.say("AUTH PLAIN " + base64.b64encode(f"\0{self.job['user']}\0{self.job['password']}".encode()).decode())
        elif self.job["auth"] == "LOGIN":
            self.say("AUTH LOGIN", b"3")
            self.say(base64.b64encode(self.job['user'].encode()).decode(), b"3")
            self.say(base64.b64encode(self.job["password"].encode()).decode())
        self.truth["auth"] = self.job["auth"]

    def transfer(self):
        job = self.job
        options = " SMTPUTF8" if job.get("utf8") else ""
        self.say(f"MAIL FROM:<{job['sender']}>{options}")
        self.say(f"RCPT TO:<{job['recipient']}>")
        self.say("DATA", b"3")
        body = job["message"].encode("utf-8", "surrogateescape").replace(b"\n", b"\r\n").replace(b"\r\n.", b"\r\n..")
        self.socket.sendall(body + b".\r\n")
        answer = self.hear()
        if answer[:1] != b"2":
            raise Refused(f"DATA: {answer.decode(errors='replace').strip()}")

    def close(self):
        try:
            self.socket.sendall(b"QUIT\r\n")
            self.lines.readline(4096)
        except OSError:
            pass
        self.socket.close()


def resumable_session(job):
    """The TLS session of a first connection; a ticket of TLS 1.3 comes with the server's first words behind the handshake."""
    first = Session(job)
    try:
        first.open()
        return first.socket.session, first.context
    finally:
        first.close()


def carry_out(job):
    session, context = resumable_session(job) if job.get("resume") else (None, None)
    connection = Session(job)
    try:
        if context is not None:
            connection.context = context
        connection.open(session)
        if job.get("auth"):
            connection.log_in()
        connection.transfer()
        return connection.truth
    finally:
        connection.close()


def ciphers():
    """Every suite that the library has, with the first version in which it exists."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    return [(one["name"], one["protocol"]) for one in context.get_ciphers()]


def main():
    if sys.argv[1:] == ["--ciphers"]:
        print(json.dumps(ciphers()))
        return
    for line in sys.stdin:
        job = json.loads(line)
        try:
            report = {"id": job["id"], "truth": carry_out(job)}
        except (OSError, Refused, ssl.SSLError, ValueError) as failure:
            report = {"id": job["id"], "refused": str(failure)[:300]}
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
