"""OpenSMTPD of Debian 11: 6.8, on OpenSSL 1.1.1."""
from servers.opensmtpd import OpenSmtpd


class OtherOpenSmtpd(OpenSmtpd):
    name = "opensmtpd_bullseye"
    suite = "bullseye"
    host = "mx.rowan.example"
    addresses = ("192.0.2.36", "2001:db8:1::36")
    old_tls = False


SERVER = OtherOpenSmtpd()
