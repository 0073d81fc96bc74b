"""mox, a server in Go: mail for its own people, and a submission service, which passes on to a host that has a name."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Keeper
from servers.golang import build

DOORS = (Door(25, utf8=True), Door(587, ("none", "starttls"), ("PLAIN", "LOGIN"), must_auth=True, greet=("EHLO",)),
         Door(465, ("implicit",), ("PLAIN", "LOGIN"), must_auth=True, greet=("EHLO",)))
FETCH = """\
import imaplib
import sys
store = imaplib.IMAP4("127.0.0.1")
store.login("user@sink.example", sys.argv[1])
store.select("Inbox")
for number in store.search(None, "UNDELETED")[1][0].split():
    text = store.fetch(number, "(BODY.PEEK[])")[1][0][1]
    open(f"/var/lab-kept/{number.decode()}.eml", "wb").write(text)
    store.store(number, "+FLAGS", "\\\\Deleted")
"""


class Mox(Keeper):
    name = "mox"
    program = "mox"
    title = "mox"
    suite = "trixie"
    packages = ("golang-go",)
    RELEASE = "v0.0.15"
    steps = (build("github.com/mjl-/mox", f"github.com/mjl-/mox@{RELEASE}"),)
    host = "mx.rue.example"
    addresses = ("192.0.2.76", "2001:db8:1::76")
    login, password = f"{USER}@sink.example", PASSWORD + PASSWORD  # it takes none of fewer than eight letters
    sender = login
    configurations = (Configuration("default", "smtp, submission and submissions of one listener", DOORS, "program"),)

    def version(self, machine):
        return self.RELEASE.lstrip("v")

    def configure(self, machine, configuration, route):
        own = "".join(f"\t\t\t- {address}\n" for address in ("127.0.0.1", *self.addresses))
        machine.write("/opt/mox/config/mox.conf", f"""\
DataDir: ../data
LogLevel: info
User: mox
Hostname: {self.host}
NoOutgoingDMARCReports: true
NoOutgoingTLSReports: true
Listeners:
	all:
		IPs:
{own}		TLS:
			KeyCerts:
				-
					CertFile: {KEYS}/server-rsa.pem
					KeyFile: {KEYS}/server-rsa.key
			MinVersion: TLSv1.0
		SMTP:
			Enabled: true
			FirstTimeSenderDelay: 0s
		Submission:
			Enabled: true
			NoRequireSTARTTLS: true
		Submissions:
			Enabled: true
		IMAP:
			Enabled: true
			NoRequireSTARTTLS: true
Postmaster:
	Account: user
	Mailbox: Postmaster
Transports:
	out:
		SMTP:
			Host: sink.example
			Port: {route.port}
			{"STARTTLSInsecureSkipVerify" if route.tls == "starttls" else "NoSTARTTLS"}: true
""")
        machine.write("/opt/mox/config/domains.conf", """\
Domains:
	sink.example: nil
Accounts:
	user:
		Domain: sink.example
		Destinations:
			@sink.example: nil
			user@sink.example: nil
		RejectsMailbox: Rejects
		NoFirstTimeSenderDelay: true
Routes:
	-
		Transport: out
""")
        machine.write("/opt/mox/fetch.py", FETCH)
        machine.shell(f"""id mox >/dev/null 2>&1 || useradd -r -m -d /opt/mox/home mox
rm -rf /opt/mox/data; mkdir -p /opt/mox/data; chown -R mox /opt/mox""")

    def start(self, machine, configuration):
        machine.start("sh", "-c", "cd /opt/mox && exec mox -config config/mox.conf serve")
        machine.await_port(25)
        machine.shell("while ! [ -S /opt/mox/data/ctl ]; do sleep 0.1; done")
        machine.shell(f"cd /opt/mox; printf '{self.password}\\n' | mox -config config/mox.conf setaccountpassword user")

    def collect(self, machine):
        machine.run("python3", "/opt/mox/fetch.py", self.password, check=False)
        return super().collect(machine)


SERVER = Mox()
