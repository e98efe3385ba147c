"""Reading seats: whom a rule asks, or who writes a document."""

import re

from workflow.lifecycles.definition import Part, SeatSpec
from workflow.lifecycles.loader.names import CAPACITIES, KnownNames
from workflow.lifecycles.loader.table import TomlTable

OFFICE = re.compile(r"office:[a-z][a-z0-9-]*")
OF_SENTENCE = (
    "expected a capacity (" + ", ".join(CAPACITIES) + "), 'interested', 'board', "
    "'office:<key>' or 'answered:<round>:<verdict>+<verdict>'"
)


def read_seat(entry: TomlTable, names: KnownNames) -> SeatSpec:
    """One seat of a rule."""
    role, of = _asked(entry, names)
    part = entry.one_of("part", tuple(Part), "part of a seat", optional=True)
    seat = SeatSpec(
        role=role,
        of=of,
        part=Part(part or Part.DECIDES),
        category=entry.text("category", optional=True),
        if_any=entry.flag("if_any"),
    )
    if len(seat.category) > 60:
        entry.note("category", "is longer than sixty characters")
    entry.done()
    return seat


def read_writer(entry: TomlTable, names: KnownNames) -> SeatSpec:
    """One role that may write a document, for a capacity or an office."""
    role, of = _asked(entry, names)
    if of and of not in CAPACITIES and not OFFICE.fullmatch(of):
        entry.note("of", f"is '{of}'; whoever writes a document has a capacity or an office")
    entry.done()
    return SeatSpec(role, of)


def read_opener(entry: TomlTable, names: KnownNames) -> SeatSpec:
    """One role that may do something with a round, such as open it or put off its end, for a party of the case or the house."""
    role, of = _asked(entry, names)
    if role == "system":
        entry.note("role", "is the timer, which takes no initiative")
    entry.done()
    return SeatSpec(role, of)


def read_openers(entry: TomlTable, key: str, names: KnownNames) -> tuple[SeatSpec, ...]:
    """Those named under `key` who may do something with a round; nobody where nothing is said."""
    return tuple(read_opener(seat, names) for seat in entry.tables(key, optional=True))


def _asked(entry: TomlTable, names: KnownNames) -> tuple[str, str]:
    role = entry.one_of("role", names.roles, "role")
    of = entry.text("of")
    problem = _of_problem(of, names) if of else ""
    if problem:
        entry.note("of", problem)
    if role == "system" and of != "office:engine":
        entry.note("of", f"is '{of}'; the timer sits in 'office:engine'")
    return role, of


def _of_problem(of: str, names: KnownNames) -> str:
    if of.startswith("answered:"):
        return _answered_problem(of, names)
    if of in (*CAPACITIES, "interested", "board") or OFFICE.fullmatch(of):
        return ""
    return f"is '{of}'; {OF_SENTENCE}"


def _answered_problem(of: str, names: KnownNames) -> str:
    parts = of.split(":")
    if len(parts) != 3:
        return f"is '{of}'; expected 'answered:<round>:<verdict>+<verdict>'"
    _, round_key, verdicts = parts
    if round_key not in names.rounds:
        return f"names '{round_key}', which is no round"
    unknown = [word for word in verdicts.split("+") if word not in names.verdicts[round_key]]
    if unknown:
        listed = ", ".join(names.verdicts[round_key])
        return f"names '{unknown[0]}', which nobody can answer in '{round_key}' (only: {listed})"
    return ""
