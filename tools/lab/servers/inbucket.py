"""Inbucket, a server for tests that keeps what it gets in files."""
from servers import KEYS, Configuration, Door, Server
from servers.golang import TOOLCHAIN, build


class Inbucket(Server):
    name = "inbucket"
    program = "inbucket"
    title = "Inbucket"
    suite = "trixie"
    packages = ("golang-go",)
    RELEASE = "v3.2.0"
    steps = (build("github.com/inbucket/inbucket/v3/cmd/inbucket", f"github.com/inbucket/inbucket/v3@{RELEASE}", TOOLCHAIN),)
    host = "mx.sedge.example"
    addresses = ("192.0.2.62", "2001:db8:1::62")
    configurations = (
        Configuration("default", "STARTTLS offered", (Door(25),), "program"),
        Configuration("implicit", "TLS from the first byte", (Door(25, ("implicit",)),), "door", {"force": "true"}),
    )

    def version(self, machine):
        return self.RELEASE.lstrip("v")

    def configure(self, machine, configuration, route):
        machine.shell("rm -rf /var/lib/inbucket; mkdir -p /var/lib/inbucket")

    def start(self, machine, configuration):
        machine.start("inbucket", environment={
            "INBUCKET_SMTP_ADDR": "[::]:25", "INBUCKET_SMTP_DOMAIN": self.host, "INBUCKET_SMTP_TLSENABLED": "true",
            "INBUCKET_SMTP_FORCETLS": configuration.options.get("force", "false"),
            "INBUCKET_SMTP_TLSCERT": f"{KEYS}/server-rsa.pem", "INBUCKET_SMTP_TLSPRIVKEY": f"{KEYS}/server-rsa.key",
            "INBUCKET_POP3_ADDR": "127.0.0.1:1100", "INBUCKET_WEB_ADDR": "127.0.0.1:9000", "INBUCKET_MAILBOXNAMING": "local",
            "INBUCKET_STORAGE_TYPE": "file", "INBUCKET_STORAGE_PARAMS": "path:/var/lib/inbucket",
            "INBUCKET_WEB_UIDIR": "/var/lib"}.items())

    def collect(self, machine):
        found = []
        for path in sorted((machine.root / "var/lib/inbucket").rglob("*.raw")):
            found.append(path.read_bytes())
            path.unlink()
        return found


SERVER = Inbucket()
