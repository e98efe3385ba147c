"""On which line of a lifecycle's text a fault stands: pure, by the tables and keys that the text writes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workflow.errors import Fault
from workflow.phrase import Phrase

HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(
    r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
# Where the reader of TOML says that a text breaks off.
AT_END = "end of document"
NUMBERED = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class FaultyLine:
    """A fault, and the number of the line at which it stands, counted from one."""

    line: int
    place: str
    problem: Phrase


def faulty_lines(text: str, faults: Sequence[Fault], name: str) -> tuple[FaultyLine, ...]:
    """Each fault of the file of this name with its line, in the order of the text.

    What no line writes stands at the table around it.
    """
    written, last = list(_written(text)), len(text.splitlines()) or 1
    found = [_faulty(written, fault, name, last) for fault in faults]
    return tuple(sorted(found, key=lambda each: each.line))


def _faulty(
    written: Sequence[tuple[int, tuple[str, ...]]], fault: Fault, name: str, last: int
) -> FaultyLine:
    place = _place(fault.place).removeprefix(f"{name}: ")
    numbered = NUMBERED.search(place)
    if numbered:
        return FaultyLine(int(numbered[1]), place, fault.problem)
    if place == AT_END:
        return FaultyLine(last, place, fault.problem)
    path = tuple(part.strip("\"'") for part in PART.findall(place))
    line, best = 1, 0
    for number, each in written:
        shared = _shared(each, path)
        if shared > best:
            line, best = number, shared
    return FaultyLine(line, place, fault.problem)


def _place(place: Phrase | str) -> str:
    """Where a fault stands, without the name of the file."""
    within = place.parts.get("place") if isinstance(place, Phrase) else None
    return str(place if within is None else within)


def _shared(written: tuple[str, ...], path: tuple[str, ...]) -> int:
    """How much of a place a line leads to; nothing where it leads elsewhere."""
    return len(written) if written == path[: len(written)] else 0


def _written(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What each line writes: a table, or a key inside the table above it."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = HEADER.fullmatch(line)
        if header:
            table = _parts(header[1])
            yield number, table
            continue
        key = KEY.match(line)
        if key:
            yield number, (*table, *_parts(key[1]))


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in PART.findall(dotted))
