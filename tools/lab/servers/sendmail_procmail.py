"""Sendmail with procmail as its local mailer, FEATURE(local_procmail)."""
import re

from servers import delivery
from servers.sendmail import Sendmail

RULES = {name: delivery.PROCMAIL[name] for name in ("maildir", "mbox", "formail")}


class SendmailProcmail(delivery.Deliverer, Sendmail):
    name = "sendmail_procmail"
    title = "Sendmail with procmail"
    packages = (*Sendmail.packages, "procmail")
    host = "mx.dill.example"
    addresses = ("192.0.2.70", "2001:db8:1::70")
    old_tls = False
    configurations = delivery.configurations(RULES)

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        text = re.sub(r"define\(`(MAIL_HUB|LOCAL_RELAY)'.*\n", "", (machine.root / "etc/mail/lab.mc").read_text())
        text = text.replace("MAILER(`local')dnl", f"define(`LUSER_RELAY', `local:{delivery.PERSON}')dnl\nFEATURE(`local_procmail')dnl\nMAILER(`local')dnl")
        machine.write("/etc/mail/lab.mc", text)
        machine.shell(f"m4 /usr/share/sendmail/cf/m4/cf.m4 /etc/mail/lab.mc >/etc/mail/sendmail.cf; printf '%s\\n' {' '.join(delivery.DOMAINS)} >/etc/mail/local-host-names")
        delivery.clear(machine, "/etc/procmailrc", RULES[configuration.name])


SERVER = SendmailProcmail()
