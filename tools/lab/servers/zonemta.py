"""ZoneMTA, from npm: a queue for mail that leaves. It keeps its queue in a MongoDB, for which FerretDB stands in, and in Redis.

Its field is written as a message leaves, by what the receiving part kept of the connection.
"""
import json

from servers import KEYS, PASSWORD, USER, Configuration, Door, Server
from servers.golang import build

DOORS = (Door(25), Door(587, ("none", "starttls"), ("PLAIN", "LOGIN"), must_auth=True), Door(465, ("implicit",), ("PLAIN", "LOGIN"), must_auth=True))
HOME = "/opt/zonemta/node_modules/zone-mta"
AWAIT = """\
import socket
import time
for port in (25, 587):
    while not socket.create_connection(("127.0.0.1", port), 10).makefile("rb").readline().startswith(b"220"):
        time.sleep(0.3)
time.sleep(2)
"""
LOGIN_PLUGIN = f"""\
'use strict';
module.exports.title = 'logins of the laboratory';
module.exports.init = (app, done) => {{
    app.addHook('smtp:auth', (auth, session, next) => {{
        if (auth.username === '{USER}' && auth.password === '{PASSWORD}') return next();
        const failure = new Error('Authentication failed');
        failure.responseCode = 535;
        next(failure);
    }});
    done();
}};
"""


class ZoneMTA(Server):
    name = "zonemta"
    program = "zonemta"
    title = "ZoneMTA"
    suite = "trixie"
    RELEASE = "3.10.3"
    DATABASE = "v1.24.2"
    packages = ("nodejs", "npm", "redis-server", "golang-go")
    steps = (build("github.com/FerretDB/FerretDB/cmd/ferretdb", f"github.com/FerretDB/FerretDB@{DATABASE}", lacking={"build/version/version.txt": DATABASE}),
             f"mkdir -p /opt/zonemta; cd /opt/zonemta; npm install --no-audit --no-fund --omit=dev zone-mta@{RELEASE}")
    host = "mx.fennel.example"
    addresses = ("192.0.2.75", "2001:db8:1::75")
    configurations = (
        Configuration("default", "three interfaces; everything leaves by one zone", DOORS, "program"),
        Configuration("renamed", "name = Example Mail", DOORS[:1], "door", {"name": "Example Mail"}),
    )

    def version(self, machine):
        return self.RELEASE

    def interface(self, door):
        return {"enabled": True, "host": "::", "port": door.port, "processes": 1, "authentication": door.must_auth, "secure": door.port == 465,
                "starttls": door.port != 465, "hideSTARTTLS": False, "allowInsecureAuth": True, "authMethods": ["PLAIN", "LOGIN"],
                "key": f"{KEYS}/server-rsa.key", "cert": f"{KEYS}/server-rsa.pem", "minVersion": "TLSv1",
                "ciphers": "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "dhparam": f"{KEYS}/dh.pem"}

    def configure(self, machine, configuration, route):
        settings = {
            "name": configuration.options.get("name", "ZoneMTA"),
            "smtpInterfaces": {"feeder": {"enabled": False}, **{f"door{door.port}": self.interface(door) for door in DOORS}},
            "zones": {"default": {"host": route.host, "port": route.port, "processes": 1, "connections": 5, "ignoreIPv6": True, "connectionCache": {"ttl": 1, "reuseCount": 1},
                                  "ignoreTLS": route.tls == "none", "requireTLS": route.tls != "none"}},
            "pools": {"default": [{"address": self.addresses[0], "name": self.host}]},
            "plugins": {"lab-login": {"enabled": ["receiver"]}}, "dns": {"blockLocalAddresses": False},
        }
        machine.write("/etc/zonemta/lab.json", json.dumps(settings, indent=1))
        machine.write(f"{HOME}/plugins/lab-login.js", LOGIN_PLUGIN)

    def start(self, machine, configuration):
        machine.shell("rm -rf /var/lib/lab-mongo; mkdir -p /var/lib/lab-mongo")
        machine.start("redis-server", "--save", "", "--dir", "/var/lib/lab-mongo")
        machine.start("ferretdb", "--handler=sqlite", "--sqlite-url=file:/var/lib/lab-mongo/", "--telemetry=disable", "--listen-addr=127.0.0.1:27017",
                      "--state-dir=/var/lib/lab-mongo", "--debug-addr=-")
        for port in (6379, 27017):
            machine.await_port(port)
        machine.start("sh", "-c", f"cd {HOME} && exec node app.js --config=/etc/zonemta/lab.json",
                      environment={"NODE_OPTIONS": "--tls-min-v1.0 --tls-cipher-list=ALL:COMPLEMENTOFALL:@SECLEVEL=0"})

    def ready(self, machine, configuration):
        super().ready(machine, configuration)
        machine.run("python3", "-c", AWAIT, limit=120)  # the port is open before there is somebody to answer


SERVER = ZoneMTA()
