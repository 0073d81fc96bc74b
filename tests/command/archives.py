"""Cases of archives: hoptls scan and hoptls merge. Loaded by `run`."""
import bz2
import csv
import gzip
import io
import lzma
import shutil
import signal
import sqlite3
import struct
import tarfile
import zipfile
import zlib

DATE = b"Mon Aug 19 10:41:21 2019"
SEPARATOR = b"From a@example.com " + DATE + b"\n"
FOUND = os.path.join(HERE, "..", "..", "corpus", "found")
TLS_MAIL, PLAIN_MAIL, UNKNOWN_MAIL = TLS + BODY, PLAIN + BODY, UNKNOWN + BODY


def mail(kind, number=0, month=7, body=b"hello\n", fields=b""):
    """A message of its own: its Message-ID, its month, its sender."""
    head = {"tls": TLS, "plain": PLAIN, "unknown": UNKNOWN}[kind]
    head = head.replace(b"Tue, 01 Jul 2025", b"Tue, %02d %s 2025" % (1 + number % 28, b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct "
                                                               b"Nov Dec".split()[month - 1]))
    head = head.replace(b"mail.example.com", b"mail%d.example.com" % (number % 50))
    return head + b"Message-ID: <%d@example.com>\n" % number + fields + b"Subject: x\n\n" + body


def quoted(body):
    return re.sub(rb"^(>*From )", rb">\1", body, flags=re.M)


def mbox(*mails):
    return b"".join(SEPARATOR + m + b"\n" for m in mails)


def scan(*args, status=0, quiet=True, **more):
    got = hoptls("scan", *args, **more)
    if quiet:
        equal(got.err, b"", "complaints")
    equal(got.status, status, "exit status (%r)" % got.err[:300])
    return got


def counted(got):
    """The rows of a file of results: {(kind, name): [sums]}."""
    lines = open(got, "rb").read().decode().split("\n") if isinstance(got, str) else got.out.decode().split("\n")
    rows = {}
    for line in lines[1:]:
        columns = line.split("\t")
        if columns[0] not in ("setting", "input", "listed", "position", "end", ""):
            rows[columns[0], columns[1]] = [int(n) for n in columns[2:]]
    return rows


def verdicts(*args, status=0, **more):
    """[plain, unknown, weak, tls, none-needed] of a scan."""
    path = os.path.join(FOLDER, "results")
    scan("--results=" + path, *args, status=status, **more)
    return counted(path).get(("message", "-"), [0] * 7)[:5]


def verdicts_and_trouble(*args, **more):
    """The same of what cannot be read whole, and what was said of it."""
    path = os.path.join(FOLDER, "results")
    got = scan("--results=" + path, *args, status=2, quiet=False, **more)
    return counted(path).get(("message", "-"), [0] * 7)[:5], got.err


THREE = [1, 1, 0, 1, 0]


def three():
    return mail("tls", 1), mail("plain", 2), mail("unknown", 3)


# ---- Kinds of archives ----

@case
def scan_of_each_mbox():
    inner = b"see:\n\n" + SEPARATOR + b"Received: by nobody\n\nforwarded\n"
    rd = [mail("tls", 1, body=quoted(inner)), mail("plain", 2, body=b">From here\n"), mail("unknown", 3)]
    counts = [b"Content-Length: %d\n" % len(body) for body in (inner, b"x\n", b"y\n")]
    cl2 = [mail("tls", 1, body=inner, fields=counts[0]), mail("plain", 2, body=b"x\n", fields=counts[1]),
           mail("unknown", 3, body=b"y\n", fields=counts[2])]
    for name, mails in ("mboxrd", rd), ("mboxo", rd), ("mboxcl2", cl2), ("mboxcl", cl2), ("mbox", cl2), ("auto", cl2):
        path = put("box", mbox(*mails))
        equal(verdicts("--format=" + name, path), THREE, name)
        equal(verdicts("--format=" + name, stdin=mbox(*mails)), THREE, name + " as a stream")
    prose = mail("tls", 1, body=b"\nFrom now on\nwe walk.\n")
    equal(verdicts(put("box", mbox(prose))), [0, 0, 0, 1, 0], "prose")
    equal(verdicts("--format=mboxrd", put("box", mbox(prose)))[3], 1, "prose where all is quoted")
    equal(sum(verdicts("--format=mboxrd", put("box", mbox(prose)))), 2, "prose where all is quoted")


@case
def scan_of_folders():
    box = os.path.join(FOLDER, "Maildir")
    for sub in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"):
        os.makedirs(os.path.join(box, sub))
    put("Maildir/cur/1.a:2,S", mail("tls", 1))
    put("Maildir/new/2.b", SEPARATOR + mail("plain", 2))
    put("Maildir/tmp/3.c", mail("plain", 9))
    put("Maildir/.Sent/cur/4.d:2,", mail("unknown", 3))
    put("Maildir/dovecot-uidlist", b"3 V1 N1\n")
    put("Maildir/.Sent/maildirfolder", b"")
    equal(verdicts(box), THREE, "Maildir++")
    equal(verdicts(os.path.join(box, "cur")), [0, 0, 0, 1, 0], "one folder of it")
    mh = os.path.join(FOLDER, "mh")
    os.makedirs(os.path.join(mh, "inbox"))
    for name, data in (("1", mail("tls", 1)), ("2", mail("plain", 2)), (",3", mail("plain", 9)), ("inbox/1", mail("unknown", 3)),
                       (".mh_sequences", b"unseen: 1\n")):
        put("mh/" + name, data)
    equal(verdicts(mh), THREE, "MH")
    eml = os.path.join(FOLDER, "eml")
    os.makedirs(eml)
    put("eml/a.eml", mail("tls", 1).replace(b"\n", b"\r\n"))
    apple = mail("plain", 2)
    put("eml/b.emlx", b"%-10d\n" % len(apple) + apple + b"<?xml version=\"1.0\"?>\nReceived: not mail\n")
    put("eml/c", b"\n\n" + mbox(mail("unknown", 3)))
    equal(verdicts(eml), THREE, "what lies in a folder")


@case
def scan_of_packed_files():
    box = mbox(*three())
    tar, zipped = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as t:
        for name, data in (("a/x.eml", mail("tls", 1)), ("a/y.mbox", mbox(mail("plain", 2))), ("z", gzip.compress(mail("unknown", 3)))):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("../../etc/passwd")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        t.addfile(link)
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("box", box)
    packed = {"gz": gzip.compress(box), "bz2": bz2.compress(box), "xz": lzma.compress(box), "tar": tar.getvalue(),
              "tar.gz": gzip.compress(tar.getvalue()), "zip": zipped.getvalue(), "zip.xz.gz": gzip.compress(lzma.compress(zipped.getvalue()))}
    if shutil.which("zstd"):
        packed["zst"] = subprocess.run(["zstd", "-qc"], input=box, stdout=subprocess.PIPE, check=True).stdout
    for name, data in packed.items():
        path = put("no name tells", data)
        equal(verdicts(path), THREE, name)
        equal(verdicts(stdin=data), THREE, name + " as a stream")
    for line in scan("--json", put("a.tar", packed["tar"])).answers():
        assert line["file"].startswith(os.path.join(FOLDER, "a.tar") + "//"), line["file"]
    cut = scan(put("cut.gz", packed["gz"][:-20]), status=2, quiet=False)
    one_line(cut.err)
    assert b"cut.gz" in cut.err, cut.err


@case
def scan_of_hostile_archives():
    data = mail("tls", 1)
    for _ in range(12):
        room = io.BytesIO()
        with zipfile.ZipFile(room, "w") as z:
            z.writestr("x", data)
        data = room.getvalue()
    got = scan(put("deep", data), status=2, quiet=False)
    one_line(got.err)
    assert b"packed more than eight times" in got.err, got.err
    size = 2 << 30
    bomb = bz2.compress(mbox(mail("tls", 1)) + bytes(1 << 20)) + bz2.compress(bytes(64 << 20)) * (size // (64 << 20) // PART)
    got = scan("-j1", put("bomb", bomb), status=2 if PART == 1 else 0, quiet=False, limit=60)
    assert PART > 1 or b"a thousand times its size" in got.err, got.err
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as t:
        for name in ("../../../tmp/hoptls-escaped", "/tmp/hoptls-escaped", "a\n\x1b[31mb", "-", "x" * 5000):
            info = tarfile.TarInfo(name)
            info.size = len(TLS_MAIL)
            t.addfile(info, io.BytesIO(TLS_MAIL))
        info = tarfile.TarInfo("rubbish\n\x1b[31m")
        info.size = 5
        t.addfile(info, io.BytesIO(b"\0\1\2\3\4"))
    got = scan("--json", put("tricks.tar", tar.getvalue()), quiet=False)
    equal(len(got.answers()), 5)
    one_line(got.err)
    safe_for_terminal(got.err)
    assert not os.path.exists("/tmp/hoptls-escaped")
    for magic in (b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0", b"PK\3\4", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"!BDN",
                  b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        got = scan(put("broken", magic + bytes(range(256)) * 4), status=2, quiet=False)
        one_line(got.err)

@case
def what_is_damaged_is_told():
    """A check sum is the only thing that tells of bytes which were changed: it is compared, however little of a message is read."""
    box = mbox(*three())
    raw = zlib.compressobj(wbits=-15)
    damaged = b"\x1f\x8b\x08\0\0\0\0\0\0\3" + raw.compress(box) + raw.flush() + struct.pack("<II", zlib.crc32(box) ^ 1, len(box))
    short = damaged[:-8] + struct.pack("<II", zlib.crc32(box), len(box) + 1)
    large = gzip.compress(mail("tls", 1, body=b"x" * 100 + bytes(os.urandom(1 << 20))))
    large = large[:-8] + bytes(4) + large[-4:]
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as t:
        for name, data in (("a.mbox.gz", damaged), ("b.gz", gzip.compress(mail("tls", 4)))):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    for name, data, wanted, words in (("check sum", damaged, THREE, b"incorrect data check"), ("length", short, THREE, b"incorrect length check"),
                                      ("of one message", large, [0, 0, 0, 1, 0], b"incorrect data check"),
                                      ("in a tar", tar.getvalue(), [1, 1, 0, 2, 0], b"//a.mbox.gz:"),
                                      ("around a tar", gzip.compress(tar.getvalue())[:-8] + bytes(8), [1, 1, 0, 2, 0], b"damaged gzip"),
                                      ("in xz", lzma.compress(damaged), THREE, b"incorrect data check"),
                                      ("behind it", gzip.compress(box) + b"rubbish", THREE, b"behind the end"),
                                      ("cut", gzip.compress(box)[:-4], THREE, b"cut short")):
        path = put("damaged", data)
        equal(verdicts_and_trouble(path)[0], wanted, name)
        got = scan(path, status=2, quiet=False)
        assert words in got.err and b"damaged" in got.err.split(b":")[1], got.err
        equal(len(got.err.splitlines()), 2 if name == "around a tar" else 1, name)
        equal(verdicts_and_trouble(stdin=data)[0], wanted, name + " as a stream")
    whole = gzip.compress(box)
    equal(verdicts(put("joined", whole + gzip.compress(mbox(mail("tls", 4))) + bytes(512))), [1, 1, 0, 2, 0], "members joined, then zeros")
    for name, data in (("gzip", b"\x1f\x8b\x07" + box), ("bzip2", b"BZh\0" + box), ("tar", bytes(257) + b"ustar" + box)):
        tar = io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w") as t:
            info = tarfile.TarInfo("x")
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
        got = scan(put("box.tar", tar.getvalue()), status=2, quiet=False)
        one_line(got.err)
        assert b"damaged" in got.err and b"eight" not in got.err, (name, got.err)


@case
def scan_counts_how_deep_it_goes():
    data = mail("tls", 1)
    for depth in range(1, 13):
        data = gzip.compress(data) if depth % 2 else bz2.compress(data)
        got = scan(put("deep", data), status=0 if depth <= 8 else 2, quiet=depth <= 8)
        assert depth <= 8 or b"packed more than eight times" in got.err, (depth, got.err)
    for depth in range(1, 10):
        data = gzip.compress(data if depth > 1 else mail("tls", 1))
    got = scan(put("deep.gz", data), status=2, quiet=False)
    assert b"packed more than eight times" in got.err, got.err


@case
def a_format_is_that_of_what_is_packed():
    prose = mbox(mail("tls", 1, body=b"\nFrom now on\nwe walk.\n"))
    for name, data in (("plain", prose), ("gz", gzip.compress(prose)), ("lzma", lzma.compress(prose, format=lzma.FORMAT_ALONE)),
                       ("xz", lzma.compress(prose))):
        equal(sum(verdicts(put("box", data))), 1, name)
        equal(sum(verdicts("--format=mboxrd", put("box", data))), 2, name + " as mboxrd")
        equal(sum(verdicts("--format=mboxrd", stdin=data)), 2, name + " as mboxrd, a stream")
        equal(sum(verdicts("--format=archive", put("box", data))), 1, name + " as an archive")
    large = mbox(*(mail("tls", n, body=b"\nFrom now on\nwe walk.\n") for n in range(60000)))
    equal(sum(verdicts("--format=mboxrd", put("box", gzip.compress(large, 1)))), 120000, "a large one")

@case
def scan_follows_no_link_in_a_folder():
    """What lies in what was named is read where it lies; what does not is not read, whatever is written where."""
    for folder in ("box/a", "box/b", "out"):
        os.makedirs(os.path.join(FOLDER, folder))
    put("box/a/1.eml", mail("tls", 1))
    put("out/2.eml", mail("plain", 2))
    box = os.path.join(FOLDER, "box")
    os.symlink("../a", os.path.join(box, "b", "within"))
    os.symlink("..", os.path.join(box, "b", "back"))
    os.symlink("../a/1.eml", os.path.join(box, "b", "file"))
    for output in [], ["--html=" + os.path.join(FOLDER, "page")], ["--html=" + os.path.join(FOLDER, "out", "page")]:
        equal(verdicts(*output, box), [0, 0, 0, 1, 0], "links within what was named (%r)" % output)
    os.symlink("../out", os.path.join(box, "folder"))
    os.symlink("../../out/2.eml", os.path.join(box, "b", "2.eml"))
    for output in [], ["--html=" + os.path.join(FOLDER, "page")], ["--html=" + os.path.join(FOLDER, "out", "page")]:
        got = scan("--results=" + os.path.join(FOLDER, "sums"), *output, box, quiet=False)
        rows = counted(os.path.join(FOLDER, "sums"))
        equal(rows["message", "-"][:5], [0, 0, 0, 1, 0], "links out of it (%r)" % output)
        equal(rows["file", "-"][2], 2, "skipped")
        equal(len(got.err.splitlines()), 2)
        equal(got.err.count(b"out of what was named"), 2, got.err)
    os.unlink(os.path.join(FOLDER, "out", "page"))
    equal(verdicts(box, os.path.join(FOLDER, "out")), [1, 0, 0, 1, 0], "where both are named")
    equal(verdicts(os.path.join(box, "folder")), [1, 0, 0, 0, 0], "a link that was named")
    equal(verdicts(os.path.join(box, "b", "2.eml")), [1, 0, 0, 0, 0], "a link to a file that was named")


@case
def marks_in_front_are_no_mail():
    mark = b"\xef\xbb\xbf"
    large = mbox(*(mail("tls", n) for n in range(2000)))
    for name, data, wanted in (("mbox", mbox(*three()), THREE), ("eml", mail("plain", 1), [1, 0, 0, 0, 0]), ("large", large, [0, 0, 0, 2000, 0]),
                               ("gzip", gzip.compress(mark + mbox(*three())), THREE)):
        data = data if name == "gzip" else mark + data
        equal(verdicts(put("marked", data)), wanted, name)
        equal(verdicts(stdin=data), wanted, name + " as a stream")
        equal(verdicts("--format=" + ("message" if name == "eml" else "mbox"), put("marked", data)), wanted, name + " with its format")
    for line in scan("--json", put("marked", mark + mbox(*three()))).answers()[:1]:
        equal(line["offset"], len(mark + SEPARATOR))
    got = hoptls("--json", put("marked.eml", mark + mail("plain", 1)))
    equal((got.status, got.answers()[0]["offset"], got.answers()[0]["verdict"]), (1, 3, "plain"))
    equal(hoptls("--json", put("marked.mbox", mark + mbox(mail("plain", 1)))).answers()[0]["offset"], 3 + len(SEPARATOR))
    for codec in "utf-16-le", "utf-16-be":
        data = ("\ufeff" + mail("plain", 1).decode()).encode(codec)
        for got in scan(put("wide", data), status=2, quiet=False), hoptls(put("wide", data)):
            one_line(got.err)
            equal(got.status, 2)
            assert b"UTF-16" in got.err, got.err


@case
def a_packed_maildir_is_one():
    tar = io.BytesIO()
    forwarded = b"see:\n\n" + SEPARATOR + PLAIN + b"\nhello\n"
    with tarfile.open(fileobj=tar, mode="w") as t:
        for name, data in (("md/tmp/1751364000.a", mail("plain", 9)), ("md/cur/1751364001.b:2,S", SEPARATOR + mail("tls", 1, body=forwarded)),
                           ("md/new/1751364002.c", SEPARATOR + mail("plain", 2, body=forwarded)), ("cur/m7:2,", b"no field\n"),
                           ("md/new/many.mbox", mbox(mail("tls", 3), mail("tls", 4))), ("tmp/backup.mbox", mbox(mail("tls", 5)))):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    for data in tar.getvalue(), gzip.compress(tar.getvalue()):
        path = put("md.tar", data)
        got = scan("--json", path, quiet=False)
        one_line(got.err)
        assert b"md/tmp/1751364000.a: in a folder" in got.err, got.err
        equal(sorted(line["verdict"] for line in got.answers()), ["plain", "tls", "tls", "tls", "tls", "unknown"])


@case
def other_texts_are_no_mail():
    os.mkdir(os.path.join(FOLDER, "sub"))
    for name, data in (("conf.yaml", b"version: 1\nname: x\n"), ("readme.md", b"Note: this\n\nFrom: here on\n"), ("log", b"12:30 started\n"),
                       ("code.py", b"class: x\n")):
        put("sub/" + name, data)
    got = scan(os.path.join(FOLDER, "sub"), quiet=False)
    equal(got.err.count(b"holds no mail"), 4, got.err)
    path = put("sub/x", b"X-Folded: a\n b\n\tc\nX-Other: 1\n" + TLS_MAIL)
    put("sub/1", b"X-Odd: 1\n\nbody\n")
    put("sub/only.EML", b"X-Odd: 1\n\nbody\n")
    put("sub/long", b"X-Odd: 1\n" * 1000 + TLS_MAIL)
    box = os.path.join(FOLDER, "results")
    scan("--results=" + box, os.path.join(FOLDER, "sub"), quiet=False)
    equal(sum(counted(box)["message", "-"][:5]), 4, "with unusual fields, a number, .eml, a long header")
    equal(counted(box)["file", "-"][3], 4)
    equal(sum(verdicts(os.path.join(FOLDER, "sub", "conf.yaml"))), 1, "one that was named")
    equal(sum(verdicts(path)), 1)


@case
def scan_skips_what_is_no_file():
    put("good", TLS_MAIL)
    os.mkdir(os.path.join(FOLDER, "sub"))
    os.symlink("..", os.path.join(FOLDER, "sub", "up"))
    os.mkfifo(os.path.join(FOLDER, "sub", "fifo"))
    os.symlink("/dev/zero", os.path.join(FOLDER, "sub", "device"))
    put("sub/rubbish", b"\0\1\2\n")
    path = os.path.join("/tmp", "hoptls-results-%d" % os.getpid())
    try:
        got = scan("--results=" + path, FOLDER, quiet=False)
        rows = counted(path)
    finally:
        os.unlink(path)
    lines = sorted(got.err.decode().splitlines())
    equal(len(lines), 3, "lines of complaint")
    for name, words in (("device", "out of what was named"), ("fifo", "a FIFO"), ("rubbish", "holds no mail")):
        assert any(("sub/" + name) in line and words in line for line in lines), (name, lines)
    equal(rows["message", "-"][3], 1)
    equal(rows["file", "-"][2:5], [2, 1, 0], "skipped, without mail, trouble")
    os.symlink("nowhere", os.path.join(FOLDER, "sub", "dangling"))
    equal(scan(FOLDER, status=2, quiet=False).err.count(b"dangling"), 1)
    for name in ("sub/fifo", "nothing here", "sub/rubbish"):
        one_line(scan(os.path.join(FOLDER, name), status=2, quiet=False).err)


@case
def scan_mends_a_cut_mbox():
    got = scan("--json", os.path.join(FOUND, "mbox-cut-behind-colon.mbox"))
    equal(len(got.answers()), 2)


# ---- Threads ----

def big_box(bytes_wanted, counted_every=0):
    """An mbox in which every so many messages hold, by their length, messages that are none of the archive."""
    parts, size, number = [], 0, 0
    filler = b"aGVsbG8gd29ybGQsIHRoaXMgaXMgYSBib2R5Cg==\n" * 400
    while size < bytes_wanted:
        number += 1
        if counted_every and number % counted_every == 0:
            body = b"x\n\n" + mbox(*(mail("plain", n, body=filler) for n in range(200)))
            part = SEPARATOR + mail("tls", number, body=body, fields=b"Content-Length: %d\n" % len(body)) + b"\n"
        else:
            part = SEPARATOR + mail(("tls", "plain", "unknown")[number % 3], number, number % 12 + 1, filler) + b"\n"
        parts.append(part)
        size += len(part)
    return b"".join(parts), number


@case
def scan_is_the_same_with_any_number_of_threads():
    for every in (0, 7):
        data, number = big_box(50 << 20, every)
        path = put("big", data)
        want = scan("-j1", path, limit=60)
        lines = scan("-j1", "--json", path, limit=60).out
        equal(lines.count(b"\n"), number, "messages")
        for jobs in ("-j2", "-j5"):
            equal(scan(jobs, path, limit=60).out, want.out, "the summary with " + jobs)
            assert scan(jobs, "--json", path, limit=60).out == lines, "the lines with " + jobs
        with open(path, "rb") as stream:
            assert scan(stdin=stream, limit=60).out == want.out, "the summary of a stream"


@case
def scan_takes_files_in_order():
    for name in range(300):
        put("m%03d" % name, mail("tls", name))
    for jobs in ("-j1", "-j4"):
        got = scan(jobs, "--sort", "--json", FOLDER).answers()
        equal([a["file"][-4:] for a in got], ["m%03d" % name for name in range(300)])


def peak_of(*args, stdin=None):
    """The peak memory of a scan, in MiB, as a small process sees it: a large one passes its own on to its children."""
    small = ("import os, resource, subprocess, sys\n"
             "status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode\n"
             "print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n")
    got = subprocess.run([sys.executable, "-S", "-c", small, COMMAND, "scan", *args], stdin=stdin, stdout=subprocess.PIPE,
                         env={**os.environ, "LC_ALL": "C.UTF-8"}, check=True)
    status, peak = map(int, got.stdout.split())
    equal(status, 0, "exit status")
    return peak


@case
def scan_in_bounded_memory():
    data, _ = big_box(1 << 20)
    with tempfile.TemporaryFile() as stream:
        for _ in range(200 // PART):
            stream.write(data)
        stream.seek(0)
        peak = peak_of("-j1", stdin=stream)
    assert PART > 1 or peak <= 16 + 8, "%d MiB" % peak
    hosts = os.path.join(FOLDER, "hosts")
    with open(hosts, "wb") as file:
        for n in range(40000 // PART):
            file.write(mbox(PLAIN_MAIL.replace(b"mx.example", b"mx%d.%d.example" % (n, n))))
    path = os.path.join(FOLDER, "results")
    peak = peak_of("-j1", "--results=" + path, hosts)
    equal(len([1 for kind, _ in counted(path) if kind == "receiver"]), 40000 // PART)
    assert PART > 1 or peak <= 16 + 8 + 18, "%d MiB" % peak  # and what is mapped


# ---- What is written ----

@case
def scan_writes_csv():
    got = scan("--csv", put("box", mbox(*three())))
    rows = list(csv.DictReader(io.StringIO(got.out.decode(), newline="")))
    equal([r["verdict"] for r in rows], ["tls", "plain", "unknown"])
    equal(rows[0]["by"], "mx.example.org")
    equal(rows[0]["date"], "2025-07-02T10:00:00Z")
    formula = scan("--csv", put("=1+1", mbox(mail("tls", 1)))).out
    equal(len(list(csv.reader(io.StringIO(formula.decode(), newline="")))), 2)
    os.chdir(FOLDER)
    put("=1+1", mbox(mail("tls", 1)))
    equal(list(csv.reader(io.StringIO(scan("--csv", "=1+1").out.decode(), newline="")))[1][0], "'=1+1")
    path = os.path.join(FOLDER, "out.csv")
    got = scan("--csv=" + path, os.path.join(FOLDER, "box"))
    assert b"3 messages" in got.out and open(path, "rb").read().count(b"\r\n") == 4
    assert not os.path.exists(path + ".part")


@case
def scan_writes_tables():
    path = os.path.join(FOLDER, "out.db")
    scan("--sqlite=" + path, put("box", mbox(*three(), mail("tls", 4))))
    scan("--sqlite=" + path, os.path.join(FOLDER, "box"))  # once more: made anew
    base = sqlite3.connect(path)
    equal(base.execute("SELECT verdict, count(*) FROM messages GROUP BY 1 ORDER BY 1").fetchall(),
          [("plain", 1), ("tls", 2), ("unknown", 1)])
    equal(base.execute("SELECT h.version, t.name, t.organisation FROM hops h JOIN hosts t ON t.id = h.by_host "
                       "WHERE h.verdict = 'tls' LIMIT 1").fetchall(), [("1.3", "mx.example.org", "example.org")])
    equal(base.execute("SELECT option FROM setting").fetchall(), [("program",)])
    equal(base.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    plan = base.execute("EXPLAIN QUERY PLAN SELECT * FROM hops WHERE by_host = 1 AND verdict = 'plain'").fetchall()
    assert "hops_by_receiver" in plan[0][3], plan
    equal([os.path.exists(path + end) for end in (".part", "-journal", ".part-journal")], [False] * 3)


@case
def scan_writes_a_page():
    path = os.path.join(FOLDER, "out.html")
    evil = mail("plain", 2).replace(b"mail2.example.com", b"<script>alert(1)</script>.example.com")
    box = put("box", mbox(mail("tls", 1), evil, mail("unknown", 3)))
    scan("--policy=rfc9325", "--html=" + path, box)
    page = open(path, "rb").read().decode()
    assert "<script>alert" not in page and "src=" not in page and "href=" not in page and "http:" not in page, "not sealed"
    assert "rfc9325" in page and "Not encrypted:" in page and "<svg" in page
    import hashlib
    assert hashlib.sha256(open(box, "rb").read()).hexdigest() in page, "no digest of the input"
    equal(page.count("<tr data-v="), 3)
    assert "33.3 %" in page and "> 1 file &middot;" in page.replace("3 messages &middot;", ">"), "numbers"
    scan("--html=" + path, put("many", mbox(*[mail(("tls", "plain")[n < 2], n) for n in range(3)])))
    assert "66.6 %" in open(path, "rb").read().decode(), "a share is rounded as in the summary"
    scan("--listed=1", "--html=" + path, put("box", mbox(*[mail("plain", n) for n in range(9)])))
    equal(open(path, "rb").read().decode().count("<tr data-v="), 1)


@case
def scan_digests_folders_as_told():
    os.makedirs(os.path.join(FOLDER, "d", "a"))
    for name in ("d/b", "d/a/x", "d/a.eml", "d/a0"):
        put(name, TLS_MAIL + name.encode())
    path = os.path.join(FOLDER, "results")
    os.chdir(FOLDER)
    scan("--results=" + path, "d")
    want = subprocess.run("find d -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum", shell=True,
                          stdout=subprocess.PIPE, check=True).stdout.decode().split()[0]
    line = [x for x in open(path).read().split("\n") if x.startswith("input")][0].split("\t")
    equal(line[1], want)


@case
def scan_leaves_no_half_files():
    box = put("box", mbox(*three()))
    for option in ("--html", "--results", "--sqlite", "--json", "--csv"):
        got = scan("%s=%s/no/such/folder/x" % (option, FOLDER), box, status=2, quiet=False)
        one_line(got.err)
    old = put("old", b"hoptls-results 1\n")
    got = scan("--results=" + old, os.path.join(FOLDER, "nothing"), status=2, quiet=False)
    equal(open(old, "rb").read()[-5:], b"\nend\n")
    with open("/dev/full", "wb") as full:
        got = hoptls("scan", "--json", box, stdout=full)
    equal(got.status, 2)
    one_line(got.err)


# ---- Selection ----

@case
def scan_selects():
    box = put("box", mbox(mail("tls", 1, month=3), mail("plain", 2, month=6), mail("unknown", 3, month=9), UNKNOWN_MAIL.replace(
        b"Tue, 01 Jul 2025 10:00:00 +0000", b"never")))
    equal(verdicts(box), [1, 2, 0, 1, 0])
    equal(verdicts("--only=tls,plain", box), [1, 0, 0, 1, 0])
    equal(verdicts("--since=2025-06", box), [1, 1, 0, 0, 0])
    equal(verdicts("--until=2025-06", box), [1, 0, 0, 1, 0])
    equal(verdicts("--since=2025-06-03", "--until=2025-06-03", box), [1, 0, 0, 0, 0])
    equal(verdicts("--since=2025-06-04", "--until=2025", box), [0, 1, 0, 0, 0])
    equal(len(scan("--json", "--only=plain", box).answers()), 1)
    for on, status in (("plain", 1), ("unknown", 1), ("weak", 1)):
        equal(scan("--fail-on=" + on, box, status=status).status, status)
    fine = put("fine", mbox(mail("tls", 1)))
    scan("--fail-on=weak", fine)
    scan("--fail-on=weak", "--min-tls=1.3", put("old", mbox(OLD_TLS + BODY)), status=1)
    scan("--fail-on=unknown", "--min-tls=1.3", os.path.join(FOLDER, "old"))
    for args in (("--only=all",), ("--since=june",), ("--until=2025-02-30",), ("--fail-on=tls",), ("--format=maildir",), ("-j0",),
                 ("-j", "x"), ("--listed=0",), ("--json", "--csv"), ("--json=x", "--json"), ("--since=2025", "--until=2024"), ("--merge",), ("--nonsense",), ("--resume=x", "--dedup")):
        got = hoptls("scan", *args, box)
        equal([got.status, got.out], [2, b""], "%r" % (args,))
        one_line(got.err)
    for args in (("--html=x", TLS), ("-j2", TLS), ("--json=x", TLS)):
        got = hoptls(args[0], stdin=args[1])
        equal([got.status, got.out], [2, b""], "%r" % (args,))


@case
def scan_counts_duplicates_once():
    count = 70000 // PART  # more than the first table holds
    data = mbox(*(mail("tls", n) for n in range(count)), mail("plain", 5), TLS_MAIL, TLS_MAIL)
    path = os.path.join(FOLDER, "results")
    scan("--dedup", "--results=" + path, put("box", data), limit=60)
    equal(counted(path)["message", "-"], [0, 0, 0, count + 2, 0, 1, 0], "those without an identifier are no duplicates")
    folded = mail("tls", 1).replace(b"Message-ID: <1@", b"message-id:\n <1@")
    scan("--dedup", "--results=" + path, put("box", mbox(mail("tls", 1), folded)))
    equal(counted(path)["message", "-"][5], 1, "a fold makes no difference")


# ---- Parts ----

@case
def merged_parts_are_the_whole():
    mails = [mail(("tls", "plain", "unknown")[n % 3], n, n % 12 + 1) for n in range(900)]
    boxes = [put("part%d" % i, mbox(*mails[i::3])) for i in range(3)]
    parts = [os.path.join(FOLDER, "r%d" % i) for i in range(3)]
    for box, part in zip(boxes, parts):
        scan("--policy=rfc9325", "--results=" + part, box)
    whole = os.path.join(FOLDER, "whole")
    pages = [os.path.join(FOLDER, name) for name in ("a.html", "b.html")]
    want = scan("--policy=rfc9325", "--results=" + whole, "--html=" + pages[0], *boxes)
    together = os.path.join(FOLDER, "together")
    got = hoptls("merge", "--results=" + together, "--html=" + pages[1], *parts)
    equal([got.status, got.err], [0, b""])
    equal(got.out, want.out, "the summary")
    equal(open(together).read(), open(whole).read(), "the results")
    equal(open(pages[1]).read(), open(pages[0]).read(), "the page")
    equal(hoptls("merge", together).out, want.out, "the summary of what was merged")
    equal(hoptls("merge", *reversed(parts)).out, want.out, "in any order")
    other = os.path.join(FOLDER, "other")
    scan("--results=" + other, boxes[0])
    got = hoptls("merge", parts[0], other)
    equal([got.status, got.out], [2, b""])
    one_line(got.err)


@case
def broken_results_are_refused():
    good = os.path.join(FOLDER, "good")
    scan("--results=" + good, put("box", mbox(*three())))
    text = open(good).read()
    lines = text.split("\n")
    row = next(i for i, x in enumerate(lines) if x.startswith("message"))
    bad = {"": "was cut", "x\n": "no results", text[:-4]: "was cut", text[:len(text) // 2]: None,
           text.replace("message\t-\t1", "message\t-\tx"): "no number", text.replace("month\t", "months\t"): None,
           "\n".join(lines[:row] + [lines[row]] + lines[row:]): "out of order",
           "\n".join(lines[:row] + [lines[row] + "\t1"] + lines[row + 1:]): "columns"}
    for broken, words in bad.items():
        got = hoptls("merge", put("bad", broken.encode()))
        equal([got.status, got.out], [2, b""], "status and output for %r" % words)
        one_line(got.err)
        assert words is None or words in got.err.decode(), (words, got.err)
    for args in ((), (os.path.join(FOLDER, "nothing"),), ("--json", good), (FOLDER,)):
        got = hoptls("merge", *args)
        equal([got.status, got.out], [2, b""], "%r" % (args,))
        one_line(got.err)


# ---- Interruption ----

def interrupted(args, stream, after, number=signal.SIGINT, **more):
    """Feed a part of the stream, interrupt, and feed the rest."""
    variables = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **more}
    said = tempfile.TemporaryFile()
    run = subprocess.Popen([COMMAND, "scan", *args], stdin=subprocess.PIPE, stdout=said, stderr=subprocess.PIPE,
                           preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # nohup(1) may be behind us
                           env={**variables, **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}})
    run.stdin.write(stream[:after])
    run.stdin.flush()
    time.sleep(0.3)
    run.send_signal(number)
    try:
        run.stdin.write(stream[after:])
        run.stdin.close()
    except BrokenPipeError:
        pass
    err = run.stderr.read()
    status = run.wait()
    said.seek(0)
    return status, said.read(), err


@case
def an_interrupted_stream_goes_on():
    state = os.path.join(FOLDER, "state")
    data = mbox(*(mail(("tls", "plain")[n % 2], n, body=b"x" * 2000 + b"\n") for n in range(6000)))
    want = scan(stdin=data).out
    status, out, err = interrupted(["--resume=" + state, "--json"], data, len(data) // 2)
    equal(status, 130, "status of an interrupted scan")
    one_line(err)
    assert b"interrupted" in err, err
    first = out.count(b"\n")
    assert 0 < first < 6000, first
    rest = scan("--resume=" + state, "--json", stdin=data)
    equal(out.count(b"\n") + rest.out.count(b"\n"), 6000, "lines of both")
    assert out + rest.out == scan("--json", stdin=data).out, "the lines of both are not those of one"
    again = scan("--resume=" + state, "--json", stdin=data, quiet=False)
    equal(again.out, b"", "lines of a scan that is finished")
    one_line(again.err)
    assert b"finished" in again.err, again.err
    equal(hoptls("merge", state).out, want, "the summary behind it")


@case
def whatever_ends_it_leaves_nothing_behind():
    data = mbox(*(mail("tls", n) for n in range(3000)))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with tempfile.TemporaryDirectory(dir=FOLDER) as scratch:
            status, out, err = interrupted(["--json"], data, len(data) // 2, number, TMPDIR=scratch)
            equal([status, os.listdir(scratch)], [128 + number, []], "signal %d" % number)
            one_line(err)
            assert 0 < out.count(b"\n") < 3000, out.count(b"\n")


@case
def an_interrupted_scan_of_files_goes_on():
    data, _ = big_box(60 << 20, 9)
    os.mkdir(os.path.join(FOLDER, "in"))
    put("in/a", data)
    packed = gzip.compress(data[:20 << 20] + b"\n", 1)
    for n in range(8):
        put("in/b%d" % n, packed)
    for n in range(100):
        put("in/c%02d" % n, mail("plain", n))
    paths = [os.path.join(FOLDER, "in")]
    began = time.monotonic()
    want = scan("--sort", *paths, limit=60).out
    took = time.monotonic() - began
    state, base = os.path.join(FOLDER, "state"), os.path.join(FOLDER, "db")
    stops = 0
    for turn in range(60):
        run = subprocess.Popen([COMMAND, "scan", "--sort", "-j2", "--resume=" + state, "--sqlite=" + base, *paths],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if turn < 40:
            time.sleep(took * (0.2 + turn * 0.1))
            run.send_signal(signal.SIGINT)
        out, err = run.communicate()
        if run.returncode == 0:
            break
        equal([run.returncode in (130, -2), err.count(b"\n") <= 1], [True, True], "an interrupted scan")
        assert os.path.exists(base) is False, "the tables have their name before they are whole"
        stops += 1
    equal(run.returncode, 0)
    assert stops > 0, "never interrupted, though it takes %.2f s" % took
    equal(out, want, "the summary after %d interruptions" % stops)
    total = int(want.split()[0].replace(b",", b""))
    equal(sqlite3.connect(base).execute("SELECT count(*) FROM messages").fetchone()[0], total)
    other = hoptls("scan", "--resume=" + state, "--min-tls=1.2", *paths)
    equal([other.status, other.out], [2, b""], "a state of other options")
    other = hoptls("scan", "--resume=" + state, os.path.join(FOLDER, "in", "a"))
    equal([other.status, other.out], [2, b""], "a state of other paths")


@case
def scan_shows_progress_on_a_terminal():
    box = put("box", mbox(*(mail("tls", n) for n in range(2000))))
    for args, shown in ((["-j2"], True), (["--quiet"], False)):
        master, slave = pty.openpty()
        run = subprocess.Popen([COMMAND, "scan", *args, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=slave,
                               env={**os.environ, "LC_ALL": "C.UTF-8"})
        os.close(slave)
        run.stdin.write(open(box, "rb").read())
        run.stdin.flush()
        time.sleep(0.6)
        run.stdin.close()
        run.stdout.read()
        equal(run.wait(), 0)
        said = b""
        while select.select([master], [], [], 0.2)[0]:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            said += part
        os.close(master)
        equal(b"messages" in said, shown, "progress with %r" % args)
    equal(scan(box).err, b"", "progress where there is no terminal")


# ---- Learning ----

@case
def learning_over_archives():
    mails = [received(b"mail%d.example.com" % n, b"192.0.2.1", b"mx.example.org", n % 5 > 0) + BODY for n in range(500)]
    for n, m in enumerate(mails):
        put("m%03d" % n, m)
    want = learn(put("../hoptls-box-%d" % os.getpid(), mbox(*mails)))
    os.unlink(os.path.join(FOLDER, "../hoptls-box-%d" % os.getpid()))
    equal(learn("-j3", FOLDER), want, "the counts of a folder")
    equal(learn(stdin=gzip.compress(mbox(*mails))), want, "the counts of a packed stream")
    many = [received(b"mail.peer%d.example" % n, b"192.0.2.1", b"mx.example.org", True) + BODY for n in range(40000 // PART)]
    equal(len(rows(learn(stdin=mbox(*many)))), 40000 // PART, "rows that do not fit into memory")
    counts_file = put("../hoptls-counts-%d" % os.getpid(), want)
    scan("--learned=" + counts_file, FOLDER)
    os.unlink(counts_file)


@case
def organisations_of_a_scan_are_those_of_a_file():
    """A scan asks libpsl once for many hosts, a single message for each: rules with exceptions, rules for any name, rules
    beneath names that are none, names in no list, in other letters, in other scripts."""
    hosts = ("a.b.c.example.co.uk example.co.uk co.uk uk www.ck foo.ck a.foo.ck x.www.ck x.city.kawasaki.jp a.b.kawasaki.jp "
             "kawasaki.jp s3.amazonaws.com x.s3.amazonaws.com ec2-1.eu-west-1.compute.amazonaws.com a.amazonaws.com x.github.io "
             "MX.Example.CO.UK xn--85x722f.com.cn a.xn--85x722f.com.cn host.lan a.b.invalidtld x.y.m twopc.net.m a..example.com "
             "mail.example.com. b.blogspot.com x.forgot.his.name his.name a.his.name 1.2.3.4.5.6.7.8.example.net").split()
    hosts.append("mail.b\u00fccher.example.com.de")
    mails = [b"Received: from %b (%b [192.0.2.1])\n by mx%d.%b (Postfix) with ESMTP id 4XyZ1f2g3h\n for <a@example.org>; "
             b"Tue, 01 Jul 2025 10:00:00 +0000 (UTC)\n\nx\n" % (h.encode(), h.encode(), i % 3, h.encode())
             for i, h in enumerate(hosts)]
    alone = [json.loads(hoptls("--json", put("a.eml", m)).out)["hops"][0]["organisations"] for m in mails]
    lines = scan("--json", put("box", mbox(*mails))).out.decode().splitlines()
    equal([json.loads(line)["hops"][0]["organisations"] for line in lines], alone)
    equal(alone[0], {"from": "example.co.uk", "by": "example.co.uk"})


@case
def sums_of_hosts_under_other_names():
    """The same host, of whose organisation something else is known in one message than in another; names long and short; more
    names than there is room for in memory."""
    names = ["h%d.%s.example.com" % (i % 7, "x" * (i % 70) if i % 70 else "y") for i in range(300)]
    names += ["mx.d%d-%d.example" % (i, i * 7919 % 100003) for i in range(25000 // PART)]
    mails = [b"Received: from c.example.net (c.example.net [192.0.2.1]) by %s (Postfix) with ESMTP id 4XyZ1f2g3h; "
             b"Tue, 01 Jul 2025 10:00:00 +0000 (UTC)\n\nx\n" % n.encode() for n in names + names[:50]]
    path = os.path.join(FOLDER, "results")
    scan("--results=" + path, put("box", mbox(*mails)))
    rows = counted(path)
    want = {}
    for n in names + names[:50]:
        want[n] = want.get(n, 0) + 1
    equal({name: row[0] for (kind, name), row in rows.items() if kind == "receiver"}, want)
    orgs = {}
    for n, count in want.items():
        org = ".".join(n.split(".")[-2:])
        orgs[org] = orgs.get(org, 0) + count
    equal({name: row[0] for (kind, name), row in rows.items() if kind == "organisation" and name != "example.net"}, orgs)
    equal(rows["organisation", "example.net"][4], len(names) + 50)
    keys = [line.split(b"\t")[:2] for line in open(path, "rb") if line.split(b"\t")[0] in (b"receiver", b"organisation")]
    equal(keys, sorted(keys), "order")


@case
def a_scan_that_is_killed_goes_on():
    """From the state that was written last, with nothing counted or told twice."""
    os.mkdir(os.path.join(FOLDER, "in"))
    put("in/a", mbox(*(mail(("tls", "plain", "unknown")[n % 3], n, n % 12 + 1, b"x" * 900 + b"\n") for n in range(32000))))
    for n in range(100):
        put("in/c%02d" % n, mail("plain", n))
    for jobs in "-j1", "-j2":
        names = {name: os.path.join(FOLDER, name + jobs) for name in ("state", "lines", "results", "one", "whole")}
        what = [jobs, "--sort", os.path.join(FOLDER, "in")]
        scan("--json=" + names["one"], "--results=" + names["whole"], *what, limit=60)
        command = [COMMAND, "scan", "--resume=" + names["state"], "--json=" + names["lines"], "--results=" + names["results"], *what]
        kills, status = 0, None
        for turn in range(4):
            run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            before = os.stat(names["state"]).st_mtime_ns if os.path.exists(names["state"]) else 0
            while turn < 3 and run.poll() is None:
                if os.path.exists(names["state"]) and os.stat(names["state"]).st_mtime_ns != before:
                    run.kill()
                    break
                time.sleep(0.001)
            err = run.communicate()[1]
            status = run.returncode
            equal(err, b"", "complaints")
            if status == 0:
                break
            equal(status, -9)
            kills += 1
            assert not os.path.exists(names["lines"]) and not os.path.exists(names["results"]), "names before they are whole"
        equal(status, 0)
        assert kills > 0, "no state was written while the scan went on"
        for got, want in ("lines", "one"), ("results", "whole"):
            with open(names[got], "rb") as a, open(names[want], "rb") as b:
                assert a.read() == b.read(), "%s after %d kills are not those of one scan" % (got, kills)
        again = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        equal(again.returncode, 0)
        one_line(again.stderr)
        assert b"finished" in again.stderr, again.stderr


@case
def a_list_that_has_no_room_is_told():
    """What is listed waits in a temporary file: if that cannot be written, no page and no results come out of it."""
    box = put("box", mbox(*(mail(("tls", "plain")[n % 2], n) for n in range(3000))))
    made = [os.path.join(FOLDER, name) for name in ("results", "page", "state")]

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
    got = subprocess.run([COMMAND, "scan", "--quiet", "--results=" + made[0], "--html=" + made[1], "--resume=" + made[2], box],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)
    equal(got.returncode, 2)
    assert b"listing, temporary files in " in got.stderr, got.stderr
    equal([name for name in made if os.path.exists(name)], [])


# ---- What must not be lost ----

def refuses(words, *args, **more):
    """One line that names what is wrong, status 2, nothing on standard output."""
    got = scan(*args, status=2, quiet=False, **more)
    equal(got.out, b"", "output of a call that is refused")
    one_line(got.err)
    for word in words:
        assert word.encode() in got.err, (word, got.err)


def digest_of(path):
    with open(path, "rb") as file:
        return file.read()


@case
def outputs_overwrite_nothing_of_others():
    os.makedirs(os.path.join(FOLDER, "in"))
    os.makedirs(os.path.join(FOLDER, "out"))
    data = mbox(*three())
    box, inner = put("box", data), put("in/a.mbox", data)
    options = "--html", "--sqlite", "--results", "--resume", "--json", "--csv"
    for option in options:
        refuses([box, option], "%s=%s" % (option, box), box)
        refuses([box, option], "%s=%s" % (option, box), stdin=b"")
        refuses([inner, option], "%s=%s" % (option, inner), os.path.join(FOLDER, "in"))
        fresh = os.path.join(FOLDER, "in", "new")
        refuses([fresh, option, "folder"], "%s=%s" % (option, fresh), os.path.join(FOLDER, "in"))
        with open(box, "rb") as stream:
            refuses([option], "%s=%s" % (option, box), stdin=stream)
        refuses([FOLDER, option, "directory"], "%s=%s" % (option, FOLDER), box)
        refuses([option], "%s=" % option, box)
        mine = os.path.join(FOLDER, "out", "mine")
        put("out/mine.part", b"my notes")
        refuses([mine + ".part", option], "%s=%s" % (option, mine), box)
        equal(digest_of(mine + ".part"), b"my notes")
        os.unlink(mine + ".part")
        os.symlink(box, mine + ".part")
        refuses([mine + ".part", option], "%s=%s" % (option, mine), box)
        os.unlink(mine + ".part")
        equal([digest_of(box), digest_of(inner)], [data, data], "the mail behind " + option)
    equal(os.listdir(os.path.join(FOLDER, "out")), [])
    for other in options[1:]:
        one = os.path.join(FOLDER, "out", "one")
        refuses(["--html", other], "--html=" + one, "%s=%s" % (other, one), box)
        refuses(["--html", other], "--html=" + one, "%s=%s.part" % (other, os.path.join(FOLDER, "in", "..", "out", "one")), box)
    equal(os.listdir(os.path.join(FOLDER, "out")), [])
    for option in options:  # each day anew
        one = os.path.join(FOLDER, "out", "x" + option)
        for _ in range(2):
            scan("%s=%s" % (option, one), box, quiet=False)
        for other in options:
            if other != option and {other, option} != {"--results", "--resume"}:
                refuses([one, other], "%s=%s" % (other, one), box)
    with open(os.path.join(FOLDER, "out", "standard"), "wb") as out:
        got = hoptls("scan", "--html=" + out.name, box, stdout=out)
    equal([got.status, digest_of(out.name)], [2, b""], "standard output")
    shard = os.path.join(FOLDER, "out", "x--results")
    before = digest_of(shard)
    got = hoptls("merge", "--results=" + shard, shard)
    equal([got.status, got.out, digest_of(shard)], [2, b"", before], "merge into its input")
    one_line(got.err)


@case
def outputs_that_are_no_files_are_written_as_they_are():
    box = put("box", mbox(*three()))
    fifo = os.path.join(FOLDER, "fifo")
    os.mkfifo(fifo)
    want = scan("--json", box).out
    for option, check in (("--json", lambda got: equal(got, want)), ("--html", lambda got: equal(got[:15], b"<!DOCTYPE html>")),
                          ("--results", lambda got: equal(got[-5:], b"\nend\n")), ("--csv", lambda got: equal(got.count(b"\r\n"), 4))):
        reader = subprocess.Popen(["cat", fifo], stdout=subprocess.PIPE)
        summary = scan("%s=%s" % (option, fifo), box).out
        check(reader.communicate()[0])
        assert b"3 messages" in summary, summary
        assert os.path.exists(fifo) and not os.path.isfile(fifo), "the FIFO was replaced"
        check(scan("%s=/dev/stdout" % option, box).out)
        scan("%s=/dev/null" % option, box)
    assert not os.path.isfile("/dev/null"), "/dev/null"
    equal(scan("--json=-", box).out, want)
    assert not os.path.exists("-")
    for option in "--sqlite", "--resume":
        refuses([fifo, option], "%s=%s" % (option, fifo), box)
    page, link = os.path.join(FOLDER, "page"), os.path.join(FOLDER, "link")
    scan("--html=" + page, box)
    for mode in 0o600, 0o640, 0o644:
        os.chmod(page, mode)
        scan("--html=" + page, box)
        equal(os.stat(page).st_mode & 0o777, mode, "the mode")
    base = os.path.join(FOLDER, "base")
    scan("--sqlite=" + base, box)
    os.chmod(base, 0o600)
    scan("--sqlite=" + base, box)
    equal(os.stat(base).st_mode & 0o777, 0o600, "the mode of tables")
    os.unlink(page)
    scan("--html=" + page, box)
    os.symlink(page, link)
    os.truncate(page, 0)
    scan("--html=" + link, box)
    assert os.path.islink(link) and os.path.getsize(page) > 0, "a link leads to the page"


def begun(box, *args, keep=("box",), first="0"):
    """Interrupt the scan until a state says that a part of the file with the number `first` is done."""
    state = os.path.join(FOLDER, "state")
    for turn in range(75):
        run = subprocess.Popen([COMMAND, "scan", "-j1", "--resume=" + state, *args, box], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"})
        time.sleep(0.005 * 1.1 ** turn)  # from a fast machine to a slow one
        run.send_signal(signal.SIGINT)
        out, err = run.communicate()
        if run.returncode == 130 and os.path.exists(state) and re.search("reached\t%s\t[1-9]" % first, open(state).read()):
            return state, out, err
        for name in os.listdir(FOLDER):
            if name not in keep:
                os.unlink(os.path.join(FOLDER, name))
    raise AssertionError("never interrupted in its midst")


@case
def a_resumed_scan_has_all_or_is_refused():
    data, number = big_box(90 << 20)
    box = put("box", data)
    base, page = os.path.join(FOLDER, "base"), os.path.join(FOLDER, "page")
    state, out, err = begun(box, "--sqlite=" + base, "--html=" + page)
    one_line(err)
    assert b"interrupted" in err and b"Incomplete" in out, (err, out[:200])
    text = digest_of(page).decode()
    import hashlib
    assert "Incomplete" in text and hashlib.sha256(data).hexdigest() not in text, "the page of a part passes for the whole"
    got = hoptls("merge", state)
    equal(got.status, 0)
    one_line(got.err)
    assert state.encode() in got.err and b"Incomplete" in got.out, got.err
    together = os.path.join(FOLDER, "together")
    hoptls("merge", "--results=" + together, state)
    assert b"Incomplete" in hoptls("merge", together).out, "the mark is lost"
    for others in (), ("--json",), ("--sqlite=" + base + "2",), ("--sqlite=" + base, "--json=" + base + "3"), ("--sqlite=" + base, "--csv"):
        refuses([state, "--sqlite=" + base], "--resume=" + state, *others, box)
    part = digest_of(base + ".part")
    os.rename(base + ".part", base + ".away")
    refuses([base + ".part"], "--resume=" + state, "--sqlite=" + base, box)
    put("base.part", b"")
    refuses([base + ".part", "fewer"], "--resume=" + state, "--sqlite=" + base, box)
    put("base.part", part)
    away = sqlite3.connect(base + ".part")
    away.execute("INSERT INTO messages SELECT id + 100000, file, offset, date, verdict, trusted, claimed, hops, deciding_hop, basis, "
                 "submission, retrieval, protection, reason FROM messages")
    away.commit()
    away.close()
    got = scan("-j1", "--resume=" + state, "--sqlite=" + base, "--html=" + page, box)
    equal(got.out, scan(box).out, "the summary")
    assert "Incomplete" not in digest_of(page).decode() and hashlib.sha256(data).hexdigest() in digest_of(page).decode()
    equal(sqlite3.connect(base).execute("SELECT count(*), count(DISTINCT offset) FROM messages").fetchone(), (number, number))
    before = digest_of(base)
    again = scan("--resume=" + state, "--sqlite=" + base, box, quiet=False)
    equal([again.out, digest_of(base) == before], [got.out, True], "a scan that is finished")
    one_line(again.err)
    scan("--fail-on=plain", "--resume=" + state, "--sqlite=" + base, box, quiet=False, status=1)


@case
def a_resumed_scan_goes_on_with_its_lines():
    data, number = big_box(90 << 20)
    box, lines = put("box", data), os.path.join(FOLDER, "lines")
    state, _, _ = begun(box, "--json=" + lines)
    assert os.path.getsize(lines + ".part") > 0
    os.rename(lines + ".part", lines + ".away")
    refuses([lines + ".part"], "--resume=" + state, "--json=" + lines, box)
    put("lines.part", digest_of(lines + ".away")[:100])
    refuses([lines + ".part", "shorter"], "--resume=" + state, "--json=" + lines, box)
    put("lines.part", digest_of(lines + ".away"))
    scan("--resume=" + state, "--json=" + lines, box)
    assert digest_of(lines) == scan("--json", box).out, "the lines"


@case
def duplicates_that_have_no_room_are_told():
    box = put("box", mbox(*(mail("tls", n) for n in range(100))))
    small = os.path.join(FOLDER, "small")
    os.mkdir(small)

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, 100000))
    got = subprocess.run([COMMAND, "scan", "--dedup", box], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit,
                         env={**os.environ, "TMPDIR": small})
    equal(got.returncode, 2)
    one_line(got.stderr)
    assert small.encode() in got.stderr, got.stderr
    equal(os.listdir(small), [])


@case
def a_state_is_for_the_same_files():
    data, _ = big_box(90 << 20)
    box = put("box", data)
    state, _, _ = begun(box, "-j1")
    held = digest_of(state)
    about = os.stat(box)
    refuses_none = scan("--resume=" + state, box)
    equal(refuses_none.out, scan(box).out, "a scan of what has not changed")
    for change in (lambda: put("box", data.replace(b"mx.example.org", b"mx.example.net")), lambda: put("box", data + b"\n"),
                   lambda: put("box", data[:-1])):
        put("state", held)
        change()
        refuses([box, "changed"], "--resume=" + state, box)
        equal(digest_of(state), held, "the state")
    put("box", data)
    os.utime(box, ns=(about.st_atime_ns, about.st_mtime_ns))
    equal(scan("--resume=" + state, box).out, refuses_none.out, "what has its old time again")


@case
def a_state_is_for_the_same_folder():
    folder = os.path.join(FOLDER, "in")
    os.mkdir(folder)
    data, _ = big_box(120 << 20)
    for n in range(40):
        put("in/a%02d" % n, mail("plain", n))
    put("in/b", data)
    state, _, _ = begun(folder, "--sort", keep=("in",), first="40")
    held = digest_of(state)

    def moved():
        os.rename(os.path.join(folder, "a07"), os.path.join(folder, "a077"))
    for change, back in ((moved, lambda: os.rename(os.path.join(folder, "a077"), os.path.join(folder, "a07"))),
                         (lambda: put("in/a001", TLS_MAIL), lambda: os.unlink(os.path.join(folder, "a001"))),
                         (lambda: os.rename(os.path.join(folder, "a11"), os.path.join(FOLDER, "a11")),
                          lambda: os.rename(os.path.join(FOLDER, "a11"), os.path.join(folder, "a11")))):
        change()
        refuses([folder, "changed"], "--sort", "--resume=" + state, folder)
        equal(digest_of(state), held, "the state")
        back()
    equal(scan("--sort", "--resume=" + state, folder).out, scan(folder).out, "a scan of what has not changed")


@case
def merged_parts_list_what_the_whole_lists():
    mails = [mail(("tls", "plain", "unknown")[n % 3], n) for n in range(90)]
    boxes = [put("part%d" % i, mbox(*mails[30 * i:30 * i + 30])) for i in range(3)]
    names = {name: os.path.join(FOLDER, name) for name in ("whole", "page", "together", "page2")}
    for listed in "5", "29":
        parts = [os.path.join(FOLDER, "r%d" % i) for i in range(3)]
        for box, part in zip(boxes, parts):
            scan("--listed=" + listed, "--results=" + part, box)
        scan("--listed=" + listed, "--results=" + names["whole"], "--html=" + names["page"], *boxes)
        equal(hoptls("merge", "--results=" + names["together"], "--html=" + names["page2"], *parts).status, 0)
        equal(digest_of(names["together"]), digest_of(names["whole"]), "the results")
        equal(digest_of(names["page2"]), digest_of(names["page"]), "the page")
    equal(hoptls("merge", "--listed=2", "--html=" + names["page2"], *parts).status, 0)
    equal(digest_of(names["page2"]).count(b"<tr data-v="), 6)
    twice = hoptls("merge", parts[0], parts[1], parts[0])
    equal([twice.status, twice.out], [2, b""], "a part twice")
    one_line(twice.err)
