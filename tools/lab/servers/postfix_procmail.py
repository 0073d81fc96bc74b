"""Postfix with procmail as its local delivery agent."""
from servers import delivery
from servers.postfix import Postfix


class PostfixDelivery(delivery.Deliverer, Postfix):
    """Postfix that hands everything to one person's delivery agent; what that person forwards leaves."""

    old_tls = False
    agent = ""  # its command
    rules_file = ""
    rules = {}

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        machine.write("/etc/postfix/lab-people", "".join(
            f"/@{name}$/ {delivery.PERSON}@{self.host}\n" for name in delivery.domains(self.rules[configuration.name])))
        machine.shell("postconf -e 'mydestination = $myhostname' 'local_recipient_maps =' 'alias_maps =' 'mailbox_size_limit = 0' "
                      f"'virtual_alias_maps = regexp:/etc/postfix/lab-people' 'mailbox_command = {self.agent}'")
        delivery.clear(machine, self.rules_file, self.rules[configuration.name])


class PostfixProcmail(PostfixDelivery):
    name = "postfix_procmail"
    title = "Postfix with procmail"
    packages = (*Postfix.packages, "procmail")
    host = "mx.sage.example"
    addresses = ("192.0.2.67", "2001:db8:1::67")
    agent = "/usr/bin/procmail"
    rules_file = "/etc/procmailrc"
    rules = delivery.PROCMAIL
    configurations = delivery.configurations(delivery.PROCMAIL)


SERVER = PostfixProcmail()
