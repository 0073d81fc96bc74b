"""Cyrus IMAP of Debian 11."""
from servers.cyrus import Cyrus


class OtherCyrus(Cyrus):
    name = "cyrus_bullseye"
    suite = "bullseye"
    host = "mx.sorrel.example"
    addresses = ("192.0.2.37", "2001:db8:1::37")
    old_tls = False


SERVER = OtherCyrus()
