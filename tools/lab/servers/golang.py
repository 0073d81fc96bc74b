"""How programs in Go get into a root: built by Debian's Go, from modules that the Go proxy serves; then Go is gone again."""

# The first Go that these programs can all be built with; Debian's own fetches it as a module.
TOOLCHAIN = "go1.27.3"


def build(package, module, toolchain="", replaced=(), lacking=None):
    """The shell script that installs `package` of `module` (with its version) into /usr/local/bin. `replaced` are the lines of
    the module's own go.mod that Go leaves out of account where it is not the main one; `lacking`, files that a release has and its
    module does not, which makes it one that is built from a copy."""
    export = f"GOTOOLCHAIN={toolchain}" if toolchain else "GOTOOLCHAIN=local"
    version = module.split("@")[1]
    edits = "".join(f"go mod edit -replace={one}\n" for one in replaced)
    copy = ""
    if lacking:
        source = "/opt/build/source"
        copy = (f"go mod download {module}\n"
                f"cp -r $(go mod download -json {module} | sed -n 's/^\\t\"Dir\": \"\\(.*\\)\",/\\1/p') {source}; chmod -R u+w {source}\n" +
                "".join(f"echo {text} >{source}/{path}\n" for path, text in lacking.items()))
        edits += f"go mod edit -replace={module.split('@')[0]}={source}\n"
    return f"""\
export {export} GOBIN=/usr/local/bin GOFLAGS="-buildvcs=false -modcacherw" CGO_ENABLED=0 GOPROXY=https://proxy.golang.org
export GOPATH=/opt/go GOCACHE=/opt/go/cache
mkdir -p /opt/build; cd /opt/build
[ -f go.mod ] || go mod init lab
{copy}{edits}go get -tool {package}@{version}
go install -p 2 {package}
cd /; chmod -R u+w /opt/go; rm -rf /opt/build /opt/go
apt-get purge -y -q golang-go golang-src golang-1.24-go golang-1.24-src; apt-get autoremove -y -q
"""
