"""What people write in their own words, put into the one spelling that is kept: pure.

Whatever a reader cannot see is left out: control characters, halves of characters, what turns
writing around by force, and what no file of XML may hold. A database would refuse some of it, and
the rest would let a text say something other than it shows. Marks that Arabic needs stay.
"""

from unicodedata import category, normalize

from workflow.errors import Invalid
from workflow.phrase import phrase

LONGEST_REASON = 4000

_UNSEEN = frozenset({"Cc", "Cs"})
_FORCED = frozenset("\u202d\u202e")
_NO_CHARACTERS = frozenset("\ufffe\uffff")


def prose(text: str) -> str:
    """Text over several lines, without what no reader can see."""
    lines = normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_visible(each).rstrip() for each in lines).strip()


def line(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(_visible(normalize("NFC", text)).split())


def reason(text: str) -> str:
    """A reason as it is kept; refuses one that is too long."""
    kept = prose(text)
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


def hides(text: str) -> bool:
    """Whether the text holds something that no reader can see, line ends and tabs aside."""
    plain = text.isascii() and text.isprintable()
    return not plain and any(_unseen(sign) for sign in text if sign not in "\r\n\t")


def _visible(text: str) -> str:
    """Without what no reader can see; a tab is a space."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(sign for sign in text.replace("\t", " ") if not _unseen(sign))


def _unseen(sign: str) -> bool:
    return category(sign) in _UNSEEN or sign in _FORCED or sign in _NO_CHARACTERS
