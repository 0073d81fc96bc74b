"""Postfix with mlmmj: every message goes to one list, and from there over loopback to its one member."""
from servers import Configuration, Door
from servers.postfix import Postfix

PIPE = "mlmmj unix - n n - - pipe flags=ORhu user=mlmmj argv=/usr/bin/mlmmj-receive -F -L /var/spool/mlmmj/lab\n"
MEMBER = "member@sink.example"


class PostfixMlmmj(Postfix):
    name = "postfix_mlmmj"
    title = "Postfix with mlmmj"
    packages = (*Postfix.packages, "mlmmj")
    host = "lists.lovage.example"
    addresses = ("192.0.2.66", "2001:db8:1::66")
    old_tls = False
    configurations = (
        Configuration("list", "everything goes to a list, which sends it to its member through Postfix on loopback", (Door(25),), "door", {},
                      ({"part": "postfix", "port": 25, "client": "127.0.0.1", "over": "loopback"},)),
    )

    def prepare(self, machine):
        super().prepare(machine)
        machine.shell("id mlmmj >/dev/null 2>&1 || useradd -r -s /bin/sh mlmmj")

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        machine.write("/etc/postfix/master.cf", self.SERVICES + PIPE)
        machine.write("/etc/postfix/lab-lists", f"/^{MEMBER}$/ smtp:[{route.host}]:{route.port}\n/./ mlmmj:\n".replace(
            "smtp:", "lmtp:inet:" if route.lmtp else "smtp:"))
        machine.shell(f"""rm -rf /var/spool/mlmmj/lab
for d in incoming queue queue/discarded archive text subconf unsubconf bounce control moderation subscribers.d digesters.d \
requeue nomailsubs.d; do mkdir -p /var/spool/mlmmj/lab/$d; done
cd /var/spool/mlmmj/lab/control; echo list@{self.host} >listaddress; echo 127.0.0.1 >relayhost; echo 25 >smtpport; touch tocc
echo owner@{self.host} >owner; echo {MEMBER} >../subscribers.d/m; touch ../index; cp -r /usr/share/mlmmj/text.skel/en/* ../text/ || true
chown -R mlmmj /var/spool/mlmmj/lab
postconf -e 'mlmmj_destination_recipient_limit = 1' 'transport_maps = regexp:/etc/postfix/lab-lists'""")


SERVER = PostfixMlmmj()
