"""Cyrus IMAP of Debian 13."""
import dataclasses

from servers.cyrus import Cyrus


class OtherCyrus(Cyrus):
    name = "cyrus_trixie"
    suite = "trixie"
    host = "mx.yew.example"
    addresses = ("192.0.2.45", "2001:db8:1::45")
    old_tls = False
    more = "allowstarttls: 1\n"  # no STARTTLS without it since 3.10
    configurations = tuple(dataclasses.replace(one, plan="program") for one in Cyrus.configurations if one.plan == "sweep")


SERVER = OtherCyrus()
