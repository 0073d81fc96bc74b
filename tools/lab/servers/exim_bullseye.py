"""Exim of Debian 11."""
from servers.exim_heavy import Exim


class OtherExim(Exim):
    name = "exim_bullseye"
    suite = "bullseye"
    host = "mx.nettle.example"
    addresses = ("192.0.2.32", "2001:db8:1::32")
    old_tls = False


SERVER = OtherExim()
