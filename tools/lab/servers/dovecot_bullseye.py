"""Dovecot of Debian 11."""
import dataclasses

from servers.dovecot import Dovecot


class OtherDovecot(Dovecot):
    name = "dovecot_bullseye"
    suite = "bullseye"
    host = "mx.pine.example"
    addresses = ("192.0.2.34", "2001:db8:1::34")
    old_tls = False
    configurations = tuple(dataclasses.replace(one, plan="program") for one in Dovecot.configurations if one.plan == "sweep")


SERVER = OtherDovecot()
