"""Cyrus IMAP of Debian 13."""
from servers.cyrus import Cyrus


class OtherCyrus(Cyrus):
    name = "cyrus_trixie"
    suite = "trixie"
    host = "mx.yew.example"
    addresses = ("192.0.2.45", "2001:db8:1::45")
    old_tls = False


SERVER = OtherCyrus()
