"""Exim, as Debian builds it with GnuTLS, few features."""
from servers import Configuration, Door
from servers.exim_heavy import Exim

DOORS = (Door(25), Door(465, ("implicit",)), Door(587, ("none", "starttls")))


class EximLight(Exim):
    name = "exim_light"
    title = "Exim (exim4-daemon-light)"
    packages = ("exim4-daemon-light",)
    host = "out.ash.example"  # of the organisation that runs Postfix
    addresses = ("192.0.2.13", "2001:db8:1::13")
    configurations = (Configuration("default", "received_header_text as compiled in", DOORS, "sweep"),)


SERVER = EximLight()
