"""Postfix with spampd behind it on the same machine, SpamAssassin as a proxy that writes no field of its own."""
from servers import Configuration, Door
from servers.postfix import Postfix

BACK = """\
127.0.0.1:10026 inet n - n - - smtpd -o content_filter= -o smtpd_tls_security_level=none -o mynetworks=127.0.0.0/8
lab-filter unix - - n - 4 smtp -o smtp_tls_security_level=none
"""


class PostfixSpampd(Postfix):
    name = "postfix_spampd"
    title = "Postfix with spampd"
    packages = (*Postfix.packages, "spampd")
    host = "mx.teasel.example"
    addresses = ("192.0.2.78", "2001:db8:1::78")
    old_tls = False
    configurations = (
        Configuration("filter", "content_filter=smtp:[127.0.0.1]:10025, which passes everything on to port 10026", (Door(25), Door(465, ("implicit",), ("PLAIN",))),
                      "door", {"content_filter": "lab-filter:[127.0.0.1]:10025"}, ({"part": "postfix", "port": 10026, "client": "127.0.0.1", "over": "loopback"},)),
    )

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        machine.write("/etc/postfix/master.cf", self.SERVICES + BACK)

    def start(self, machine, configuration):
        machine.write("/etc/spamassassin/local.cf", "report_safe 0\n")  # spam stays a message, and does not become a part of a report
        machine.shell("mkdir -p /run/spampd; chown spampd /run/spampd")
        machine.start("spampd", "--nodetach", "--port=10025", "--relayhost=127.0.0.1:10026", "--user=spampd", "--group=spampd", "--children=4", "--local-only",
                      "--tagall", "--pid=/run/spampd/spampd.pid")
        machine.await_port(10025)
        super().start(machine, configuration)


SERVER = PostfixSpampd()
