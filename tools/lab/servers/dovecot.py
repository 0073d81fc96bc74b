"""Dovecot: LMTP into a Maildir, and its submission proxy."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

LMTP = Door(24, ("none", "starttls"), greet=("LHLO",))
LMTPS = Door(1024, ("implicit",), greet=("LHLO",))
SUBMISSION = (Door(587, ("none", "starttls"), ("PLAIN", "LOGIN"), must_auth=True),
              Door(465, ("implicit",), ("PLAIN", "LOGIN"), must_auth=True))


class Dovecot(Server):
    name = "dovecot"
    program = "dovecot"
    title = "Dovecot"
    packages = ("dovecot-core", "dovecot-lmtpd", "dovecot-submissiond", "dovecot-imapd", "dovecot-pop3d")
    host = "store.cedar.example"  # of the organisation that runs Sendmail
    addresses = ("192.0.2.16", "2001:db8:1::16")
    old_tls = True
    configurations = (
        Configuration("lmtp", "lmtp service on TCP", (LMTP, LMTPS), "sweep"),
        Configuration("lmtp-ask", "lmtp service, ssl_verify_client_cert = yes", (LMTP, LMTPS), "certificates",
                      {"verify": "yes"}),
        Configuration("submission", "submission service", SUBMISSION, "sweep"),
    )

    def settings(self, configuration, route):
        verify = configuration.options.get("verify", "no")
        return f"""\
protocols = lmtp submission imap pop3
listen = *, ::
hostname = {self.host}
log_path = /var/log/dovecot.log
ssl = yes
ssl_cert = <{KEYS}/server-rsa.pem
ssl_key = <{KEYS}/server-rsa.key
ssl_alt_cert = <{KEYS}/server-ecdsa.pem
ssl_alt_key = <{KEYS}/server-ecdsa.key
ssl_ca = <{KEYS}/ca.pem
ssl_dh = <{KEYS}/dh.pem
ssl_min_protocol = {"ANY" if self.suite == "bookworm" else "TLSv1"}
ssl_cipher_list = ALL:COMPLEMENTOFALL:@SECLEVEL=0
ssl_verify_client_cert = {verify}
ssl_require_crl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
mail_max_userip_connections = 1000
first_valid_uid = 1
submission_relay_host = {route.host}
submission_relay_port = {route.port}
submission_relay_trusted = no
submission_relay_ssl = {"starttls" if route.tls == "starttls" else "no"}
submission_relay_ssl_verify = no
recipient_delimiter =
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home=/var/vmail allow_all_users=yes
}}
service lmtp {{
  inet_listener lmtp {{
    port = 24
  }}
  inet_listener lmtps {{
    port = 1024
    ssl = yes
  }}
  client_limit = 1
  process_limit = 200
}}
service submission-login {{
  inet_listener submission {{
    port = 587
  }}
  inet_listener submissions {{
    port = 465
    ssl = yes
  }}
}}
"""

    def configure(self, machine, configuration, route):
        machine.write("/etc/dovecot/dovecot.conf", self.settings(configuration, route))
        machine.shell("rm -rf /var/vmail; mkdir -p /var/vmail; chown mail:mail /var/vmail")

    def start(self, machine, configuration):
        machine.shell("rm -rf /run/dovecot; dovecot")

    def collect(self, machine):
        found = []
        for path in sorted((machine.root / "var/vmail").rglob("new/*")):
            found.append(path.read_bytes())
            path.unlink()
        return found


SERVER = Dovecot()
