"""Postfix of Debian 11, on OpenSSL 1.1.1."""
from servers.postfix import Postfix


class OtherPostfix(Postfix):
    name = "postfix_bullseye"
    suite = "bullseye"
    host = "mx.maple.example"
    addresses = ("192.0.2.31", "2001:db8:1::31")
    old_tls = False


SERVER = OtherPostfix()
