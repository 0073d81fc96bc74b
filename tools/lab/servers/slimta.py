"""slimta, a mail library in Python: an edge, a queue in memory and a relay, as its documents put them together."""
from servers import KEYS, Configuration, Door, Server

DOORS = (Door(25, auth=("PLAIN", "LOGIN")), Door(465, ("implicit",), ("PLAIN", "LOGIN")))

PROGRAM = """\
import ssl
from gevent import sleep
from slimta.edge.smtp import SmtpEdge
from slimta.policy.headers import AddReceivedHeader
from slimta.queue import Queue
from slimta.queue.dict import DictStorage
from slimta.relay.smtp.static import StaticSmtpRelay

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
context.minimum_version = ssl.TLSVersion.TLSv1
context.load_cert_chain("{keys}/server-rsa.pem", "{keys}/server-rsa.key")
queue = Queue(DictStorage(), StaticSmtpRelay("{route.host}", {route.port}, ehlo_as="{host}"))
queue.add_policy(AddReceivedHeader())
queue.start()
for port, at_once in ((25, False), (465, True)):
    for address in ("0.0.0.0", "::"):
        SmtpEdge((address, port), queue, auth=True, context=context, tls_immediately=at_once, hostname="{host}").start()
while True:
    sleep(3600)
"""


class Slimta(Server):
    name = "slimta"
    program = "slimta"
    title = "slimta"
    packages = ("python3-pip", "python3-gevent", "python3-pycares")
    RELEASE = "5.0.5"
    steps = (f"pip install --quiet --break-system-packages python-slimta=={RELEASE}",)
    host = "mx.mallow.example"
    addresses = ("192.0.2.85", "2001:db8:1::85")
    configurations = (Configuration("default", "SmtpEdge, Queue, StaticSmtpRelay, AddReceivedHeader", DOORS, "program"),)

    def version(self, machine):
        return self.RELEASE

    def configure(self, machine, configuration, route):
        machine.write("/opt/lab-slimta.py", PROGRAM.format(keys=KEYS, route=route, host=self.host))

    def start(self, machine, configuration):
        machine.start("python3", "/opt/lab-slimta.py")


SERVER = Slimta()
