"""Exim of Debian 13."""
from servers.exim_heavy import Exim


class OtherExim(Exim):
    name = "exim_trixie"
    suite = "trixie"
    host = "mx.umber.example"
    addresses = ("192.0.2.42", "2001:db8:1::42")
    old_tls = False


SERVER = OtherExim()
