"""sSMTP: a `sendmail` command without a queue."""
from servers import Configuration
from servers.dma import Injector


class Ssmtp(Injector):
    name = "ssmtp"
    program = "ssmtp"
    title = "sSMTP"
    packages = ("ssmtp",)
    host = "desk.tansy.example"
    addresses = ("192.0.2.73", "2001:db8:1::73")
    configurations = (Configuration("inject", "ssmtp as `sendmail`", (), "inject"),)

    def configure(self, machine, configuration, route):
        secure = "UseTLS=YES\nUseSTARTTLS=YES\n" if route.tls == "starttls" else ""
        machine.write("/etc/ssmtp/ssmtp.conf", f"mailhub={route.host}:{route.port}\nhostname={self.host}\nFromLineOverride=YES\n{secure}")


SERVER = Ssmtp()
