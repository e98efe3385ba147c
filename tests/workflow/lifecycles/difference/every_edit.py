"""Every field of a definition changed, one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from workflow.lifecycles.checks.check import OnlyWhere, ValuePlace
from workflow.lifecycles.children.kinds import ChildKind, EachRow, Frequency, Recurrence
from workflow.lifecycles.definition import Definition, Role, RoundSpec, State
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.quantities import Share
from workflow.lifecycles.rule import Override, Verdict
from workflow.lifecycles.seat import SeatSpec
from workflow.lifecycles.terms import (
    AtSession,
    DayOfYear,
    Extension,
    SettledFacts,
    Within,
    YearlyWindow,
)

# What follows from everything else, or is of whoever reads.
FOLLOWS = frozenset({"digest", "body", "language", "glossary"})
# What the check of a form says of itself, and the relation of a condition never does.
OF_FORMS = frozenset(
    {"key", "at", "label", "problem", "stops", "when", "source", "besides", "across"}
)
# Under another key a thing in a table is not found at all; a definition and a rule stand in none.
TABLED = (Role, State, RoundSpec, DocumentKind, Verdict, ChildKind)
# A value where there is none yet, by the field that holds it.
FIRST: Mapping[str, Any] = {
    "within": Within(3, "working days"),
    "window": YearlyWindow(DayOfYear(1, 1), DayOfYear(4, 30)),
    "session": AtSession("board"),
    "extension": Extension((SeatSpec("system", "board"),), Within(1, "days"), 2),
    "override": Override((SeatSpec("system", "board"),), ("author",)),
    "share": Share(Fraction(1, 3)),
    "facts": SettledFacts("approve", "proposal"),
    "state": "elsewhere",
    "repeats": ValuePlace("title"),
    "amount": Decimal(77),
    "rows": OnlyWhere(ValuePlace("title"), frozenset({"yes"})),
    "when": OnlyWhere(ValuePlace("title"), frozenset({"yes"})),
    "recurrence": Recurrence(Frequency.MONTH),
    "each_row": EachRow(ValuePlace("rows", document="proposal"), "number"),
    "spoken_for_in": ValuePlace("rows", "party", "proposal"),
    "only": OnlyWhere(ValuePlace("", column="answer"), frozenset({"yes"})),
    "by": DayOfYear(3, 31),
    "ahead": Within(2, "months"),
    "every": Frequency.MONTH,
    "after": Within(2, "months"),
    "at": Fraction(1, 2),
    "at_least": Decimal(1),
    "at_most": Decimal(2),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A definition with one field of one of its things changed."""

    kind: type[Any]
    field: str
    place: str
    edited: Definition


def every_edit(definition: Definition) -> Iterator[Edit]:
    """Each field of each thing that a definition is made of, changed alone."""
    yield from _inside(definition, definition.key, lambda each: each)


def _inside(thing: Any, place: str, whole: Any) -> Iterator[Edit]:
    for each in fields(thing):
        value = getattr(thing, each.name)
        here = f"{place}.{each.name}"

        def back(new: Any, name: str = each.name) -> Any:
            return whole(replace(thing, **{name: new}))

        named = each.name == "key" and isinstance(thing, TABLED)
        unsaid = each.name in OF_FORMS and place.endswith(".relation")
        if each.name not in FOLLOWS and not named and not unsaid:
            for other in _other(each.name, value):
                yield Edit(type(thing), each.name, here, back(other))
        yield from _below(value, here, back)


def _below(value: Any, place: str, back: Any) -> Iterator[Edit]:
    if is_dataclass(value):
        yield from _inside(value, place, back)
    elif isinstance(value, tuple):
        for at, each in enumerate(value):
            if is_dataclass(each):
                yield from _inside(
                    each, f"{place}[{at}]",
                    lambda new, at=at: back((*value[:at], new, *value[at + 1 :])),
                )  # fmt: skip
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if is_dataclass(each):
                yield from _inside(
                    each, f"{place}.{key}", lambda new, key=key: back({**value, key: new})
                )


def _other(name: str, value: Any) -> Iterator[Any]:
    """Other values that a field could have."""
    match value:
        case None:
            if FIRST.get(name) is not None:
                yield FIRST[name]
        case bool():
            yield not value
        case Enum():
            yield from [each for each in type(value) if each is not value][:1]
        case str():
            yield f"{value}x"
        case int() | float() | Fraction() | Decimal():
            yield value + 1
        case tuple() | Mapping() if value:
            yield _less(value)
        case frozenset():
            yield value | {_one_more(value)}


def _less(value: Any) -> Any:
    """The same without its first."""
    if isinstance(value, tuple):
        return value[1:]
    first = next(iter(value))
    return {key: each for key, each in value.items() if key != first}


def _one_more(value: frozenset[Any]) -> Any:
    kind = type(next(iter(value), ""))
    return {str: "one more", int: 3, date: date(2001, 2, 3)}[kind]
