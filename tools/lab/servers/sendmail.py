"""Sendmail, as Debian builds it with OpenSSL and Cyrus SASL."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25, utf8=True), Door(465, ("implicit",), ("PLAIN", "LOGIN")), Door(587, ("none", "starttls"), ("PLAIN", "LOGIN")))

PLAIN_TEXT = r"""define(`confRECEIVED_HEADER', `$?sfrom $s $.$?_($?s$|from $.$_)$.
	by $j$?r with $r$. id $i$?u
	for $u; $|;
	$.$b')"""


class Sendmail(Server):
    name = "sendmail"
    program = "sendmail"
    title = "Sendmail"
    packages = ("sendmail-bin", "sendmail-base", "sendmail-cf", "m4", "libsasl2-modules", "sasl2-bin", "sensible-mda")
    host = "mx.cedar.example"
    addresses = ("192.0.2.14", "2001:db8:1::14")
    old_tls = True
    configurations = (
        Configuration("default", "the texts of cf/m4/cfhead.m4", DOORS, "sweep"),
        Configuration("no-verify", "srv_features V: no client certificate is asked for", DOORS, "handshakes", {"features": "V"}),
        Configuration("text-bare", "confRECEIVED_HEADER without version and TLS", DOORS, "brief", {"text": PLAIN_TEXT}),
        Configuration("old-tls", "on the laboratory's OpenSSL: SSL 3, RC4, 3DES", DOORS[:1], "old-tls"),
        Configuration("inject", "its `sendmail` command: submitted to the daemon over loopback", (), "inject", {"submit": True},
                      ({"part": "sendmail", "port": 25, "client": "127.0.0.1", "over": "loopback"},)),
    )

    def prepare(self, machine):
        machine.write("/usr/lib/sasl2/Sendmail.conf",
                      "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n")
        machine.write("/etc/sasl2/Sendmail.conf",
                      "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n")
        machine.shell(f"printf %s {PASSWORD} | saslpasswd2 -p -c -u {self.host} {USER}; chmod 644 /etc/sasldb2; "
                      "chown -R root:root /etc/mail; chmod 755 /etc/mail; mkdir -p /var/run/sendmail/mta; "
                      "chown root:root /var/run/sendmail /var/run/sendmail/mta /var/spool/mqueue; chmod 700 /var/spool/mqueue")

    def configure(self, machine, configuration, route):
        mailer = "lmtpnet" if route.lmtp else "esmtp"
        machine.write("/etc/mail/lab.mc", f"""\
divert(-1)
divert(0)dnl
VERSIONID(`lab')
OSTYPE(`debian')dnl
DOMAIN(`generic')dnl
define(`confDOMAIN_NAME', `{self.host}')dnl
define(`confTRUSTED_USERS', `smmsp')dnl
define(`confCACERT_PATH', `{KEYS}')dnl
define(`confCACERT', `{KEYS}/ca.pem')dnl
define(`confSERVER_CERT', `{KEYS}/server-rsa.pem,{KEYS}/server-ecdsa.pem')dnl
define(`confSERVER_KEY', `/etc/mail/tls/rsa.key,/etc/mail/tls/ecdsa.key')dnl
define(`confDH_PARAMETERS', `{KEYS}/dh.pem')dnl
define(`confTLS_SRV_OPTIONS', `')dnl
define(`confAUTH_MECHANISMS', `PLAIN LOGIN')dnl
define(`confAUTH_OPTIONS', `')dnl
TRUST_AUTH_MECH(`PLAIN LOGIN')dnl
define(`confTO_IDENT', `0')dnl
define(`confMAX_DAEMON_CHILDREN', `0')dnl
define(`confCONNECTION_RATE_THROTTLE', `0')dnl
define(`confQUEUE_LA', `100')dnl
define(`confREFUSE_LA', `200')dnl
define(`confPRIVACY_FLAGS', `')dnl
define(`confBAD_RCPT_THROTTLE', `0')dnl
define(`confBIND_OPTS', `-DNSRCH -DEFNAMES')dnl
define(`confSERVER_SSL_OPTIONS', `')dnl
LOCAL_CONFIG
O CipherList=ALL:COMPLEMENTOFALL:@SECLEVEL=0
O ServerSSLOptions=
O ClientSSLOptions={'+SSL_OP_NO_TLSv1_3' if route.version == 'TLSv1.2' else ''}
dnl
FEATURE(`no_default_msa')dnl
FEATURE(`promiscuous_relay')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`accept_unqualified_senders')dnl
FEATURE(`nocanonify')dnl
FEATURE(`access_db', `hash /etc/mail/lab-access')dnl
DAEMON_OPTIONS(`Family=inet6, Name=MTA, Port=25')dnl
DAEMON_OPTIONS(`Family=inet6, Name=MSA, Port=587, M=')dnl
DAEMON_OPTIONS(`Family=inet6, Name=TLS, Port=465, M=s')dnl
define(`SMART_HOST', `{mailer}:[{route.host}]')dnl
define(`MAIL_HUB', `{mailer}:[{route.host}]')dnl
define(`LOCAL_RELAY', `{mailer}:[{route.host}]')dnl
define(`ESMTP_MAILER_ARGS', `TCP $h {route.port}')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {route.port}')dnl
{configuration.options.get("text", "")}
MAILER(`local')dnl
MAILER(`smtp')dnl
MAILER_DEFINITIONS
Mlmtpnet, P=[IPC], F=mDFMuXz, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP/HdrFromSMTP, E=\\r\\n, L=2040, T=DNS/RFC822/SMTP, A=TCP $h {route.port}
""")
        access = f"Srv_Features: {configuration.options.get('features', 'v')}\n"
        access += "Try_TLS: NO\n" if route.tls == "none" else ""
        machine.write("/etc/mail/lab-access", access)
        machine.shell("""mkdir -p /etc/mail/tls; cp /etc/lab-keys/server-rsa.key /etc/mail/tls/rsa.key
cp /etc/lab-keys/server-ecdsa.key /etc/mail/tls/ecdsa.key; chmod 600 /etc/mail/tls/*.key
rm -f /etc/mail/lab-access.db; makemap hash /etc/mail/lab-access </etc/mail/lab-access
m4 /usr/share/sendmail/cf/m4/cf.m4 /etc/mail/lab.mc >/etc/mail/sendmail.cf; : >/etc/mail/local-host-names; : >/etc/mail/relay-domains""")

    def start(self, machine, configuration):
        machine.shell("rm -rf /var/spool/mqueue/*; newaliases >/dev/null 2>&1 || true; "
                      "/usr/libexec/sendmail/sendmail -L sm-mta -bd -q5s")


SERVER = Sendmail()
