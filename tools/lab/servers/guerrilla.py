"""go-guerrilla, a package of Go for programs that take mail; here with the smallest such program, which keeps what comes."""
from servers import KEYS, Configuration, Door, Keeper

PROGRAM = r"""
package main

import (
	"fmt"
	"os"
	"sync/atomic"

	"github.com/flashmob/go-guerrilla"
	"github.com/flashmob/go-guerrilla/backends"
	"github.com/flashmob/go-guerrilla/mail"
)

var count atomic.Int64

func keep() backends.Decorator {
	return func(next backends.Processor) backends.Processor {
		return backends.ProcessWith(func(envelope *mail.Envelope, task backends.SelectTask) (backends.Result, error) {
			if task == backends.TaskSaveMail {
				name := fmt.Sprintf("/var/lab-kept/%08d", count.Add(1))
				if os.WriteFile(name, []byte(envelope.String()), 0o644) != nil || os.Rename(name, name+".eml") != nil {
					return backends.NewResult("554 not kept"), backends.StorageNotAvailable
				}
			}
			return next.Process(envelope, task)
		})
	}
}

func main() {
	daemon := guerrilla.Daemon{}
	daemon.AddProcessor("keep", keep)
	if _, err := daemon.LoadConfig(os.Args[1]); err != nil {
		panic(err)
	}
	if err := daemon.Start(); err != nil {
		panic(err)
	}
	select {}
}
"""
RELEASE = "v1.6.1"
BUILD = f"""\
export GOTOOLCHAIN=local GOBIN=/usr/local/bin GOFLAGS="-buildvcs=false -modcacherw -mod=mod" CGO_ENABLED=0 GOPROXY=https://proxy.golang.org
export GOPATH=/opt/go GOCACHE=/opt/go/cache
mkdir -p /opt/build/guerrilla; cd /opt/build/guerrilla
cat >main.go <<'END'
{PROGRAM}
END
[ -f go.mod ] || go mod init guerrilla
go get github.com/flashmob/go-guerrilla@{RELEASE}
go mod tidy -e
go install -p 2 .
cd /; chmod -R u+w /opt/go; rm -rf /opt/build /opt/go
apt-get purge -y -q golang-go golang-src golang-1.24-go golang-1.24-src; apt-get autoremove -y -q
"""


class Guerrilla(Keeper):
    name = "guerrilla"
    program = "guerrilla"
    title = "go-guerrilla"
    suite = "trixie"
    packages = ("golang-go",)
    steps = (BUILD,)
    host = "mx.yarrow.example"
    addresses = ("192.0.2.77", "2001:db8:1::77")
    configurations = (
        Configuration("default", "processors HeadersParser, Header; STARTTLS offered", (Door(25),), "program", {"by": "sink.example"}),
        Configuration("implicit", "tls_always_on: TLS from the first byte", (Door(25, ("implicit",)),), "door", {"by": "sink.example", "always": True}),
    )

    def version(self, machine):
        return RELEASE.lstrip("v")

    def configure(self, machine, configuration, route):
        always = configuration.options.get("always", False)
        machine.write("/etc/guerrilla.json", f"""\
{{
 "log_file": "stderr", "log_level": "info", "pid_file": "/run/guerrilla.pid", "allowed_hosts": ["."],
 "backend_config": {{"save_workers_size": 2, "save_process": "HeadersParser|Header|keep", "primary_mail_host": "{self.host}",
  "gw_save_timeout": "30s", "gw_val_rcpt_timeout": "3s"}},
 "servers": [{{"is_enabled": true, "host_name": "{self.host}", "max_size": 1000000, "timeout": 60, "listen_interface": ":25", "max_clients": 100,
  "log_file": "stderr", "tls": {{"start_tls_on": {str(not always).lower()}, "tls_always_on": {str(always).lower()},
  "private_key_file": "{KEYS}/server-rsa.key", "public_key_file": "{KEYS}/server-rsa.pem", "protocols": ["tls1.0", "tls1.3"]}}}}]
}}
""")

    def start(self, machine, configuration):
        machine.start("guerrilla", "/etc/guerrilla.json")


SERVER = Guerrilla()
