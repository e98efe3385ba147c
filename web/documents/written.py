"""Numbers as people type them, put into the one spelling that is stored: pure."""

import re
from unicodedata import decimal

from workflow.free_text import line

# How amounts are written: digits alone, in groups the English way, or in groups the French or
# Spanish way. One point with three digits behind it could be either, and is none of these.
AMOUNTS = (
    re.compile(r"(-?\d{1,14})(?:[.,](\d{1,2}))?"),
    re.compile(r"(-?\d{1,3}(?:[ ,']\d{3})+)(?:\.(\d{1,2}))?"),
    re.compile(r"(-?\d{1,3}(?:[ .]\d{3})+),(\d{1,2})"),
    re.compile(r"(-?\d{1,3}(?:\.\d{3}){2,})()"),
)
CURRENCY = re.compile(r"^(?:usd|us\$|\$)\s*|\s*(?:usd|us\$|\$)$", re.IGNORECASE)
WHOLE = re.compile(r"-?\d{1,15}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def number(text: str) -> str:
    """A whole number as typed in any script, or the text as it is if it is none."""
    digits = _western(line(text)).replace("−", "-")
    return digits if WHOLE.fullmatch(digits) else line(text)


def amount(text: str) -> str:
    """An amount such as 1250.50, or the text as it is if that cannot be told for certain."""
    typed = CURRENCY.sub("", _western(line(text)).replace("−", "-").replace("’", "'"))
    for way in AMOUNTS:
        found = way.fullmatch(typed)
        if found is not None:
            whole = re.sub(r"[ ,.']", "", found[1])
            return f"{whole}.{found[2]}" if found[2] else whole
    return line(text)


def _western(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(decimal(letter, letter)) for letter in text)
