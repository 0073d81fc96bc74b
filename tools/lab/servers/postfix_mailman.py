"""Postfix with Mailman 3: every message goes to one list by LMTP on loopback, and from there to its one member through Postfix."""
from servers import Configuration, Door
from servers.postfix import Postfix

MEMBER = "member@away.example"
SETTINGS = """\
[mailman]
site_owner: owner@{host}
noreply_address: noreply
layout: debian
[paths.debian]
var_dir: /var/lib/mailman3
queue_dir: $var_dir/queue
bin_dir: /usr/lib/mailman3/bin
log_dir: /var/log/mailman3
lock_dir: $var_dir/locks
data_dir: $var_dir/data
cache_dir: $var_dir/cache
etc_dir: /etc/mailman3
ext_dir: $var_dir/ext
messages_dir: $var_dir/messages
archive_dir: $var_dir/archives
template_dir: $var_dir/templates
pid_file: /run/mailman3/master.pid
lock_file: $lock_dir/master.lck
[database]
class: mailman.database.sqlite.SQLiteDatabase
url: sqlite:////var/lib/mailman3/data/lab.db
[mta]
incoming: mailman.mta.null.NullMTA
outgoing: mailman.mta.deliver.deliver
smtp_host: 127.0.0.1
smtp_port: 25
lmtp_host: 127.0.0.1
lmtp_port: 8024
[webservice]
hostname: 127.0.0.1
port: 8001
"""
OPEN = """\
from mailman.interfaces.action import Action


def everybody(mlist):
    mlist.default_nonmember_action = Action.accept
    mlist.require_explicit_destination = False
    mlist.send_welcome_message = False
"""


class PostfixMailman(Postfix):
    name = "postfix_mailman"
    title = "Postfix with Mailman 3"
    packages = (*Postfix.packages, "mailman3")
    host = "lists.tarragon.example"
    addresses = ("192.0.2.79", "2001:db8:1::79")
    old_tls = False
    configurations = (
        Configuration("list", "everything goes to a list, which sends it to its member through Postfix on loopback", (Door(25),), "door", {},
                      ({"part": "postfix", "port": 25, "client": "127.0.0.1", "over": "loopback"},)),
    )

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        machine.write("/etc/postfix/lab-lists", "/^list@/ lmtp:inet:[127.0.0.1]:8024\n")
        machine.write("/etc/postfix/lab-list", f"/@sink\\.example$/ list@{self.host}\n")
        machine.shell("postconf -e 'transport_maps = regexp:/etc/postfix/lab-lists' 'virtual_alias_maps = regexp:/etc/postfix/lab-list' "
                      "'lmtp_tls_security_level = none' 'lmtp_destination_recipient_limit = 1'")
        machine.write("/etc/mailman3/mailman.cfg", SETTINGS.format(host=self.host))
        machine.write("/etc/mailman3/lab_open.py", OPEN)

    def start(self, machine, configuration):
        machine.shell(f"""rm -f /var/lib/mailman3/data/lab.db; mkdir -p /run/mailman3 /var/log/mailman3
for each in data queue locks lists messages archives templates cache; do mkdir -p /var/lib/mailman3/$each; done
chown -R list:list /var/lib/mailman3 /run/mailman3 /var/log/mailman3
as() {{ runuser -u list -- env PYTHONPATH=/etc/mailman3 mailman -C /etc/mailman3/mailman.cfg "$@"; }}
as create -d list@{self.host}
echo {MEMBER} >/tmp/member; as addmembers -w /tmp/member list@{self.host} || as addmembers /tmp/member list@{self.host}
as withlist -l list@{self.host} -r lab_open.everybody
as start""", limit=300)
        machine.await_port(8024, 120)
        super().start(machine, configuration)


SERVER = PostfixMailman()
