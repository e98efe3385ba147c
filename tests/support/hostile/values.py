"""What a hostile or a broken client writes where the pages expect a word, a number or a day."""

from urllib.parse import quote

CONTROLS = ("\x00", "a\x00b", "\x00" * 40, "\x1b[2Jx", "\x7f", "\x08", "a\x85b", "\x9b31m")
NUMBERS = (
    "0", "-1", "+1", "007", "1.5", "1e9", "NaN", "Infinity", "-0", " 1 ", "1_000",
    str(2**31 - 1), str(2**31), str(-(2**31) - 1), str(2**53 + 1), str(2**63), str(-(2**63) - 1),
    str(2**64), "9" * 25, "9" * 5000, "²", "٣", "１２", "0x10",
)  # fmt: skip
TEXTS = (
    "", " ", "\t", "\r\nSet-Cookie: a=b", "x" * 5000, "😀", "\u202egnp", "\u200b", "\ufeff", "\uffff",
    "e\u0301" * 50, "%", "%s%n", "%(x)s", "{}", "{{7*7}}", "' OR 1=1--", "<script>x</script>", "\\",
    "../../../../etc/passwd", "//[", "http://[", "http://[::1", "[" * 2000, "{" * 2000, "null",
    "true", "a" * 64 + "\n", "__class__", "\u2028", "Ⅷ", "ß", "İ",
)  # fmt: skip
DAYS = (
    "2026-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-1-1", "2026-W01-1",
    "20260101", "2026-01-01T00:00:00+99:99", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999999-14:00", "9999-12-31T23:59:59Z_1", "2026-03-02T12:00:00Z_99999999999",
)  # fmt: skip
VALUES = (*CONTROLS, *NUMBERS, *TEXTS, *DAYS)
# Bytes that are no UTF-8 in any reading, as they stand in an address or a form.
BYTES = ("%FF%FE", "%ED%A0%80", "%C0%80", "%F8%88%80%80%80", "%", "%zz", "a%00b%FF")


def written() -> tuple[str, ...]:
    """Every hostile value as it stands in an address or a form."""
    return (*(quote(value, safe="") for value in VALUES), *BYTES)
