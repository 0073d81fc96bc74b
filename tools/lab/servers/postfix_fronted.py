"""Postfix behind programs that end TLS in front of it, on the same machine: its silence is not plaintext."""
from servers import KEYS, Configuration, Door
from servers.postfix import HEADER, Postfix

FRONT = (Door(466, ("implicit",), utf8=True, front=True),)


class PostfixFronted(Postfix):
    name = "postfix_fronted"
    title = "Postfix behind stunnel, nginx, HAProxy"
    packages = (*Postfix.packages, "stunnel4", "nginx-light", "libnginx-mod-stream", "haproxy")
    host = "mx.aspen.example"
    addresses = ("192.0.2.51", "2001:db8:1::51")
    old_tls = False
    configurations = (
        Configuration("stunnel", "stunnel on port 466, to Postfix over loopback", FRONT, "handshakes", {"-front": "stunnel"}),
        Configuration("stunnel-header", "the same with smtpd_tls_received_header=yes", FRONT, "brief",
                      {"-front": "stunnel", **HEADER}),
        Configuration("nginx", "nginx (stream) on port 466, to Postfix over loopback", FRONT, "handshakes", {"-front": "nginx"}),
        Configuration("haproxy", "HAProxy on port 466, to Postfix over loopback", FRONT, "handshakes", {"-front": "haproxy"}),
        Configuration("haproxy-proxy", "HAProxy on port 466, which tells Postfix the client's address (PROXY protocol)", FRONT,
                      "handshakes", {"-front": "haproxy", "-proxy": "send-proxy", "smtpd_upstream_proxy_protocol": "haproxy"}),
    )

    def configure(self, machine, configuration, route):
        super().configure(machine, configuration, route)
        settings = machine.root / "etc/postfix/main.cf"
        settings.write_text("".join(line for line in settings.read_text().splitlines(True) if not line.startswith("-")))
        machine.shell(f"cat {KEYS}/server-rsa.key {KEYS}/server-rsa.pem >/etc/lab-front.pem")
        machine.write("/etc/lab-stunnel.conf", f"""\
pid = /run/lab-stunnel.pid
[smtps]
accept = :::466
connect = 127.0.0.1:25
cert = {KEYS}/server-rsa.pem
key = {KEYS}/server-rsa.key
ciphers = ALL:COMPLEMENTOFALL:@SECLEVEL=0
sslVersionMin = TLSv1
""")
        machine.write("/etc/lab-nginx.conf", f"""\
load_module modules/ngx_stream_module.so;
events {{}}
stream {{
  server {{
    listen 466 ssl;
    listen [::]:466 ssl;
    ssl_certificate {KEYS}/server-rsa.pem;
    ssl_certificate_key {KEYS}/server-rsa.key;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0;
    proxy_pass 127.0.0.1:25;
  }}
}}
""")
        machine.write("/etc/lab-haproxy.cfg", f"""\
global
  ssl-default-bind-ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
listen smtps
  bind :::466 v4v6 ssl crt /etc/lab-front.pem ssl-min-ver TLSv1.0
  server postfix 127.0.0.1:25 {configuration.options.get("-proxy", "")}
""")

    def start(self, machine, configuration):
        super().start(machine, configuration)
        machine.await_port(25)
        machine.start(*{"stunnel": ("stunnel4", "/etc/lab-stunnel.conf"),
                        "nginx": ("nginx", "-c", "/etc/lab-nginx.conf", "-g", "daemon off;"),
                        "haproxy": ("haproxy", "-f", "/etc/lab-haproxy.cfg")}[configuration.options["-front"]])


SERVER = PostfixFronted()
