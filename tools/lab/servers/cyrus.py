"""Cyrus IMAP: lmtpd on TCP."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(24, ("none", "starttls"), ("PLAIN", "LOGIN"), must_auth=True, greet=("LHLO",)),)


class Cyrus(Server):
    name = "cyrus"
    program = "cyrus"
    title = "Cyrus IMAP"
    packages = ("cyrus-imapd", "cyrus-admin", "sasl2-bin", "libsasl2-modules")
    host = "store.birch.example"  # of the organisation that runs Exim
    addresses = ("192.0.2.21", "2001:db8:1::21")
    old_tls = True
    more = ""  # further lines of imapd.conf
    configurations = (Configuration("lmtp", "lmtpd on TCP", DOORS, "sweep"),
                      Configuration("lmtp-open", "lmtpd -a: whoever can reach it is trusted", (Door(24, greet=("LHLO",)),), "door", {"words": " -a"}))

    def prepare(self, machine):
        machine.shell(f"printf %s {PASSWORD} | saslpasswd2 -p -c -u {self.host} {USER}; "
                      f"printf %s {PASSWORD} | saslpasswd2 -p -c {USER}; chown cyrus /etc/sasldb2")

    def configure(self, machine, configuration, route):
        machine.write("/etc/imapd.conf", f"""\
configdirectory: /var/lib/cyrus
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
defaultpartition: default
partition-default: /var/spool/cyrus/mail
altnamespace: no
unixhierarchysep: no
lmtp_downcase_rcpt: yes
servername: {self.host}
autocreate_users: anyone
autocreate_post: yes
autocreate_quota: 0
admins: cyrus
lmtp_admins: user
sasl_auxprop_plugin: sasldb
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
sasl_pwcheck_method: auxprop
lmtpsocket: /run/cyrus/socket/lmtp
duplicatesuppression: no
syslog_prefix: cyrus
tls_server_cert: /etc/cyrus-lab/server.pem
tls_server_key: /etc/cyrus-lab/server.key
tls_client_ca_file: {KEYS}/ca.pem
tls_ciphers: ALL:COMPLEMENTOFALL:@SECLEVEL=0
tls_versions: ssl3 tls1_0 tls1_1 tls1_2 tls1_3
tls_session_timeout: 1440
{self.more}""")
        machine.write("/etc/cyrus.conf", f"""\
START {{
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r"
}}
SERVICES {{
  lmtp cmd="lmtpd{configuration.options.get('words', '')}" listen="24" proto="tcp" prefork=0 maxchild=60
}}
EVENTS {{
  checkpoint cmd="/usr/sbin/cyrus ctl_cyrusdb -c" period=30
}}
""")
        machine.shell(f"""mkdir -p /etc/cyrus-lab /run/cyrus/proc /run/cyrus/lock /run/cyrus/socket
cp {KEYS}/server-rsa.pem /etc/cyrus-lab/server.pem; cp {KEYS}/server-rsa.key /etc/cyrus-lab/server.key
chown -R cyrus:mail /etc/cyrus-lab /run/cyrus; chmod 600 /etc/cyrus-lab/server.key""")

    def start(self, machine, configuration):
        machine.start("/usr/lib/cyrus/bin/master", "-D")

    def collect(self, machine):
        found = []
        for path in sorted((machine.root / "var/spool/cyrus/mail").rglob("[0-9]*.")):
            if path.is_file():
                found.append(path.read_bytes())
                path.unlink()
        return found


SERVER = Cyrus()
