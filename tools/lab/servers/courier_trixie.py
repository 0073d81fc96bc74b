"""Courier of Debian 13."""
from servers.courier import Courier


class OtherCourier(Courier):
    name = "courier_trixie"
    suite = "trixie"
    host = "mx.willow.example"
    addresses = ("192.0.2.44", "2001:db8:1::44")
    old_tls = False


SERVER = OtherCourier()
