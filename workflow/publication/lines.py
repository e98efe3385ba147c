"""On which line of a lifecycle's text a fault stands: pure, by the tables and keys that the text writes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflow.errors import Fault
from workflow.phrase import Phrase

HEADER = re.compile(r"\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?")
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
    written, last = _first_lines(text), len(text.splitlines()) or 1
    found = [_faulty(written, fault, name, last) for fault in faults]
    return tuple(sorted(found, key=lambda each: each.line))


def _faulty(
    written: Mapping[tuple[str, ...], int], fault: Fault, name: str, last: int
) -> FaultyLine:
    place = _place(fault.place).removeprefix(f"{name}: ")
    numbered = NUMBERED.search(place)
    if numbered:
        return FaultyLine(int(numbered[1]), place, fault.problem)
    if place == AT_END:
        return FaultyLine(last, place, fault.problem)
    path = tuple(part.strip("\"'") for part in PART.findall(place))
    around = (written.get(path[:length]) for length in range(len(path), 0, -1))
    return FaultyLine(next(filter(None, around), 1), place, fault.problem)


def _place(place: Phrase | str) -> str:
    """Where a fault stands, without the name of the file."""
    within = place.parts.get("place") if isinstance(place, Phrase) else None
    return str(place if within is None else within)


def _first_lines(text: str) -> dict[tuple[str, ...], int]:
    """The line that first writes each table and key."""
    found: dict[tuple[str, ...], int] = {}
    for number, path in _written(text):
        found.setdefault(path, number)
    return found


def _written(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What each line writes: a table, or a key inside the table above it."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = HEADER.fullmatch(line.strip())
        if header:
            table = _parts(header[1])
            yield number, table
            continue
        key = KEY.match(line)
        if key:
            yield number, (*table, *_parts(key[1]))


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in PART.findall(dotted))
