"""Exim, as Debian builds it with GnuTLS, all features."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server

DOORS = (Door(25, utf8=True), Door(465, ("implicit",), ("PLAIN", "LOGIN"), utf8=True),
         Door(587, ("none", "starttls"), ("PLAIN", "LOGIN"), utf8=True))

CUSTOM = r"""received_header_text = Received: from $sender_rcvhost by $primary_hostname with $received_protocol ($tls_in_cipher) (envelope-from <$sender_address>) id $message_exim_id; $tod_full"""
BARE = r"""received_header_text = Received: from $sender_rcvhost by $primary_hostname with $received_protocol id $message_exim_id; $tod_full"""
OLD = r"""received_header_text = Received: ${if def:sender_rcvhost {from $sender_rcvhost\n\t}{${if def:sender_ident {from ${quote_local_part:$sender_ident} }}${if def:sender_helo_name {(helo=$sender_helo_name)\n\t}}}}by $primary_hostname ${if def:received_protocol {with $received_protocol}} ${if def:tls_in_cipher {($tls_in_cipher)\n\t}}(Exim $version_number)\n\t${if def:sender_address {(envelope-from <$sender_address>)\n\t}}id $message_exim_id${if def:received_for {\n\tfor $received_for}}"""


class Exim(Server):
    name = "exim_heavy"
    program = "exim"
    title = "Exim (exim4-daemon-heavy)"
    packages = ("exim4-daemon-heavy",)
    host = "mx.birch.example"
    addresses = ("192.0.2.12", "2001:db8:1::12")
    configurations = (
        Configuration("default", "received_header_text as compiled in", DOORS, "sweep"),
        Configuration("ask", "tls_try_verify_hosts = *", DOORS, "certificates", {"text": "tls_try_verify_hosts = *"}),
        Configuration("null", "tls_require_ciphers with NULL, with which GnuTLS offers no TLS 1.3", DOORS[:1],
                      "handshakes", {"priority": ":+NULL"}),
        Configuration("text-4.92", "received_header_text as it was from 4.61 to 4.92", DOORS, "handshakes", {"text": OLD}),
        Configuration("text-cipher", "a received_header_text of its own, with $tls_in_cipher", DOORS, "handshakes",
                      {"text": CUSTOM}),
        Configuration("text-bare", "a received_header_text of its own, without any cipher", DOORS, "brief", {"text": BARE}),
        Configuration("junk-helo", "helo_accept_junk_hosts = *", DOORS, "forgeries",
                      {"text": "helo_accept_junk_hosts = *"}),
        Configuration("inject", "its `sendmail` command", (), "inject"),
    )
    PRIORITY = ("NORMAL:+VERS-ALL:+SHA1:+MD5:+ARCFOUR-128:+3DES-CBC:+CAMELLIA-256-CBC:+CAMELLIA-128-CBC:"
                "+CAMELLIA-256-GCM:+CAMELLIA-128-GCM:+SHA256:+SHA384:+AES-128-CCM-8:+AES-256-CCM-8:+ANON-DH:+ANON-ECDH:+DHE-RSA:+RSA:+AES-128-CBC:+AES-256-CBC:"
                "+AES-128-CCM:+AES-256-CCM:+CHACHA20-POLY1305")

    def configure(self, machine, configuration, route):
        machine.write("/etc/exim4/exim4.conf", f"""\
primary_hostname = {self.host}
{configuration.options.get("text", "")}
daemon_smtp_ports = 25 : 465 : 587
tls_on_connect_ports = 465
tls_advertise_hosts = *
tls_certificate = {KEYS}/server-rsa.pem : {KEYS}/server-ecdsa.pem
tls_privatekey = {KEYS}/server-rsa.key : {KEYS}/server-ecdsa.key
tls_dhparam = {KEYS}/dh.pem
tls_require_ciphers = {self.PRIORITY}{configuration.options.get("priority", "")}
tls_verify_certificates = {KEYS}/ca.pem
rfc1413_query_timeout = 0s
smtp_accept_max = 0
smtp_accept_max_per_connection = 0
smtp_accept_queue_per_connection = 0
smtp_enforce_sync = false
host_lookup = *
smtputf8_advertise_hosts = *
queue_run_in_order
remote_max_parallel = 1
acl_smtp_rcpt = accept
acl_smtp_data = accept
acl_smtp_mail = accept
acl_smtp_helo = accept
auth_advertise_hosts = *
helo_allow_chars = _
log_file_path = /var/log/exim4/%slog
never_users =

begin routers
all:
  driver = manualroute
  route_list = * {route.host}::{route.port} byname
  transport = out
  self = send

begin transports
out:
  driver = smtp
  port = {route.port}
  {"protocol = lmtp" if route.lmtp else ""}
  hosts_{"require" if route.tls == "starttls" else "avoid"}_tls = *
  {f"tls_require_ciphers = NORMAL:-VERS-ALL:+VERS-{route.version.replace('TLSv', 'TLS')}:+SHA1:%COMPAT"
   if route.version else ""}
  tls_verify_hosts =
  tls_try_verify_hosts =
  hosts_try_prdr =

begin retry
* * F,1h,5s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${{if eq{{$auth3}}{{{PASSWORD}}}}}
  server_set_id = $auth2
  server_prompts = :
  server_advertise_condition = true
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if eq{{$auth2}}{{{PASSWORD}}}}}
  server_set_id = $auth1
  server_advertise_condition = true
""")

    def start(self, machine, configuration):
        machine.shell("rm -rf /var/spool/exim4/input/* /var/spool/exim4/db/*; exim4 -bV >/dev/null; exim4 -bd -q5s")


SERVER = Exim()
