"""Reading seats: whom a rule asks, or who writes a document."""

import re

from workflow.lifecycles.clauses.remarks import COMMENTED
from workflow.lifecycles.loader.names import BODIES, CAPACITIES, FOUND, KnownNames
from workflow.lifecycles.loader.relations.conditions import read_conditions
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.seat import Part, SeatSpec
from workflow.phrase import Phrase, phrase

OFFICE = re.compile(r"office:[a-z][a-z0-9-]*")
KNOWN_OF = phrase(
    "expected a capacity (%(capacities)s), 'interested', 'board', "
    "'office:<key>' or 'answered:<round>:<verdict>+<verdict>'",
    capacities=", ".join(CAPACITIES),
)


def read_seat(entry: TomlTable, names: KnownNames) -> SeatSpec:
    """One seat of a rule."""
    role, of = _asked(entry, names)
    part = entry.one_of("part", tuple(Part), phrase("part of a seat"), optional=True)
    seat = SeatSpec(
        role=role,
        of=of,
        part=Part(part or Part.DECIDES),
        category=entry.text("category", optional=True),
        if_any=entry.flag("if_any"),
        unless=entry.one_of("unless", BODIES, phrase("body"), optional=True) or "",
        when=read_conditions(entry),
    )
    if len(seat.category) > 60:
        entry.note("category", phrase("is longer than sixty characters"))
    entry.done()
    return seat


def read_writer(entry: TomlTable, names: KnownNames) -> SeatSpec:
    """One role that may write a document, for a capacity or an office."""
    role, of = _asked(entry, names)
    if of and of not in CAPACITIES and not OFFICE.fullmatch(of):
        entry.note(
            "of",
            phrase("is '%(of)s'; whoever writes a document has a capacity or an office", of=of),
        )
    entry.done()
    return SeatSpec(role, of)


def read_opener(entry: TomlTable, names: KnownNames) -> SeatSpec:
    """One role that may do something with a round, such as open it or put off its end, for a party of the case or the house."""
    role, of = _asked(entry, names)
    if role == "system":
        entry.note("role", phrase("is the timer, which takes no initiative"))
    entry.done()
    return SeatSpec(role, of)


def read_openers(entry: TomlTable, key: str, names: KnownNames) -> tuple[SeatSpec, ...]:
    """Those named under `key` who may do something with a round; nobody where nothing is said."""
    return tuple(read_opener(seat, names) for seat in entry.tables(key, optional=True))


def _asked(entry: TomlTable, names: KnownNames) -> tuple[str, str]:
    role = entry.one_of("role", names.roles, phrase("role"))
    of = entry.text("of")
    problem = _of_problem(of, names) if of else None
    if problem:
        entry.note("of", problem)
    if role == "system" and of != "office:engine":
        entry.note("of", phrase("is '%(of)s'; the timer sits in 'office:engine'", of=of))
    return role, of


def _of_problem(of: str, names: KnownNames) -> Phrase | None:
    if of.startswith("answered:"):
        return _answered_problem(of, names)
    if of in (*CAPACITIES, *FOUND) or OFFICE.fullmatch(of):
        return None
    return phrase("is '%(of)s'; %(expected)s", of=of, expected=KNOWN_OF)


def _answered_problem(of: str, names: KnownNames) -> Phrase | None:
    parts = of.split(":")
    if len(parts) != 3:
        return phrase("is '%(of)s'; expected 'answered:<round>:<verdict>+<verdict>'", of=of)
    _, round_key, verdicts = parts
    if round_key not in names.rounds:
        return phrase("names '%(round)s', which is no round", round=round_key)
    known = (*names.verdicts[round_key], COMMENTED)
    unknown = [word for word in verdicts.split("+") if word not in known]
    if unknown:
        listed = ", ".join(names.verdicts[round_key])
        return phrase(
            "names '%(verdict)s', which nobody can answer in '%(round)s' (only: %(verdicts)s)",
            verdict=unknown[0],
            round=round_key,
            verdicts=listed,
        )
    return None
