"""The kinds of hostile and odd files that a build is given, by name: each a function from chance to bytes."""

from __future__ import annotations

import base64
import functools
import gzip
import io
import json
import zipfile
import zlib

NAMES = (
    *("Acme", "Brill & Söhne", 'The "Quote" Company', "<script>alert(1)</script>", "O'Reilly", "]]>", "Łódź AG"),
    *("שלום", "\u202eevil\u202c", "Z\u0335\u0321a\u0336\u0322l\u0337g\u0338o\u0336", "\ufeffBom", "a\\b", "{{7*7}}"),
    *("👩‍👩‍👧‍👦 Inc", "'; DROP TABLE",
      "${jndi:ldap://x}", "%00", "../../etc/passwd", "<!--", "http://localhost/", "\x1b[31mRed"),
)  # fmt: skip
WORD = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
LAUGHS = b"<!DOCTYPE a [<!ENTITY l0 'ha'>%s]>" % b"".join(
    b"<!ENTITY l%d '%s'>" % (n + 1, b"&l%d;" % n * 10) for n in range(12)
)

OUTSIDE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def text(chance):
    """Lines of names of all scripts."""
    return "\n".join(" met ".join(chance.choices(NAMES, k=chance.randint(1, 6))) for _ in range(chance.randint(1, 12)))


def page(chance):
    """Nested to any depth, with what would fetch, run or read if a browser had it."""
    depth = chance.choice([1, 30, 300, 5000])
    tag = chance.choice(["div", "b", "table><tr><td", "svg", "blockquote", "select"])
    body = "".join(f"<p>{line}</p>" for line in text(chance).split("\n"))
    harm = "<script src=http://localhost:9/x></script><img src=file:///etc/passwd><iframe src='javascript:x()'>"
    return (f"<{tag}>" * depth + body + harm).encode()


def packed(body, *, core=b"<a/>"):
    """A word processor's file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", body)
        file.writestr("docProps/core.xml", core)
        file.writestr("../../evil.txt", b"out of the folder")
    return data.getvalue()


def docx(chance):
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in _escaped(text(chance)).split("\n"))
    return packed(WORD + f"<w:body>{lines}</w:body></w:document>".encode())


@functools.cache
def bomb():
    """50 MB of text in 50 kB."""
    return packed(WORD + b"<w:p><w:t>" + b"Acme " * 10_000_000)


def docx_hostile(chance):
    return chance.choice([
        bomb(),
        packed(LAUGHS + WORD + b"<w:p><w:t>&l12;</w:t></w:p></w:document>"),
        packed(OUTSIDE + WORD + b"<w:p><w:t>&x;</w:t></w:p></w:document>"),
        packed(WORD + b"<w:p>" * 20_000),
        packed(WORD + b"<w:p><w:t>Acme</w:t></w:p></w:document>", core=LAUGHS + b"<a>&l12;</a>"),
    ])  # fmt: skip


def pdf(chance):
    """A page with one line; now and then packed to a bomb."""
    words = b" ".join(word.encode("ascii", "replace") for word in chance.choices(NAMES, k=5))
    shown = b"BT /F1 12 Tf 72 700 Td (" + words.replace(b"\\", b"").replace(b"(", b"").replace(b")", b"") + b") Tj ET"
    if chance.random() < 0.1:
        shown += b" " * 60_000_000
    stream = zlib.compress(shown, 1)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R%s]/Count 1>>" % (b" 2 0 R" if chance.random() < 0.2 else b""),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, table = b"%PDF-1.4\n", b"xref\n0 6\n0000000000 65535 f \n"
    for number, each in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%s endobj\n" % (number, each)
    return body + table + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(body)


def mail(chance):
    kind = chance.choice(["text/plain", "text/html", "multipart/mixed; boundary=b", "text/plain; charset=x-none", ""])
    coding = chance.choice(["7bit", "base64", "quoted-printable", "x-none"])
    head = f"From: {chance.choice(NAMES)} <a@b>\r\nSubject: =?utf-8?b?//8=?= x\r\nDate: Wed, 99 Foo 2024"
    parts = ("\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" * chance.choice([0, 3, 300])) + text(chance)
    return f"{head}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n{parts}".encode()


def archive(chance):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(chance)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\n" % chance.choice(NAMES).encode().replace(
        b"\n", b""
    )
    length = chance.choice([len(answer), 10**9, -1, 0])
    record = head + b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % length + answer
    return record + b"\r\n\r\n" + record[: chance.randint(0, len(record))]


def lines(chance):
    record = {"text": text(chance), "url": chance.choice(NAMES), "published": "2024-02-30", "id": chance.choice(NAMES)}
    return chance.choice([
        json.dumps(record).encode(),
        b'{"text": "a\\ud800b"}\n' + json.dumps(record).encode()[:-1],
        b"[" * 100_000 + b'{"text": ' + b"1" * 5000,
        b'{"text": "x", "a": ' + b"9" * 10_000 + b"}",
    ])  # fmt: skip


def mutated(chance):
    """Another kind, with bytes changed, cut and doubled."""
    data = bytearray(KINDS[chance.choice([name for name in KINDS if name not in ("mutated", "docx hostile")])](chance))
    for _ in range(chance.choice([1, 3, 30])):
        start = chance.randrange(len(data) + 1)
        data[start : start + chance.choice([0, 1, 50])] = chance.randbytes(chance.choice([0, 1, 20]))
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.3 else data)


KINDS = {
    "empty": lambda _: b"",
    "white space": lambda _: ("\r\n\x0b\x0c\x1c\u2028\x85 " * 500).encode(),
    "binary": lambda chance: chance.randbytes(chance.randint(1, 4000)),
    "names": lambda chance: text(chance).encode(),
    "other Unicode": lambda c: text(c).encode(c.choice(["utf-16", "utf-32", "utf-16-le", "utf-8-sig", "utf-7"])),
    "wrong encoding": lambda c: text(c).encode(c.choice(["cp1252", "shift-jis", "koi8-r"]), "replace"),
    "null bytes": lambda chance: text(chance).encode().replace(b" ", b"\0"),
    "right to left": lambda c: ("\u202e" + "שלום مرحبا Acme \u2067x\u2066 " * c.randint(1, 50)).encode(),
    "zalgo": lambda c: ("A" + "".join(chr(c.randrange(0x300, 0x370)) for _ in range(3000)) + "cme").encode(),
    "emoji": lambda c: " ".join(c.choices(["👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Acme🤖", "🇺🇦", "#️⃣"], k=500)).encode(),
    "any character": lambda c: "".join(chr(c.randrange(0x20, 0xD800)) for _ in range(2000)).encode(),
    "one long word": lambda _: b"A" * 300_000,
    "base64": lambda chance: base64.b64encode(chance.randbytes(3000)),
    "deep page": page,
    "page cut off": lambda chance: page(chance)[: chance.randint(0, 500)],
    "many tags": lambda c: c.choice([b"<br>x", b"<li>", b"<a href=x>y</a>", b"<!--"]) * c.choice([100, 2000, 200_000]),
    "JSON Lines": lines,
    "word file": docx,
    "docx hostile": docx_hostile,
    "PDF": pdf,
    "broken PDF": lambda chance: pdf(chance)[: chance.randint(5, 400)],
    "mail": mail,
    "archive": archive,
    "packed archive": lambda chance: gzip.compress(archive(chance))[: chance.choice([None, 100])],
    "gzip bomb": lambda _: gz_bomb(),
    "mutated": mutated,
}  # fmt: skip

SUFFIXES = {
    "JSON Lines": ".jsonl",
    "word file": ".docx",
    "docx hostile": ".docx",
    "PDF": ".pdf",
    "broken PDF": ".pdf",
    "mail": ".eml",
    "archive": ".warc",
    "packed archive": ".warc.gz",
    "gzip bomb": ".warc.gz",
    "deep page": ".html",
    "page cut off": ".htm",
    "many tags": ".html",
}
"""What a kind is called as a rule; the rest, and each now and then, by any suffix."""
ANY = (".txt", ".md", ".html", ".jsonl", ".TXT", ".htm", ".docx", ".pdf", ".eml", ".warc", ".gz", ".doc", "")


@functools.cache
def gz_bomb():
    """A page of 60 MB in an archive of a two-hundredth of that."""
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://e.example/\r\n"
    head += b"Content-Type: application/http; msgtype=response\r\n"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"
    return gzip.compress(
        head + b"Content-Length: %d\r\n\r\n" % (60_000_000 + len(answer)) + answer + bytes(60_000_000), 1
    )


def _escaped(words):
    kept = "".join(char for char in words if char.isprintable() or char == "\n")
    return kept.replace("&", "&amp;").replace("<", "&lt;")
