"""A sanctions list: read from a file, and which of its entries a name comes near; pure.

It errs on the side of too many: whoever examines a partner answers each match, and nobody is refused by it alone.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from workflow.errors import Fault, FaultyFile
from workflow.free_text import fault as unfit_text
from workflow.free_text import line
from workflow.phrase import Phrase, phrase
from workflow.search.key import fold

HEADER = ("number", "name", "also")
MOST, MOST_FAULTS = 100_000, 20
LONGEST_NUMBER, LONGEST_NAME, LONGEST_ALSO = 20, 120, 2_000
# How alike two names are that are spelled otherwise but may be the same.
NEAR = 0.85
_WORD = re.compile(r"[^\W_]+")
# What names of firms have in common says nothing about which firm it is.
_COMMON = frozenset(
    fold(
        "the of and for de la le du des y et al el co company corp corporation inc incorporated ltd limited llc plc "
        "gmbh ag sa sarl spa bv nv as asa ab oy pty group holding holdings mr mrs ms dr"
    ).split()
)


@dataclass(frozen=True, slots=True, order=True)
class Sanctioned:
    """An entry of a list: its number there, its name, and what else it is called."""

    number: str
    name: str
    also: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The entry as an examination names it."""
        return f"{self.number} {self.name}"

    @property
    def line(self) -> str:
        """The entry as a line of a file, of which its list's digest is made."""
        return "\t".join((self.number, self.name, *self.also))


def digest(entries: Iterable[Sanctioned]) -> str:
    """What the entries of a list hash to, in the order of their numbers."""
    lines = "".join(f"{each.line}\n" for each in sorted(entries))
    return hashlib.sha256(lines.encode()).hexdigest()


def matches(names: Iterable[str], entries: Iterable[Sanctioned]) -> tuple[Sanctioned, ...]:
    """The entries that one of the names comes near, by their numbers.

    That is where all words of one stand in the other, whatever their order, or where they are spelled nearly alike.
    """
    wanted = [words for words in map(_words, names) if words]
    found = (
        each
        for each in entries
        if any(_near(asked, _words(name)) for name in (each.name, *each.also) for asked in wanted)
    )
    return tuple(sorted(found))


def _words(name: str) -> frozenset[str]:
    """The words of a name that say which it is."""
    every = _WORD.findall(fold(name))
    return frozenset(each for each in every if each not in _COMMON) or frozenset(every)


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    if not other:
        return False
    if one <= other or other <= one:
        return True
    compared = SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other)), autojunk=False)
    near = (compared.real_quick_ratio, compared.quick_ratio, compared.ratio)
    return all(ratio() >= NEAR for ratio in near)


def read_sanctions(text: str) -> tuple[Sanctioned, ...]:
    """The entries of a file of comma-separated values; refuses it whole, with every line that is wrong."""
    rows = _rows(text)
    head = tuple(cell.strip().lower() for cell in rows[0]) if rows else ()
    if head != HEADER:
        raise _faulty([_at_line(1, _wanted())])
    found: dict[str, Sanctioned] = {}
    faults = [
        _at_line(number, wrong)
        for number, row in enumerate(rows[1:], start=2)
        if any(cell.strip() for cell in row)
        for wrong in _take(row, found)
    ]
    if not found and not faults:
        faults = [_at_line(2, phrase("There is nobody on this list."))]
    if len(found) > MOST:
        faults = [_at_line(MOST + 2, phrase("At most %(most)s entries are read.", most=MOST))]
    if faults:
        raise _faulty(faults[:MOST_FAULTS])
    return tuple(sorted(found.values()))


def _rows(text: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        return list(reader)
    except csv.Error as broken:
        raise _faulty([_at_line(reader.line_num, _wanted())]) from broken


def _take(row: list[str], found: dict[str, Sanctioned]) -> Iterator[Phrase]:
    """Take the entry of a row in, or say what is wrong with it."""
    cells = [line(cell) for cell in row]
    if len(cells) != len(HEADER):
        yield _wanted()
        return
    number, name, also = cells
    problem = next(filter(None, map(unfit_text, cells)), None)
    if problem is not None:
        yield problem
    elif not number or not name:
        yield phrase("A number and a name are needed.")
    elif len(number) > LONGEST_NUMBER or len(name) > LONGEST_NAME or len(also) > LONGEST_ALSO:
        yield phrase(
            "At most %(number)s characters fit a number, %(name)s a name and %(also)s what else it is called.",
            number=LONGEST_NUMBER, name=LONGEST_NAME, also=LONGEST_ALSO,
        )  # fmt: skip
    elif number in found:
        yield phrase("Another line has the number %(number)s.", number=number)
    else:
        others = tuple(filter(None, (line(each) for each in also.split(";"))))
        found[number] = Sanctioned(number, name, others)


def _faulty(faults: list[Fault]) -> FaultyFile:
    return FaultyFile(phrase("This list cannot be taken; nothing was entered."), tuple(faults))


def _at_line(number: int, problem: Phrase) -> Fault:
    return Fault(phrase("line %(number)s", number=number), problem)


def _wanted() -> Phrase:
    return phrase("The columns are %(columns)s.", columns=", ".join(HEADER))
