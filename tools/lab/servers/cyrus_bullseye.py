"""Cyrus IMAP of Debian 11."""
import dataclasses

from servers.cyrus import Cyrus


class OtherCyrus(Cyrus):
    name = "cyrus_bullseye"
    suite = "bullseye"
    host = "mx.sorrel.example"
    addresses = ("192.0.2.37", "2001:db8:1::37")
    old_tls = False
    configurations = tuple(dataclasses.replace(one, plan="program") for one in Cyrus.configurations if one.plan == "sweep")


SERVER = OtherCyrus()
