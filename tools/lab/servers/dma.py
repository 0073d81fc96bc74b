"""The DragonFly Mail Agent: takes mail from the machine's own people only."""
from servers import Configuration, Server


class Injector(Server):
    """A program that is no server: it has no door, only a `sendmail` command."""

    def configure(self, machine, configuration, route):
        raise NotImplementedError

    def start(self, machine, configuration):
        pass


class Dma(Injector):
    name = "dma"
    program = "dma"
    title = "DragonFly Mail Agent"
    packages = ("dma",)
    host = "desk.yarrow.example"
    addresses = ("192.0.2.80", "2001:db8:1::80")
    configurations = (Configuration("inject", "dma as `sendmail`, everything to a smarthost", (), "inject"),)

    def configure(self, machine, configuration, route):
        secure = "SECURETRANSFER\nSTARTTLS\n" if route.tls == "starttls" else ""
        machine.write("/etc/dma/dma.conf", f"SMARTHOST {route.host}\nPORT {route.port}\nMAILNAME {self.host}\n{secure}", owner="root:mail")


SERVER = Dma()
