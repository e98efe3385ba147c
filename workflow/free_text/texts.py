"""What people write in their own words, put into the one spelling that is kept: pure.

Whatever Word, PowerPoint and PDF use for a break, a hyphen or a bullet becomes one that everybody
sees, so that no two words are glued together. A tab is a space. A text of which nobody sees
anything is empty. What no text may hold stays where it is, so that a form can show it again, and is
refused with its name by whatever keeps the text. Marks of direction that Arabic needs stay.
"""

import re
from unicodedata import category, normalize

from workflow.errors import Invalid
from workflow.free_text.characters import called, is_half_a_pair, is_refused, refused_in, shows
from workflow.phrase import Phrase, phrase

LONGEST_REASON = 4000

_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x85\u2028\u2029]")
# Some programs show it and some do not; here it is always shown, so that nobody signs "SouthSouth".
_OPTIONAL_HYPHEN = re.compile("([^\x1f\u00ad]?)[\x1f\u00ad]+")
_BULLETS = "\uf02d\uf06c\uf06e\uf06f\uf071\uf075\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
_SPELLED = str.maketrans(
    {"\t": " ", "\x1e": "-", "\ufeff": None, "\uf0e0": "→", **dict.fromkeys(_BULLETS, "•")}
)
_BESIDE = 20


def spelled(text: str) -> str:
    """The text with breaks, hyphens and bullets that everybody sees, composed."""
    if text.isascii() and text.isprintable():
        return text
    plain = _BREAK.sub("\n", text).translate(_SPELLED)
    return normalize("NFC", _OPTIONAL_HYPHEN.sub(_hyphen, plain))


def prose(text: str) -> str:
    """Text over several lines, as it is kept."""
    kept = "\n".join(each.rstrip() for each in spelled(text).split("\n")).strip()
    return kept if _counts(kept) else ""


def line(text: str) -> str:
    """Text on one line with single spaces, as it is kept."""
    kept = " ".join(spelled(text).split())
    return kept if _counts(kept) else ""


def searched(text: str) -> str:
    """A line to look for: what no text holds, nobody can look for."""
    return line("".join(sign for sign in line(text) if not is_refused(sign)))


def kept_prose(text: str, field: str) -> str:
    """Text over several lines, as it is kept; refuses what no text may hold, at `field`."""
    kept = prose(text)
    refuse(kept, field)
    return kept


def kept_line(text: str, field: str) -> str:
    """Text on one line, as it is kept; refuses what no text may hold, at `field`."""
    kept = line(text)
    refuse(kept, field)
    return kept


def reason(text: str) -> str:
    """A reason as it is kept; refuses one that is too long, and what no text may hold."""
    kept = kept_prose(text, "reason")
    if len(kept) > LONGEST_REASON:
        raise Invalid(
            phrase(
                "A reason has at most %(longest)s characters; this one has %(count)s.",
                longest=LONGEST_REASON,
                count=len(kept),
            ),
            {"reason": phrase("Make it shorter.")},
        )
    return kept


def refuse(text: str, field: str) -> None:
    """Refuse a text with what no text may hold, naming it at `field`."""
    found = fault(text)
    if found is not None:
        raise Invalid(found, {field: found})


def fault(text: str) -> Phrase | None:
    """What a text holds that none may, by its name and its place; nothing where all is well."""
    if text.isascii() and text.isprintable():
        return None
    for each in spelled(text).split("\n"):
        at = refused_in(each)
        if at >= 0:
            return _named(each, at)
    return None


def _hyphen(found: re.Match[str]) -> str:
    """A hyphen where a word stands before it."""
    before = found[1]
    return f"{before}-" if before and category(before)[0] in "LMN" else before


def _counts(text: str) -> bool:
    """Whether there is something to read, or to refuse."""
    return shows(text) or any(map(is_refused, text))


def _named(each: str, at: int) -> Phrase:
    """What is refused on a line, and where."""
    before = "".join(filter(str.isprintable, each[:at]))
    after = "".join(filter(str.isprintable, each[at + 1 :]))
    cut = "…" if len(before) > _BESIDE else ""
    beside = f"{cut}{before[-_BESIDE:].lstrip()}" if before else after[:_BESIDE]
    if is_half_a_pair(each[at]):
        return phrase(
            "%(sign)s, at “%(beside)s”, lacks its other half on this line. Take it out.",
            sign=called(each[at]),
            beside=beside,
        )
    if not beside:
        return phrase("No text may hold %(sign)s. Take it out.", sign=called(each[at]))
    return phrase(
        "No text may hold %(sign)s, at “%(beside)s”. Take it out.",
        sign=called(each[at]),
        beside=beside,
    )
