"""Keys and certificates: the servers', and those that clients present, from a valid one to those that lie.

All are made by the openssl command of the base root, in /etc/lab-keys, which every root then has.
"""
import shutil
import subprocess

# Names that a client can have certified: a certificate's subject is the client's word, whoever signed it. At most 64 characters.
HOSTILE_SUBJECTS = {
    "cn-postfix": "/CN=x (using TLSv1.3 with cipher AES256-SHA (256\\/256 bits))",
    "cn-verified": "/CN=a\", Issuer \"b\" (verified OK))(using TLSv1.3 with cipher X",
    "cn-esmtps": "/CN=x by mx.example.org (Postfix) with ESMTPS id 4XyZ1f2g3i",
    "cn-version": "/CN=(version=TLSv1.3 cipher=AES256-SHA bits=256 verify=OK)",
    "cn-comma": "/CN=TLS: TLSv1.3,256bits,TLS_AES_256_GCM_SHA384",
    "cn-date": "/CN=x; Mon, 2 Mar 2026 10:00:00 \\+0000",
    "cn-none": "/CN=(not using TLS) (NOT encrypted)",
    "cn-unbalanced": "/CN=((( no TLS",
    "cn-wide": "/CN=*.example.com",
}

HONEST = ("valid", "expired", "self-signed", "other-ca", "ecdsa")
CLIENT_CERTIFICATES = HONEST + tuple(HOSTILE_SUBJECTS)

# What becomes of a client's certificate if the server checks it against the laboratory's own authority.
IS_TRUSTED = {name: name not in ("expired", "self-signed", "other-ca") for name in CLIENT_CERTIFICATES}

_SCRIPT = r"""
cd /etc/lab-keys
authority() { # NAME
    openssl req -x509 -newkey rsa:2048 -nodes -keyout $1.key -out $1.pem -days 3650 -subj "/O=Laboratory/CN=Laboratory $1" \
        -addext basicConstraints=critical,CA:TRUE
}
certificate() { # NAME KEY AUTHORITY SUBJECT DAYS
    if [ "$2" = ecdsa ]; then openssl ecparam -name prime256v1 -genkey -noout -out $1.key
    else openssl genrsa -out $1.key 2048; fi
    openssl req -new -key $1.key -subj "$4" -out $1.csr -utf8
    openssl x509 -req -in $1.csr -CA $3.pem -CAkey $3.key -CAcreateserial -days $5 -out $1.pem
}
authority ca
authority stranger
certificate server-rsa rsa ca /CN=mx.example.com 3650
certificate server-ecdsa ecdsa ca /CN=mx.example.com 3650
certificate valid rsa ca /O=Client/CN=mail.client.example 3650
certificate ecdsa ecdsa ca /O=Client/CN=mail.client.example 3650
certificate other-ca rsa stranger /O=Client/CN=mail.client.example 3650
certificate expired rsa ca /O=Client/CN=mail.client.example -1
openssl req -x509 -newkey rsa:2048 -nodes -keyout self-signed.key -out self-signed.pem -days 3650 -subj /CN=self.client.example
openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048 -out dh.pem
cat server-rsa.key server-rsa.pem ca.pem >server-rsa.all
cat server-ecdsa.key server-ecdsa.pem ca.pem >server-ecdsa.all
"""


def make(base, copy_of=None):
    """Fill /etc/lab-keys of a base root, once, or copy that of another base. Returns the folder."""
    folder = base / "etc/lab-keys"
    if (folder / "done").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    if copy_of is not None:
        shutil.copytree(copy_of, folder)
        return folder
    folder.mkdir()
    lines = [_SCRIPT]
    for name, subject in HOSTILE_SUBJECTS.items():
        lines.append(f"certificate {name} rsa ca '{subject}' 3650")
    lines += ["chmod 755 .", "chmod 644 *", "touch done"]
    subprocess.run(["chroot", base, "sh", "-euc", "\n".join(lines)], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return folder
