"""Single characters: which ones show something, which no text may hold, and what each is called: pure."""

import re
from unicodedata import category, name

from workflow.phrase import Part, Phrase, phrase

# What is no character, half of one, nobody's but one program's, or an order to a machine.
_NOT_TEXT = frozenset({"Cc", "Cs", "Co", "Cn"})
# They turn everything after them around, and nothing in a text of many languages needs them.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_APART = re.compile("[\u2066-\u2069]")
_ISOLATES, _END = frozenset("\u2066\u2067\u2068"), "\u2069"
# Whole sentences can be written in them, for machines alone to read.
_TAGS = range(0xE0000, 0xE0080)
# Orders to programs of long ago, which no reader sees.
_OLD_ORDERS = frozenset(
    map(chr, (*range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC), *range(0x1BCA0, 0x1BCA4),
              *range(0x1D173, 0x1D17B)))
)  # fmt: skip
# One chooses the form of a character; a row of them is writing that nobody sees.
_CHOSEN_TWICE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2}")
_SHOWING = frozenset("LNPS")
# Letters and symbols by their category, and nothing by their looks.
_BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_TURNING = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PLAIN_NAMES = {0: "NULL", 7: "BELL", 8: "BACKSPACE", 27: "ESCAPE", 127: "DELETE"}
_KINDS = {
    "Cc": phrase("a control character"),
    "Cs": phrase("half of a character"),
    "Co": phrase("a private character"),
    "Cn": phrase("no character that is known here"),
}


def shows(text: str) -> bool:
    """Whether a reader sees anything of the text."""
    return any(category(sign)[0] in _SHOWING and sign not in _BLANK for sign in text)


def is_refused(sign: str) -> bool:
    """Whether no text may hold this character, whatever stands around it."""
    return not sign.isprintable() and (
        category(sign) in _NOT_TEXT
        or sign in _OVERRIDES
        or sign in _OLD_ORDERS
        or ord(sign) in _TAGS
    )


def refused_in(line: str) -> int:
    """Where on this line the first character stands that it may not hold; -1 where none does.

    What sets a piece of a line apart by its direction has to be closed on that line.
    """
    chosen = _CHOSEN_TWICE.search(line)
    second = chosen.start() + 1 if chosen else -1
    if line.isprintable():
        return second
    opened: list[int] = []
    for at, sign in enumerate(line):
        if is_refused(sign) or at == second or (sign == _END and not opened):
            return at
        if sign == _END:
            opened.pop()
        elif sign in _ISOLATES:
            opened.append(at)
    return opened[0] if opened else -1


def is_half_a_pair(sign: str) -> bool:
    """Whether the character begins or ends a piece that is set apart by its direction."""
    return sign == _END or sign in _ISOLATES


def called(sign: str) -> Phrase:
    """A character by its number and its name: U+202E, RIGHT-TO-LEFT OVERRIDE."""
    known: Part = name(sign, "") or _PLAIN_NAMES.get(ord(sign), "") or _KINDS[category(sign)]
    return phrase("%(number)s, %(name)s", number=number(sign), name=known)


def number(sign: str) -> str:
    """A character by its number alone: U+202E."""
    return f"U+{ord(sign):04X}"


def set_apart(text: str) -> str:
    """The text so that it cannot turn what stands around it, for where no markup can say so.

    Text of a single direction is left as it is. What would break out of its place is left out.
    """
    if text.isascii() or not _TURNING.search(text):
        return text
    return f"\u2068{tame(text)}\u2069"


def unset(text: str) -> str:
    """A sentence for a table, in which nothing is set apart."""
    return _APART.sub("", text)


def tame(text: str) -> str:
    """The text without overrides, and without those halves of a pair that lack the other."""
    if text.isascii() or not _TURNING.search(text):
        return text
    lone = _lone(text)
    return "".join(
        sign for at, sign in enumerate(text) if at not in lone and sign not in _OVERRIDES
    )


def _lone(text: str) -> set[int]:
    opened: list[int] = []
    lone: set[int] = set()
    for at, sign in enumerate(text):
        if sign in _ISOLATES:
            opened.append(at)
        elif sign == _END and opened:
            opened.pop()
        elif sign == _END:
            lone.add(at)
    return lone | set(opened)
