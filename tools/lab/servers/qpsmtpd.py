"""qpsmtpd, the Perl server of plugins."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25, auth=("PLAIN", "LOGIN")), Door(465, ("implicit",), ("PLAIN", "LOGIN")))


class Qpsmtpd(Server):
    name = "qpsmtpd"
    program = "qpsmtpd"
    title = "qpsmtpd"
    packages = ("qpsmtpd", "libio-socket-ssl-perl", "libmail-spf-perl")
    host = "mx.hazel.example"
    addresses = ("192.0.2.18", "2001:db8:1::18")
    old_tls = True
    configurations = (Configuration("default", "plugins tls, auth/auth_flat_file, queue/smtp-forward", DOORS, "sweep"),
                      Configuration("old-tls", "on the laboratory's OpenSSL: SSL 3, RC4, 3DES", DOORS[:1], "old-tls"))

    def configure(self, machine, configuration, route):
        machine.write("/etc/qpsmtpd/plugins", f"""\
dont_require_anglebrackets
hosts_allow
auth/auth_flat_file
tls {KEYS}/server-rsa.pem {KEYS}/server-rsa.key {KEYS}/ca.pem
rcpt_ok
queue/smtp-forward {route.host} {route.port}
""")
        for name, text in {"me": self.host, "tls_ciphers": "ALL:COMPLEMENTOFALL:@SECLEVEL=0", "loglevel": "6",
                           "flat_auth_pw": f"{USER}:{PASSWORD}",
                           "rcpthosts": "sink.example", "spool_dir": "/var/spool/qpsmtpd", "tls_protocols": "SSLv23",
                           "logging": "logging/warn"}.items():
            machine.write(f"/etc/qpsmtpd/{name}", text + "\n")
        machine.shell("mkdir -p /var/spool/qpsmtpd; chown qpsmtpd /var/spool/qpsmtpd; chmod 700 /var/spool/qpsmtpd")

    def start(self, machine, configuration):
        for port in (25, 465):
            machine.start("qpsmtpd-forkserver", "-u", "qpsmtpd", "-l", "0.0.0.0", "-p", str(port), "-c", "60", "-m", "60",
                          environment={"QPSMTPD_CONFIG": "/etc/qpsmtpd"})


SERVER = Qpsmtpd()
