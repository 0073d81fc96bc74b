"""amavis, the content filter: reached over the network here, which is how a gateway of its own is run."""
from servers import KEYS, Configuration, Door, Server

DOORS = (Door(10024, utf8=True), Door(10026, greet=("LHLO",)))  # it has left root behind when it opens its ports


class Amavis(Server):
    name = "amavis"
    program = "amavis"
    title = "amavisd-new"
    packages = ("amavisd-new", "libio-socket-ssl-perl")
    host = "filter.madder.example"
    addresses = ("192.0.2.64", "2001:db8:1::64")
    configurations = (
        Configuration("default", "localhost_name as it comes: the field says `by localhost`", DOORS[:1], "door", {"by": "localhost"}),
        Configuration("named", "localhost_name set to the host's name", DOORS, "program", {"by": host}),
    )

    def settings(self, configuration, route):
        own = ", ".join(f"'[{address}]'" if ":" in address else f"'{address}'" for address in self.addresses)
        return f"""\
use strict;
$max_servers = 8;
$max_requests = 0;
$daemon_user = 'amavis';
$daemon_group = 'amavis';
$MYHOME = '/var/lib/amavis';
$mydomain = '{self.domain}';
$myhostname = '{self.host}';
$localhost_name = '{configuration.options["by"]}';
@local_domains_maps = ([".sink.example"]);
@bypass_virus_checks_maps = (1);
@bypass_spam_checks_maps = (1);
@bypass_header_checks_maps = (1);
@bypass_banned_checks_maps = (1);
$bypass_decode_parts = 1;
$inet_socket_port = [{configuration.options.get("ports", "10024, 10026")}];
$inet_socket_bind = [{configuration.options.get("bind", own)}];
@inet_acl = qw(0.0.0.0/0 ::/0);
$tls_security_level_in = {configuration.options.get("tls", "'may'")};
$smtpd_tls_cert_file = '{KEYS}/server-rsa.pem';
$smtpd_tls_key_file = '/etc/amavis/lab.key';
$smtpd_tls_server_options{{SSL_version}} = 'SSLv23';
$smtpd_tls_server_options{{SSL_cipher_list}} = 'ALL:COMPLEMENTOFALL:@SECLEVEL=0';
$forward_method = 'smtp:[{route.host}]:{route.port}';
$notify_method = $forward_method;
$final_virus_destiny = D_PASS;
$final_spam_destiny = D_PASS;
$final_banned_destiny = D_PASS;
$final_bad_header_destiny = D_PASS;
$sa_tag_level_deflt = undef;
$enable_db = 0;
$enable_zmq = 0;
1;
"""

    def configure(self, machine, configuration, route):
        machine.shell(f"install -o amavis -m 600 {KEYS}/server-rsa.key /etc/amavis/lab.key; install -d -o amavis -g amavis /run/amavis "
                      "/var/lib/amavis/tmp; rm -f /etc/amavis/conf.d/*lab")
        machine.write("/etc/amavis/lab.conf", self.settings(configuration, route))

    def start(self, machine, configuration):
        machine.start("amavisd", "-c", "/etc/amavis/lab.conf", "foreground")


SERVER = Amavis()
