"""fetchmail: fetches by POP3 or IMAP, and here gives each message to a program."""
from servers import PASSWORD, Configuration, Keeper


class Fetcher(Keeper):
    """A program that is no server, but a store's client."""

    protocols = ("POP3", "IMAP")
    secures = ("none", "starttls", "implicit")
    versions = ("TLSv1.3", "TLSv1.2")
    store = "dovecot"

    def prepare(self, machine):
        super().prepare(machine)
        machine.shell("id anna >/dev/null 2>&1 || useradd -m -s /bin/sh anna")

    def configure(self, machine, configuration, route):
        pass

    def start(self, machine, configuration):
        pass

    def fetch(self, machine, configuration, way, store):
        """Fetch what lies in the account, once. Returns what the program said."""
        raise NotImplementedError

    def as_person(self, machine, *command):
        return machine.run("runuser", "-u", "anna", "--", *command, check=False, limit=60)


class Fetchmail(Fetcher):
    name = "fetchmail"
    program = "fetchmail"
    title = "fetchmail"
    packages = ("fetchmail",)
    host = "home.aster.example"
    addresses = ("192.0.2.81", "2001:db8:1::81")
    configurations = (
        Configuration("fetch", "single drop, to a program", (), "fetch"),
        Configuration("tracepolls", "the same with tracepolls, which names the account in the field", (), "fetch", {"trace": "tracepolls"}),
    )

    def fetch(self, machine, configuration, way, store):
        secure = {"none": "sslproto ''", "starttls": f"sslproto '{way.version.replace('TLSv', 'TLS')}'",
                  "implicit": f"ssl sslproto '{way.version.replace('TLSv', 'TLS')}'"}[way.tls]
        machine.write("/home/anna/.fetchmailrc", f"""\
poll {store.host} proto {way.protocol} port {way.port} {configuration.options.get("trace", "")}
user "{way.account}" password "{PASSWORD}" is anna here {secure} no sslcertck mda "/usr/local/bin/lab-keep"
""", 0o600, "anna")
        return self.as_person(machine, "fetchmail", "-v", "--nodetach", "-f", "/home/anna/.fetchmailrc")


SERVER = Fetchmail()
