"""Courier with maildrop as its local delivery agent."""
from servers import Door, delivery
from servers.courier import Courier

RULES = {name: delivery.MAILDROP[name] for name in ("maildir", "mbox", "reformail")}


class CourierMaildrop(delivery.Deliverer, Courier):
    name = "courier_maildrop"
    title = "Courier with maildrop"
    packages = (*Courier.packages, "maildrop")
    host = "mx.tansy.example"
    addresses = ("192.0.2.71", "2001:db8:1::71")
    configurations = delivery.configurations(RULES, (Door(25),))

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        machine.shell(f"""printf '%s\\n' {' '.join(delivery.DOMAINS)} >/etc/courier/locals; mkdir -p /etc/courier/aliasdir
printf '|/usr/bin/maildrop\\n' >/etc/courier/aliasdir/.courier-default
chmod 755 /etc/courier/aliasdir; chmod 644 /etc/courier/aliasdir/.courier-default""")
        delivery.clear(machine, "/etc/maildroprc", RULES[configuration.name])
        machine.shell(f"chown -R courier: {delivery.HOME}")  # who has no account is served as Courier itself


SERVER = CourierMaildrop()
