"""Postfix with amavis behind it on the same machine: in, to the filter and back over loopback, out."""
from servers import Configuration, Door, Route
from servers.amavis import Amavis
from servers.postfix import Postfix

BACK = """\
127.0.0.1:10025 inet n - n - - smtpd -o content_filter= -o smtpd_tls_security_level={tls} -o mynetworks=127.0.0.0/8
lab-filter unix - - n - 4 smtp -o smtp_tls_security_level=none
lab-forward unix - - n - 4 smtp -o smtp_tls_security_level=none -o smtp_send_xforward_command=yes
"""


def inner():
    return ({"part": "postfix", "port": 10025, "client": "127.0.0.1", "over": "loopback"},
            {"part": "amavis", "by": "localhost", "port": 10024, "client": "127.0.0.1", "over": "loopback"})


class PostfixAmavis(Postfix):
    name = "postfix_amavis"
    title = "Postfix with amavis"
    packages = (*Postfix.packages, *Amavis.packages)
    host = "mx.madder.example"
    addresses = ("192.0.2.65", "2001:db8:1::65")
    old_tls = False
    configurations = (
        Configuration("filter", "content_filter=smtp:[127.0.0.1]:10024", (Door(25), Door(465, ("implicit",), ("PLAIN",))), "program",
                      {"content_filter": "lab-filter:[127.0.0.1]:10024"}, inner()),
        Configuration("xforward", "the same; the filter is told who the client was (smtp_send_xforward_command)", (Door(25),), "smoke",
                      {"content_filter": "lab-forward:[127.0.0.1]:10024"}, inner()),
    )
    filter = Amavis()

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        machine.write("/etc/postfix/master.cf", self.SERVICES + BACK.format(tls="none"))
        own = Configuration("", "", (), options={"by": "localhost", "ports": "10024", "bind": "'127.0.0.1'", "tls": "undef"})
        self.filter.host = self.host
        self.filter.configure(machine, own, Route("127.0.0.1", 10025))

    def start(self, machine, configuration):
        self.filter.start(machine, configuration)
        machine.await_port(10024)
        super().start(machine, configuration)


SERVER = PostfixAmavis()
