"""fdm: fetches by POP3 or IMAP and delivers by rules."""
from servers import PASSWORD, Configuration
from servers.fetchmail import Fetcher


class Fdm(Fetcher):
    name = "fdm"
    program = "fdm"
    title = "fdm"
    packages = ("fdm",)
    host = "home.dittany.example"
    addresses = ("192.0.2.84", "2001:db8:1::84")
    versions = ("TLSv1.3",)  # it cannot be told another
    configurations = (Configuration("fetch", "to a program", (), "fetch"),)

    def fetch(self, machine, configuration, way, store):
        kind = way.protocol.lower() + ("s" if way.tls == "implicit" else "")
        more = {"none": "", "starttls": "starttls", "implicit": "no-verify"}[way.tls]
        machine.write("/home/anna/.fdm.conf", f"""\
account "lab" {kind} server "{store.host}" port {way.port} user "{way.account}" pass "{PASSWORD}" {more}
action "keep" pipe "/usr/local/bin/lab-keep"
match all action "keep"
""", 0o600, "anna")
        return self.as_person(machine, "fdm", "-vv", "-f", "/home/anna/.fdm.conf", "fetch")


SERVER = Fdm()
