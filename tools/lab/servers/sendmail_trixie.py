"""Sendmail of Debian 13."""
from servers.sendmail import Sendmail


class OtherSendmail(Sendmail):
    name = "sendmail_trixie"
    suite = "trixie"
    host = "mx.vine.example"
    addresses = ("192.0.2.43", "2001:db8:1::43")
    old_tls = False


SERVER = OtherSendmail()
