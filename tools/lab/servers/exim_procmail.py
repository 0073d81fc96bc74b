"""Exim with procmail behind a pipe."""
from servers import delivery
from servers.exim_heavy import Exim

ROUTER = """\
people:
  driver = accept
  domains = {domains}
  transport = agent
"""
TRANSPORT = """\
agent:
  driver = pipe
  command = /usr/bin/procmail -d {person}
  user = {person}
  group = {person}
  return_path_add
  delivery_date_add
  envelope_to_add
"""


class EximProcmail(delivery.Deliverer, Exim):
    name = "exim_procmail"
    title = "Exim (exim4-daemon-light) with procmail"
    packages = ("exim4-daemon-light", "procmail")
    host = "mx.mint.example"
    addresses = ("192.0.2.69", "2001:db8:1::69")
    configurations = delivery.configurations(delivery.PROCMAIL)

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        rules = delivery.PROCMAIL[configuration.name]
        stock = (machine.root / "etc/exim4/exim4.conf").read_text()
        machine.write("/etc/exim4/exim4.conf", stock.replace("begin routers\n", "begin routers\n" + ROUTER.format(domains=" : ".join(delivery.domains(rules)))).replace(
            "begin transports\n", "begin transports\n" + TRANSPORT.format(person=delivery.PERSON)))
        delivery.clear(machine, "/etc/procmailrc", rules)


SERVER = EximProcmail()
