"""OpenSMTPD, the portable one."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25), Door(465, ("implicit",), ("PLAIN", "LOGIN")), Door(587, ("starttls",), ("PLAIN", "LOGIN")))


class OpenSmtpd(Server):
    name = "opensmtpd"
    program = "opensmtpd"
    title = "OpenSMTPD"
    suite = "trixie"  # bookworm's 6.8.0 cannot use its keys with OpenSSL 3
    packages = ("opensmtpd",)
    host = "mx.elm.example"
    addresses = ("192.0.2.15", "2001:db8:1::15")
    old_tls = True
    configurations = (
        Configuration("default", "listen with tls", DOORS, "sweep"),
        Configuration("verify", "listen with tls verify: a client certificate is demanded",
                      (Door(25, ("starttls",)),), "certificates", {"verify": " verify"}),
        Configuration("received-auth", "listen ... received-auth", DOORS, "logins", {"listen": " received-auth"}),
        Configuration("mask-src", "listen ... mask-src", DOORS, "brief", {"listen": " mask-src"}),
        Configuration("inject", "its `sendmail` command", (), "inject"),
    )

    def configure(self, machine, configuration, route):
        verify = configuration.options.get("verify", "")
        listen = configuration.options.get("listen", "")
        word = "tls-require" if verify else "tls"
        scheme = "lmtp" if route.lmtp else {"none": "smtp+notls", "starttls": "smtp+tls"}[route.tls]
        password = machine.run("smtpctl", "encrypt", PASSWORD).strip()
        machine.write("/etc/smtpd-users", f"{USER} {password}\n")
        lines = [f'pki lab cert "{KEYS}/server-rsa.pem"', 'pki lab key "/etc/smtpd-rsa.key"', "pki lab dhe auto",
                 f'ca lab cert "{KEYS}/ca.pem"', 'smtp ciphers "ALL:COMPLEMENTOFALL:@SECLEVEL=0"',
                 "smtp max-message-size 35M", "smtp limit max-mails 100000",
                 "table users file:/etc/smtpd-users"]
        own = "ca lab" if verify else ""
        for address in ("0.0.0.0", "::"):
            lines.append(f"listen on {address} port 25 {word}{verify} pki lab {own} hostname {self.host}{listen}")
            if not verify:
                lines.append(f"listen on {address} port 465 smtps pki lab auth-optional <users> hostname {self.host}{listen}")
                lines.append(f"listen on {address} port 587 tls pki lab auth-optional <users> hostname {self.host}{listen}")
        how = " tls no-verify" if route.tls == "starttls" else ""
        lines.append(f'action out relay host "{scheme}://{route.host}:{route.port}"{how} helo {self.host}')
        lines.append("match from any for any action out")
        machine.write("/etc/smtpd.conf", "\n".join(lines) + "\n")
        machine.shell("""for k in rsa ecdsa; do cp /etc/lab-keys/server-$k.key /etc/smtpd-$k.key; chmod 600 /etc/smtpd-$k.key; done
smtpd -n >/dev/null""")

    def start(self, machine, configuration):
        machine.shell("rm -rf /var/spool/smtpd/queue/*; echo %s >/etc/mailname; smtpd" % self.host)


SERVER = OpenSmtpd()
