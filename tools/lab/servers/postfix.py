"""Postfix, with and without smtpd_tls_received_header."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25, utf8=True), Door(465, ("implicit",), ("PLAIN", "LOGIN"), utf8=True),
         Door(587, ("none", "starttls"), ("PLAIN", "LOGIN"), utf8=True))
HEADER = {"smtpd_tls_received_header": "yes"}


class Postfix(Server):
    name = "postfix"
    program = "postfix"
    title = "Postfix"
    packages = ("postfix", "libsasl2-modules", "sasl2-bin")
    host = "mx.ash.example"
    addresses = ("192.0.2.11", "2001:db8:1::11")
    old_tls = True
    session_part = "postfix"  # smtpd; behind it pickup
    configurations = (
        Configuration("default", "main.cf as compiled in, but for keys", DOORS, "sweep"),
        Configuration("header", "smtpd_tls_received_header=yes", DOORS, "sweep", HEADER),
        Configuration("header-ask", "smtpd_tls_received_header=yes, smtpd_tls_ask_ccert=yes", DOORS, "certificates",
                      {**HEADER, "smtpd_tls_ask_ccert": "yes"}),
        Configuration("ask", "smtpd_tls_ask_ccert=yes", DOORS, "certificates", {"smtpd_tls_ask_ccert": "yes"}),
        Configuration("renamed", "mail_name=Example Mail", DOORS, "brief", {"mail_name": "Example Mail"}),
        Configuration("renamed-header", "mail_name=Example Mail, smtpd_tls_received_header=yes", DOORS, "brief",
                      {"mail_name": "Example Mail", **HEADER}),
        Configuration("authenticated-header", "smtpd_sasl_authenticated_header=yes", DOORS, "logins",
                      {"smtpd_sasl_authenticated_header": "yes"}),
        Configuration("both-headers", "smtpd_tls_received_header=yes, smtpd_sasl_authenticated_header=yes", DOORS,
                      "logins", {"smtpd_sasl_authenticated_header": "yes", **HEADER}),
        Configuration("old-tls", "on the laboratory's OpenSSL: SSL 3, RC4, 3DES", DOORS[:1], "old-tls"),
        Configuration("old-tls-header", "the same with smtpd_tls_received_header=yes", DOORS[:1], "old-tls", HEADER),
        Configuration("inject", "its `sendmail` command", (), "inject"),
    )

    SETTINGS = {
        "compatibility_level": "3.6", "inet_interfaces": "all", "inet_protocols": "all", "mydestination": "",
        "smtpd_tls_chain_files": f"{KEYS}/server-ecdsa.key, {KEYS}/server-ecdsa.pem, "
                                 f"{KEYS}/server-rsa.key, {KEYS}/server-rsa.pem",
        "smtpd_tls_CAfile": f"{KEYS}/ca.pem", "smtpd_tls_dh1024_param_file": f"{KEYS}/dh.pem",
        "smtpd_tls_security_level": "may", "smtpd_tls_protocols": "", "smtpd_tls_mandatory_protocols": "",
        "smtpd_tls_ciphers": "low", "tls_low_cipherlist": "ALL:COMPLEMENTOFALL:@SECLEVEL=0",
        "smtpd_tls_session_cache_database": "btree:/var/lib/postfix/smtpd_scache",
        "smtpd_sasl_auth_enable": "yes", "smtpd_sasl_path": "smtpd", "smtpd_tls_auth_only": "no",
        "mynetworks": "0.0.0.0/0 [::]/0",
        "smtp_tls_CAfile": f"{KEYS}/ca.pem", "smtp_host_lookup": "native", "disable_dns_lookups": "yes",
        "smtp_connection_cache_on_demand": "no", "maillog_file": "/var/log/postfix.log",
        "smtpd_client_connection_count_limit": "0", "smtpd_error_sleep_time": "0", "smtputf8_enable": "yes",
        "anvil_rate_time_unit": "1s", "smtpd_hard_error_limit": "1000", "message_size_limit": "0",
    }
    SERVICES = """\
smtp      inet  n  -  n  -  -  smtpd
submission inet n  -  n  -  -  smtpd
smtps     inet  n  -  n  -  -  smtpd -o smtpd_tls_wrappermode=yes
pickup    unix  n  -  n  60 1  pickup
cleanup   unix  n  -  n  -  0  cleanup
qmgr      unix  n  -  n  300 1 qmgr
tlsmgr    unix  -  -  n  1000? 1 tlsmgr
rewrite   unix  -  -  n  -  -  trivial-rewrite
bounce    unix  -  -  n  -  0  bounce
defer     unix  -  -  n  -  0  bounce
trace     unix  -  -  n  -  0  bounce
verify    unix  -  -  n  -  1  verify
flush     unix  n  -  n  1000? 0 flush
proxymap  unix  -  -  n  -  -  proxymap
smtp      unix  -  -  n  -  -  smtp
relay     unix  -  -  n  -  -  smtp
lmtp      unix  -  -  n  -  -  lmtp
local     unix  -  n  n  -  -  local
virtual   unix  -  n  n  -  -  virtual
error     unix  -  -  n  -  -  error
retry     unix  -  -  n  -  -  error
discard   unix  -  -  n  -  -  discard
anvil     unix  -  -  n  -  1  anvil
scache    unix  -  -  n  -  1  scache
postlog   unix-dgram n - n  -  1  postlogd
"""

    def prepare(self, machine):
        machine.write("/etc/postfix/sasl/smtpd.conf",
                      "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n")
        machine.shell(f"printf %s {PASSWORD} | saslpasswd2 -p -c -u {self.host} {USER}; chown postfix /etc/sasldb2")

    def configure(self, machine, configuration, route):
        settings = {**self.SETTINGS, "myhostname": self.host, **configuration.options,
                    "relayhost": f"[{route.host}]:{route.port}",
                    "smtp_tls_security_level": "encrypt" if route.tls == "starttls" else "none",
                    "default_transport": "lmtp" if route.lmtp else "smtp"}
        if route.lmtp:
            settings["lmtp_tls_security_level"] = settings["smtp_tls_security_level"]
            settings["default_transport"] = f"lmtp:inet:[{route.host}]:{route.port}"
        if route.login:
            settings |= {"lmtp_sasl_auth_enable": "yes", "lmtp_sasl_password_maps": f"static:{USER}:{PASSWORD}",
                         "lmtp_sasl_mechanism_filter": "plain", "lmtp_sasl_security_options": "noanonymous"}
        if route.version:
            settings["smtp_tls_mandatory_protocols"] = f">={route.version}, <={route.version}"
            settings["smtp_tls_mandatory_ciphers"] = "low"
        machine.write("/etc/postfix/main.cf", "".join(f"{k} = {v}\n" for k, v in settings.items()))
        machine.write("/etc/postfix/master.cf", self.SERVICES + configuration.options.get("-services", ""))

    def start(self, machine, configuration):
        machine.shell("postsuper -d ALL >/dev/null 2>&1 || true; postfix start")


SERVER = Postfix()
