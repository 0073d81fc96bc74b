"""msmtp: a `sendmail` command that writes no trace field, so that the next server's is the first."""
from servers import Configuration
from servers.dma import Injector


class Msmtp(Injector):
    name = "msmtp"
    program = "msmtp"
    title = "msmtp"
    packages = ("msmtp", "msmtp-mta")
    host = "desk.sorrel.example"
    addresses = ("192.0.2.74", "2001:db8:1::74")
    configurations = (Configuration("inject", "msmtp as `sendmail`", (), "inject"),)
    writes_trace = False

    def configure(self, machine, configuration, route):
        machine.write("/etc/msmtprc", f"account default\nhost {route.host}\nport {route.port}\ndomain {self.host}\nauto_from off\n"
                                      f"tls {'on' if route.tls == 'starttls' else 'off'}\ntls_certcheck off\n")


SERVER = Msmtp()
