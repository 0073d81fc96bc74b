"""nullmailer: a queue of the machine's own, sent on to a relay."""
from servers import Configuration
from servers.dma import Injector


class Nullmailer(Injector):
    name = "nullmailer"
    program = "nullmailer"
    title = "nullmailer"
    packages = ("nullmailer",)
    host = "desk.teasel.example"
    addresses = ("192.0.2.72", "2001:db8:1::72")
    configurations = (Configuration("inject", "nullmailer as `sendmail`, everything to a relay", (), "inject"),)

    def configure(self, machine, configuration, route):
        secure = " --starttls --insecure" if route.tls == "starttls" else ""
        machine.write("/etc/nullmailer/remotes", f"{route.host} smtp --port={route.port}{secure}\n", 0o640, "mail:mail")
        machine.write("/etc/nullmailer/me", self.host + "\n")
        machine.write("/etc/nullmailer/pausetime", "1\n")
        machine.shell("rm -f /var/spool/nullmailer/queue/* /var/spool/nullmailer/failed/*; chown -R mail:mail /var/spool/nullmailer; "
                      "[ -p /var/spool/nullmailer/trigger ] || mkfifo -m 622 /var/spool/nullmailer/trigger; chown mail:root /var/spool/nullmailer/trigger")

    def start(self, machine, configuration):
        machine.start("runuser", "-u", "mail", "--", "nullmailer-send")


SERVER = Nullmailer()
