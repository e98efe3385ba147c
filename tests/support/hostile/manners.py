"""Ways of sending that no browser has: methods, kinds of content, headers and bodies gone wrong."""

from collections.abc import Iterator

from tests.support.hostile.attempts import FORM, Attempt

MULTIPART = "multipart/form-data; boundary=x"
METHODS = (
    "HEAD",
    "OPTIONS",
    "TRACE",
    "PUT",
    "PATCH",
    "DELETE",
    "CONNECT",
    "PROPFIND",
    "get",
    "X" * 200,
)
KINDS = (
    "", "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "y" * 5000, f"{FORM}; charset=utf-16", f"{FORM}; charset=nonsense",
    "application/x-www-form-urlencoded;;;", "nonsense", "multipart/mixed; boundary=x", "\xff/\xfe",
)  # fmt: skip
HEADERS = (
    ("Origin", "null"), ("Origin", "http://["), ("Origin", "\xff"), ("Referer", "http://["),
    ("Host", "["), ("Host", "a" * 5000), ("Host", "localhost:99999999"), ("Host", "localhost:x"),
    ("Host", ""), ("Accept-Language", "x" * 5000), ("Accept-Language", "fr;q=nan,zz;q=,*;q=-1"),
    ("Accept-Language", "\xff\xfe"), ("Accept-Encoding", "gzip;q=x"), ("Cookie", "primemover=\xff"),
    ("Cookie", "primemover=" + "a." * 3000), ("Cookie", "=;=;;primemover"), ("Range", "bytes=9-1"),
    ("Range", "nonsense"), ("If-Modified-Since", "never"), ("If-None-Match", '"' * 500),
    ("Content-Length", "-1"), ("Content-Length", "x"), ("Content-Length", "9" * 30),
    ("X-Forwarded-For", "x" * 3000), ("X-Forwarded-Proto", "\xff"), ("Sec-Fetch-Site", "x" * 3000),
    ("Transfer-Encoding", "chunked"), ("Authorization", "Basic \xff"), ("Expect", "100-continue"),
    ("X-HTTP-Method-Override", "DELETE"), ("Content-Encoding", "gzip"),
)  # fmt: skip
BODIES = (
    b"\xff\xfe\x00", b"&&&=&=&", b"=" * 5000, b"a" * 100_000, b"%" * 3000, b"csrf_token",
    b"csrf_token=%00", b"csrf_token[]=x", b"[" * 100_000, b"{" * 100_000, b"key=" + b"%5B" * 20_000,
    b"&".join(b"key=%d" % number for number in range(900)),
    b"&".join(b"f%d=x" % number for number in range(20_000)),
    b"seat=1&" * 1500, b"\x00" * 1000, b"reason=" + b"a" * 1_900_000,
)  # fmt: skip
PART = b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: %s\r\n\r\n%s\r\n'
PARTS = (
    b"", b"--x", b"--x--", b"--x\r\n", b"no boundary at all", PART % (b"key", b"\xff\xfe"),
    PART % (b"key", b"x") + b"--x--", PART % (b"\xff", b"x") + b"--x--",
    PART % (b'"; x="', b"x") + b"--x--", b"--x\r\n\r\nx\r\n--x--",
    b"--x\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--x--",
    b"--x\r\n" + b"A: b\r\n" * 2000 + b"\r\nx\r\n--x--",
    (PART % (b"key", b"x")) * 2500 + b"--x--",
    FILE % (b"../../a.pdf", b"application/pdf", b"%PDF") + b"--x--",
    FILE % (b"a\x00.pdf", b"\xff", b"%PDF") + b"--x--",
    FILE % (b"\xff\xfe.pdf", b"text/html", b"") + b"--x--",
    FILE % (b"a" * 5000, b"application/pdf", b"%PDF") + b"--x--",
)  # fmt: skip


def manners(path: str, token: str) -> Iterator[Attempt]:
    """Everything of this sort, upon one address; what holds a token comes past the first door."""
    good = f"csrf_token={token}&".encode()
    proof = PART % (b"csrf_token", token.encode())
    yield from (Attempt(method, path) for method in METHODS)
    yield from (Attempt(method, path, body=good, kind=FORM) for method in METHODS)
    for name, value in HEADERS:
        yield Attempt("GET", path, headers=((name, value),))
        yield Attempt("POST", path, body=good + b"key=x", kind=FORM, headers=((name, value),))
    yield from (Attempt("POST", path, body=good + b"key=x", kind=kind) for kind in KINDS)
    yield from (Attempt("POST", path, body=body, kind=FORM) for body in BODIES)
    yield from (Attempt("POST", path, body=good + body, kind=FORM) for body in BODIES)
    yield from (Attempt("POST", path, body=body, kind=MULTIPART) for body in PARTS)
    yield from (Attempt("POST", path, body=proof + body, kind=MULTIPART) for body in PARTS)
    yield Attempt("GET", path, "&".join(f"a{number}=b" for number in range(3000)))
    yield Attempt("GET", path, "next=//[&next=http://[&a=" + "b" * 60_000)
