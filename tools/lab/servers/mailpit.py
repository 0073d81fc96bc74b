"""Mailpit, a server for tests that keeps what it gets, and here passes it on."""
from servers import KEYS, Configuration, Door, Server
from servers.golang import build

PLAIN = Door(25, auth=("PLAIN", "LOGIN"))
IMPLICIT = Door(25, ("implicit",), ("PLAIN", "LOGIN"))


class Mailpit(Server):
    name = "mailpit"
    program = "mailpit"
    title = "Mailpit"
    suite = "trixie"
    packages = ("golang-go",)
    RELEASE = "v1.27.11"
    steps = (build("github.com/axllent/mailpit", f"github.com/axllent/mailpit@{RELEASE}"),)
    host = "mx.clover.example"
    addresses = ("192.0.2.61", "2001:db8:1::61")
    configurations = (
        Configuration("default", "STARTTLS offered, everything relayed", (PLAIN,), "program", {"more": ("--smtp-auth-allow-insecure",)}),
        Configuration("implicit", "--smtp-require-tls: TLS from the first byte", (IMPLICIT,), "door", {"more": ("--smtp-require-tls",)}),
    )

    def version(self, machine):
        return self.RELEASE.lstrip("v")

    def configure(self, machine, configuration, route):
        machine.write("/etc/mailpit-relay.yml", f"host: {route.host}\nport: {route.port}\nstarttls: {str(route.tls == 'starttls').lower()}\n"
                                                "allow-insecure: true\nauth: none\n")

    def start(self, machine, configuration):
        machine.start("mailpit", "--smtp", "[::]:25", "--listen", "127.0.0.1:8025", "--smtp-tls-cert", f"{KEYS}/server-rsa.pem",
                      "--smtp-tls-key", f"{KEYS}/server-rsa.key", "--smtp-auth-accept-any",
                      "--smtp-relay-config", "/etc/mailpit-relay.yml", "--smtp-relay-all", "--database", "/var/lib/mailpit.db",
                      *configuration.options.get("more", ()))


SERVER = Mailpit()
