"""chasquid, a server in Go: delivers with a program of the laboratory's."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Keeper

DOORS = (Door(25, utf8=True), Door(465, ("implicit",), ("PLAIN",), must_auth=True, utf8=True),
         Door(587, ("starttls",), ("PLAIN",), must_auth=True, utf8=True))


class Chasquid(Keeper):
    name = "chasquid"
    program = "chasquid"
    title = "chasquid"
    packages = ("chasquid",)
    host = "mx.juniper.example"
    login = f"{USER}@sink.example"
    addresses = ("192.0.2.20", "2001:db8:1::20")
    configurations = (Configuration("default", "local delivery to a program", DOORS, "sweep"),)

    def prepare(self, machine):
        super().prepare(machine)
        machine.shell(f"""mkdir -p /etc/chasquid/domains/sink.example /etc/chasquid/certs/{self.host}
cp {KEYS}/server-rsa.pem /etc/chasquid/certs/{self.host}/fullchain.pem; cp {KEYS}/server-rsa.key /etc/chasquid/certs/{self.host}/privkey.pem
chasquid-util user-add {USER}@sink.example --password={PASSWORD} || true
printf '* : reader@sink.example\\n' >/etc/chasquid/domains/sink.example/aliases
chasquid-util user-add reader@sink.example --password={PASSWORD} || true
chown -R chasquid /etc/chasquid /var/lib/chasquid""")

    def configure(self, machine, configuration, route):
        machine.write("/etc/chasquid/chasquid.conf", f"""\
hostname: "{self.host}"
smtp_address: ":25"
submission_address: ":587"
submission_over_tls_address: ":465"
mail_delivery_agent_bin: "/usr/local/bin/lab-keep"
data_dir: "/var/lib/chasquid"
mail_log_path: "/var/log/chasquid.log"
dovecot_auth: false
""")

    def start(self, machine, configuration):
        machine.start("chasquid", "-config_dir=/etc/chasquid")


SERVER = Chasquid()
