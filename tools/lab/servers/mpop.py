"""mpop: fetches by POP3."""
from servers import PASSWORD, Configuration
from servers.fetchmail import Fetcher


class Mpop(Fetcher):
    name = "mpop"
    program = "mpop"
    title = "mpop"
    packages = ("mpop",)
    host = "home.comfrey.example"
    addresses = ("192.0.2.83", "2001:db8:1::83")
    protocols = ("POP3",)
    configurations = (Configuration("fetch", "to a program", (), "fetch"),)

    def fetch(self, machine, configuration, way, store):
        tls = "tls off" if way.tls == "none" else \
            f"tls on\ntls_starttls {'on' if way.tls == 'starttls' else 'off'}\ntls_certcheck off\n" \
            f"tls_priorities NORMAL:-VERS-ALL:+VERS-{way.version.replace('TLSv', 'TLS')}"
        machine.write("/home/anna/.mpoprc", f"""\
account lab
host {store.host}
port {way.port}
user {way.account}
password {PASSWORD}
auth user
{tls}
delivery mda /usr/local/bin/lab-keep
uidls_file /home/anna/.mpop_uidls
keep off
account default : lab
""", 0o600, "anna")
        return self.as_person(machine, "mpop", "--debug")


SERVER = Mpop()
