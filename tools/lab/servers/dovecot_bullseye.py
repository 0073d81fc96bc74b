"""Dovecot of Debian 11."""
from servers.dovecot import Dovecot


class OtherDovecot(Dovecot):
    name = "dovecot_bullseye"
    suite = "bullseye"
    host = "mx.pine.example"
    addresses = ("192.0.2.34", "2001:db8:1::34")
    old_tls = False


SERVER = OtherDovecot()
