"""Postfix of Debian 13: 3.10, which can hide a client's session."""
from servers import Configuration
from servers.postfix import DOORS, Postfix


class OtherPostfix(Postfix):
    name = "postfix_trixie"
    suite = "trixie"
    host = "relay.birch.example"  # of the organisation that runs Exim
    addresses = ("192.0.2.41", "2001:db8:1::41")
    old_tls = False
    configurations = (*Postfix.configurations,
                      Configuration("hidden", "smtpd_hide_client_session=yes", DOORS, "brief",
                                    {"smtpd_hide_client_session": "yes"}))


SERVER = OtherPostfix()
