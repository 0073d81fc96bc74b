"""Courier of Debian 11."""
from servers.courier import Courier


class OtherCourier(Courier):
    name = "courier_bullseye"
    suite = "bullseye"
    host = "mx.quince.example"
    addresses = ("192.0.2.35", "2001:db8:1::35")
    old_tls = False


SERVER = OtherCourier()
