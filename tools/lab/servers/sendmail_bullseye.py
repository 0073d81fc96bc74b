"""Sendmail of Debian 11: 8.15, without SMTPUTF8."""
from servers.sendmail import Sendmail


class OtherSendmail(Sendmail):
    name = "sendmail_bullseye"
    suite = "bullseye"
    host = "mx.oak.example"
    addresses = ("192.0.2.33", "2001:db8:1::33")
    old_tls = False


SERVER = OtherSendmail()
