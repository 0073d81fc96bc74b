"""getmail6: fetches by POP3 or IMAP, in plaintext or with TLS from the first byte."""
from servers import PASSWORD, Configuration
from servers.fetchmail import Fetcher


class Getmail(Fetcher):
    name = "getmail"
    program = "getmail"
    title = "getmail6"
    packages = ("getmail6",)
    host = "home.betony.example"
    addresses = ("192.0.2.82", "2001:db8:1::82")
    secures = ("none", "implicit")
    configurations = (Configuration("fetch", "to a program (MDA_external)", (), "fetch"),)

    def fetch(self, machine, configuration, way, store):
        # it has no word for TLS 1.3 alone, and takes that if it is left alone
        ssl = "ssl_version = tlsv1_2\n" if way.version == "TLSv1.2" else ""
        kind = f"Simple{way.protocol}{'SSL' if way.tls == 'implicit' else ''}Retriever"
        machine.shell("rm -rf /home/anna/.getmail; mkdir -p /home/anna/.getmail")
        machine.write("/home/anna/.getmail/getmailrc", f"""\
[retriever]
type = {kind}
server = {store.host}
port = {way.port}
username = {way.account}
password = {PASSWORD}
{ssl}
[destination]
type = MDA_external
path = /usr/local/bin/lab-keep
[options]
delete = true
""", 0o600)
        machine.shell("chown -R anna /home/anna/.getmail")
        return self.as_person(machine, "getmail", "--getmaildir", "/home/anna/.getmail")


SERVER = Getmail()
