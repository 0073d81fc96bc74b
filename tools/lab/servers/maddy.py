"""maddy, a server in Go."""
from servers import KEYS, PASSWORD, USER, Configuration, Door, Server
from servers.golang import build

DOORS = (Door(25, utf8=True), Door(587, ("starttls",), ("PLAIN", "LOGIN"), must_auth=True), Door(465, ("implicit",), ("PLAIN", "LOGIN"), must_auth=True))


class Maddy(Server):
    name = "maddy"
    program = "maddy"
    title = "maddy"
    suite = "trixie"
    packages = ("golang-go",)
    RELEASE = "v0.8.1"
    steps = (build("github.com/foxcpp/maddy/cmd/maddy", f"github.com/foxcpp/maddy@{RELEASE}", replaced=(
        "github.com/emersion/go-imap=github.com/foxcpp/go-imap@v1.0.0-beta.1.0.20220623182312-df940c324887",
        "github.com/emersion/go-smtp=github.com/foxcpp/go-smtp@v1.21.4-0.20250124171104-c8519ae4fb23",
        "github.com/libdns/gandi=github.com/foxcpp/libdns-gandi@v1.0.4-0.20240127130558-4782f9d5ce3e")),)
    host = "mx.thistle.example"
    addresses = ("192.0.2.63", "2001:db8:1::63")
    login = f"{USER}@client.example"
    configurations = (
        Configuration("default", "smtp and submission endpoints", DOORS, "program"),
    )

    def version(self, machine):
        return self.RELEASE.lstrip("v")

    def configure(self, machine, configuration, route):
        secret = machine.run("maddy", "hash", "--password", PASSWORD).strip()
        machine.write("/etc/maddy/maddy.conf", f"""\
state_dir /var/lib/maddy
runtime_dir /run/maddy
hostname {self.host}
tls file {KEYS}/server-rsa.pem {KEYS}/server-rsa.key {{
    protocols tls1.0 tls1.3
}}
auth.pass_table users {{
    table static {{
        entry "{self.login}" "{secret}"
    }}
}}
target.smtp out {{
    targets tcp://{route.host}:{route.port}
    hostname {self.host}
    starttls {"yes" if route.tls == "starttls" else "no"}
}}
smtp tcp://[::]:25 {{
    limits {{
        all rate 0 1s
        all concurrency 0
    }}
    default_source {{
        default_destination {{
            deliver_to &out
        }}
    }}
}}
submission tls://[::]:465 tcp://[::]:587 {{
    auth &users
    default_source {{
        default_destination {{
            deliver_to &out
        }}
    }}
}}
""")
        machine.shell("mkdir -p /var/lib/maddy /run/maddy")

    def start(self, machine, configuration):
        machine.start("maddy", "--config", "/etc/maddy/maddy.conf", "run")


SERVER = Maddy()
