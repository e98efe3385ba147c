"""The loader: a lifecycle file, or the published bytes of one, to a frozen definition."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from workflow.audit import canonical
from workflow.errors import Fault, FaultyFile, Refusal
from workflow.lifecycles import soundness
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader import texts
from workflow.lifecycles.loader.lifecycle import read_lifecycle
from workflow.phrase import Phrase, counted, phrase

CALENDARS = Path(str(files("config") / "calendars"))
CALENDAR = re.compile(r"[a-z][a-z0-9-]{0,39}")
# Nobody reads a lifecycle that is larger than this, and nothing else is one: each is refused at once.
LONGEST, DEEPEST, MOST_ENTRIES, MOST_FAULTS = 500_000, 30, 1_000, 500
# The reader of TOML takes the square of the time for a key of so many parts.
MANY_PARTS = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){30}""")
TOO_DEEP = phrase("is nested too deeply")


def load_file(path: Path) -> Definition:
    """The definition in the TOML file at `path`.

    Refuses a faulty file with everything that is wrong with it; whether its states lead anywhere
    is judged once its parts fit together.
    """
    return from_tables(file_tables(path), path.name)


def from_text(text: str, name: str) -> Definition:
    """The definition that the text of a file of this name says; refused as the file would be."""
    return from_tables(toml_tables(text, name), name)


def from_tables(tables: dict[str, Any], name: str) -> Definition:
    """The definition that the tables of a file of this name say; refused as the file would be."""
    raw = texts.as_kept(with_calendars(tables))
    definition, faults = read_lifecycle(raw, name)
    faults = (*faults, *_refused(raw, name))
    if not faults:
        unsound = soundness.faults(definition)
        faults = tuple(Fault(_place(name, fault.place), fault.problem) for fault in unsound)
    if faults:
        raise refusal_of(name, *faults[:MOST_FAULTS])
    return from_body(body_of(raw))


def from_body(body: bytes) -> Definition:
    """The definition whose canonical bytes are `body`, named by their digest."""
    digest = canonical.digest(body)
    name = f"definition {digest[:12]}"
    try:
        raw = tables_of(body)
    except (Refusal, AttributeError, LookupError, TypeError, ValueError) as damage:
        raise refusal_of(name, Fault(name, phrase("is not what was published"))) from damage
    definition, faults = read_lifecycle(raw, name, body, digest)
    if faults:
        raise refusal_of(name, *faults)
    return definition


def with_calendars(raw: dict[str, Any]) -> dict[str, Any]:
    """The tables of a file with the calendars it counts in, so that its digest names them too.

    One that the file holds itself, or that nobody keeps, is left as it is.
    """
    rounds = raw.get("rounds")
    spans = [
        spec.get("within") for spec in (rounds if isinstance(rounds, dict) else {}).values()
        if isinstance(spec, dict)
    ]  # fmt: skip
    named = {span.get("calendar") for span in spans if isinstance(span, dict)}
    own = raw.get("calendars", {})
    kept = {key: CALENDARS / f"{key}.toml" for key in named if isinstance(key, str)}
    found = {
        key: file_tables(path)
        for key, path in sorted(kept.items())
        if CALENDAR.fullmatch(key) and path.exists() and key not in own
    }
    return {**raw, "calendars": {**found, **own}} if found else raw


def file_tables(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, with the place of whatever keeps it from being one."""
    try:
        with path.open("rb") as file:
            return toml_tables(file.read(4 * LONGEST + 1).decode("utf-8"), path.name)
    except FileNotFoundError as missing:
        raise refusal_of(path.name, Fault(path.name, phrase("there is no such file"))) from missing
    except OSError as unreadable:
        problem = phrase("cannot be read: %(strerror)s", strerror=str(unreadable.strerror))
        raise refusal_of(path.name, Fault(path.name, problem)) from unreadable
    except UnicodeDecodeError as stray:
        place = _place(path.name, phrase("byte %(number)s", number=stray.start + 1))
        raise refusal_of(path.name, Fault(place, phrase("is not UTF-8 text"))) from stray


def toml_tables(text: str, name: str) -> dict[str, Any]:
    """The tables that a text holds, with the place of whatever keeps it from being TOML."""
    if len(text) > LONGEST:
        problem = phrase("is longer than %(most)s characters", most=LONGEST)
        raise refusal_of(name, Fault(name, problem))
    if MANY_PARTS.search(text):
        raise refusal_of(name, Fault(name, TOO_DEEP))
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        wrong, _, at = str(fault).removesuffix(")").rpartition(" (at ")
        where = Fault(_place(name, at), phrase("is not TOML: %(problem)s", problem=wrong))
        raise refusal_of(name, where) from fault
    except RecursionError as fault:
        raise refusal_of(name, Fault(name, TOO_DEEP)) from fault
    except ValueError as fault:
        problem = phrase("holds a number that is too large")
        raise refusal_of(name, Fault(name, problem)) from fault
    faults = tuple(islice(_excess(found, name), MOST_FAULTS))
    if faults:
        raise refusal_of(name, *faults)
    return found


def _excess(found: Mapping[str, Any], name: str) -> Iterator[Fault]:
    """What of the parsed file of this name is larger than anything in a lifecycle."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), found)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, Mapping | list):
            pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
            if len(path) > DEEPEST:
                yield Fault(_place(name, ".".join(path)), TOO_DEEP)
            elif len(value) > MOST_ENTRIES:
                problem = phrase("holds more than %(most)s entries", most=MOST_ENTRIES)
                yield Fault(_place(name, ".".join(path)), problem)
            else:
                waiting += [((*path, str(key)), each) for key, each in pairs]
        elif isinstance(value, int) and abs(value) > canonical.LARGEST:
            problem = phrase("is a number that is too large")
            yield Fault(_place(name, ".".join(path)), problem)


def _refused(raw: Mapping[str, Any], name: str) -> Iterator[Fault]:
    return (Fault(_place(name, text.place), text.problem) for text in texts.refused(raw))


def _place(name: str, place: Phrase | str) -> Phrase:
    return phrase("%(file)s: %(place)s", file=name, place=place)


def refusal_of(name: str, *faults: Fault) -> FaultyFile:
    """The refusal of the file of this name, with everything that is wrong with it."""
    said = counted(
        "%(name)s cannot be taken: it has one fault.",
        "%(name)s cannot be taken: it has %(num)s faults.",
        len(faults),
        name=name,
    )
    return FaultyFile(said, faults)


# Tables whose order is the order in which people read them.
ORDERED = ("sources", "roles", "states", "documents", "rules", "rounds")
ORDERED_BELOW = {"rules": "verdicts", "rounds": "outcomes"}
# Like these, but most lifecycles have none, and what was published without it keeps its digest.
ORDERED_IF_ANY = "children"


def body_of(raw: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a parsed file.

    Canonical JSON sorts the names in a table, so tables whose order matters become lists of
    (name, value): the order of the file is part of what the digest names.
    """
    lists = {name: _pairs(raw[name], ORDERED_BELOW.get(name)) for name in _ordered(raw)}
    return canonical.write({**raw, **lists})


def tables_of(body: bytes) -> dict[str, Any]:
    """The parsed file whose canonical bytes are `body`."""
    raw = canonical.parse(body)
    tables = {name: dict(raw[name]) for name in _ordered(raw)}
    for name, below in ORDERED_BELOW.items():
        tables[name] = {
            key: {**value, below: dict(value[below])} for key, value in tables[name].items()
        }
    return {**raw, **tables}


def _ordered(raw: Mapping[str, Any]) -> tuple[str, ...]:
    return (*ORDERED, ORDERED_IF_ANY) if ORDERED_IF_ANY in raw else ORDERED


def _pairs(table: Mapping[str, Any], below: str | None) -> list[list[Any]]:
    if below is None:
        return [[key, value] for key, value in table.items()]
    return [[key, {**value, below: _pairs(value[below], None)}] for key, value in table.items()]
