"""Courier, as Debian builds it."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25, utf8=True), Door(465, ("implicit",), ("PLAIN", "LOGIN")), Door(587, ("none", "starttls"), ("PLAIN", "LOGIN")))


class Courier(Server):
    name = "courier"
    program = "courier"
    title = "Courier"
    packages = ("courier-mta", "courier-authlib-userdb")
    host = "mx.gorse.example"
    addresses = ("192.0.2.17", "2001:db8:1::17")
    configurations = (
        Configuration("default", "esmtpd, esmtpd-msa and esmtpd-ssl", DOORS, "sweep"),
        Configuration("inject", "its `sendmail` command", (), "inject"),
    )
    PRIORITY = ("NORMAL:+VERS-ALL:+SHA1:+SHA256:+SHA384:+ARCFOUR-128:+3DES-CBC:+CAMELLIA-256-CBC:+CAMELLIA-128-CBC:"
                "+DHE-RSA:+RSA:+AES-128-CBC:+AES-256-CBC")

    def prepare(self, machine):
        machine.shell(f"""id courier >/dev/null
userdb {USER} set home=/var/mail uid=8 gid=8 || true
printf '%s\\n' {PASSWORD} | userdbpw -md5 | userdb {USER} set systempw || true
chmod 700 /etc/courier/userdb; makeuserdb
sed -i 's/^authmodulelist=.*/authmodulelist="authuserdb"/' /etc/courier/authdaemonrc""")

    def configure(self, machine, configuration, route):
        common = f"""
BOFHCHECKDNS=0
BOFHNOEXPN=1
TARPIT=0
MAXDAEMONS=60
MAXPERC=60
MAXPERIP=60
NOADDMSGID=1
NOADDDATE=1
TLS_CERTFILE=/etc/courier/lab.pem
TLS_DHPARAMS={KEYS}/dh.pem
TLS_TRUSTCERTS={KEYS}/ca.pem
TLS_PRIORITY="{self.PRIORITY}"
TLS_CIPHER_LIST="ALL:COMPLEMENTOFALL:@SECLEVEL=0"
ESMTPAUTH="PLAIN LOGIN"
ESMTPAUTH_TLS="PLAIN LOGIN"
"""
        for name, extra in (("esmtpd", "ESMTPDSTART=YES\nPORT=25\n"), ("esmtpd-msa", "ESMTPDSTART=YES\nPORT=587\n"),
                            ("esmtpd-ssl", "ESMTPDSSLSTART=YES\n")):
            path = machine.root / "etc/courier" / name
            stock = path.with_suffix(".stock")
            if not stock.exists():
                stock.write_bytes(path.read_bytes())
            machine.write(f"/etc/courier/{name}", stock.read_text() + common + extra)
        machine.shell(f"""cat {KEYS}/server-rsa.key {KEYS}/server-rsa.pem >/etc/courier/lab.pem
chown courier /etc/courier/lab.pem; chmod 600 /etc/courier/lab.pem
echo {self.host} >/etc/courier/me; echo {self.host} >/etc/courier/defaultdomain; : >/etc/courier/locals
printf ':[%s],%s\\n' {route.host} {route.port} >/etc/courier/esmtproutes
printf '192.0.2\\tallow,RELAYCLIENT\\n198.51.100\\tallow,RELAYCLIENT\\n203.0.113\\tallow,RELAYCLIENT\\n:2001\\tallow,RELAYCLIENT\\n' >/etc/courier/smtpaccess/default
echo ESMTP_USE_STARTTLS={1 if route.tls == "starttls" else 0} >/etc/courier/courierd.lab
makesmtpaccess; makesmtpaccess-msa || true; makealiases || true""")
        stock = machine.root / "etc/courier/courierd"
        text = [line for line in stock.read_text().splitlines() if not line.startswith("ESMTP_USE_STARTTLS")]
        machine.write("/etc/courier/courierd", "\n".join([*text, f"ESMTP_USE_STARTTLS={1 if route.tls == 'starttls' else 0}"]) + "\n")

    def start(self, machine, configuration):
        machine.shell("""mkdir -p /run/courier/authdaemon; chown courier:courier /run/courier /run/courier/authdaemon
authdaemond start || /usr/sbin/authdaemond start
courier start
esmtpd start; esmtpd-msa start; esmtpd-ssl start""")



SERVER = Courier()
