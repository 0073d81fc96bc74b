"""Haraka, from npm, on Debian's Node."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25), Door(465, ("implicit",), ("PLAIN", "LOGIN"), must_auth=True),
         Door(587, ("none", "starttls"), ("PLAIN", "LOGIN"), must_auth=True))


class Haraka(Server):
    name = "haraka"
    program = "haraka"
    title = "Haraka"
    suite = "trixie"
    packages = ("nodejs", "npm", "build-essential", "python3")
    steps = ("npm install -g --no-audit --no-fund Haraka haraka-plugin-auth-flat-file 2>&1 || npm install -g --no-audit --no-fund Haraka",
             "haraka -i /opt/haraka")
    host = "mx.ivy.example"
    addresses = ("192.0.2.19", "2001:db8:1::19")
    configurations = (
        Configuration("default", "plugins tls, auth/flat_file, queue/smtp_forward", DOORS, "program"),
        Configuration("ask", "tls.ini requestCert=true", DOORS, "certificates-brief", {"ask": "true"}),
        Configuration("no-version", "connection.ini show_version=false", DOORS[:1], "door", {"version": "false"}),
        Configuration("outbound", "what is relayed leaves through its queue, which leaves a mark of its own", DOORS[:1], "smoke",
                      {"relaying": "true"}, ({"part": "haraka/outbound", "by": "", "tls": "local"},)),
    )

    def version(self, machine):
        return machine.run("haraka", "-v").split()[-1].lstrip("v")

    def configure(self, machine, configuration, route):
        ask = configuration.options.get("ask", "false")
        files = {
            "config/smtp.ini": "listen=[::0]:25,[::0]:587,[::0]:465\nsmtps_port=465\n[headers]\nmax_lines=1000\n",
            "config/me": self.host + "\n", "config/plugins": "tls\nauth/flat_file\nlab_accept\nqueue/smtp_forward\n",
            "config/tls.ini": f"key=key.pem\ncert=cert.pem\ndhparam=dh.pem\nrequestCert={ask}\nrejectUnauthorized=false\n"
                              "ciphers=ALL:COMPLEMENTOFALL:@SECLEVEL=0\nminVersion=TLSv1\nhonorCipherOrder=false\n",
            "config/auth_flat_file.ini": f"[core]\nmethods=PLAIN,LOGIN\nconstrain_sender=false\n[users]\n{USER}={PASSWORD}\n",
            "config/smtp_forward.ini": f"host={route.host}\nport={route.port}\nenable_tls=false\none_message_per_rcpt=false\n",
            "config/host_list": "sink.example\n",
            "plugins/lab_accept.js": "exports.hook_rcpt = function (next, connection) {\n"
                                     f"    connection.relaying = {configuration.options.get('relaying', 'false')};\n"
                                     "    next(OK);\n};\n"
                                     "exports.hook_get_mx = function (next) {\n"
                                     f"    next(OK, {{exchange: '{route.host}', port: {route.port}}});\n}};\n",
            "config/outbound.ini": f"enable_tls={str(route.tls == 'starttls').lower()}\n",
        }
        # the stock connection.ini: where a section of it is missing, Haraka 3.3.4 dies at the first connection
        stock = (machine.root / "usr/local/lib/node_modules/Haraka/config/connection.ini").read_text()
        files["config/connection.ini"] = stock.replace("; show_version=true", f"show_version={configuration.options.get('version', 'true')}")
        for name, text in files.items():
            machine.write(f"/opt/haraka/{name}", text)
        machine.shell(f"cp {KEYS}/server-rsa.key /opt/haraka/config/key.pem; cat {KEYS}/server-rsa.pem >/opt/haraka/config/cert.pem; "
                      f"cp {KEYS}/dh.pem /opt/haraka/config/dh.pem")

    def start(self, machine, configuration):
        machine.start("haraka", "-c", "/opt/haraka")


SERVER = Haraka()
