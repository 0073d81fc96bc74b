"""Postfix with maildrop as its local delivery agent."""
from servers import delivery
from servers.postfix import Postfix
from servers.postfix_procmail import PostfixDelivery


class PostfixMaildrop(PostfixDelivery):
    name = "postfix_maildrop"
    title = "Postfix with maildrop"
    packages = (*Postfix.packages, "maildrop")
    host = "mx.thyme.example"
    addresses = ("192.0.2.68", "2001:db8:1::68")
    agent = "/usr/bin/maildrop"
    rules_file = "/etc/maildroprc"
    rules = delivery.MAILDROP
    configurations = delivery.configurations(delivery.MAILDROP)


SERVER = PostfixMaildrop()
