"""What is known when a form is checked: what it says, what was filed before, and the case."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from workflow.lifecycles.checks.check import AGAINST, CASE, OnlyWhere, ValuePlace

Content = Mapping[str, Any]
Values = tuple[str, ...]
# As many figures as are reckoned with exactly; powers of ten would be more than any machine reckons.
AMOUNT = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,8})?|\.[0-9]{1,8})", re.ASCII)
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class KnownValues:
    """The content of a form beside other `documents` of the case, by kind.

    `facts` are what the domain knows of the case, `groups` those words that it calls by one name;
    `against` is who said no, by round, and `earlier` what this document said before, the newest first.
    `then` is what was in force of the case above as this was written, and `beside` what was signed to
    change that one in other cases under it, the oldest first.
    """

    own: Content
    documents: Mapping[str, Content] = field(default_factory=lambda: NOTHING)
    facts: Mapping[str, Values] = field(default_factory=lambda: NOTHING)
    groups: Mapping[str, frozenset[str]] = field(default_factory=lambda: NOTHING)
    against: Mapping[str, Values] = field(default_factory=lambda: NOTHING)
    earlier: tuple[Content, ...] = ()
    then: Content = field(default_factory=lambda: NOTHING)
    beside: tuple[Content, ...] = ()

    def values(self, place: ValuePlace, rows: OnlyWhere | None = None) -> Values:
        """What is written at a place, in order; nothing where nobody wrote anything."""
        if place.document == CASE:
            return self.facts.get(place.field, ())
        if place.document == AGAINST:
            return self.against.get(place.field, ())
        content = self.documents.get(place.document, NOTHING) if place.document else self.own
        return tuple(written(content.get(place.field), place.column, rows))

    def all(self, places: tuple[ValuePlace, ...], rows: OnlyWhere | None = None) -> Values:
        """What is written at several places, one after the other."""
        return tuple(value for place in places for value in self.values(place, rows))

    def amount(
        self, places: tuple[ValuePlace, ...], rows: OnlyWhere | None = None
    ) -> Decimal | None:
        """What the amounts at these places come to; nothing while one of the places has none."""
        found = [_amounts(self.values(place, rows)) for place in places]
        if not found or not all(found):
            return None
        return sum((amount for each in found for amount in each), Decimal())

    def others(self, across: str) -> Iterator["KnownValues"]:
        """What this document last said under each other value of the field: of each other year."""
        told = {self.own.get(across)}
        for content in self.earlier if across else ():
            if content.get(across) not in told:
                told.add(content.get(across))
                yield replace(self, own=content)

    def rows(self, places: tuple[ValuePlace, ...]) -> Iterator[Values]:
        """The rows of one table, each with what stands in these of its columns; nothing where one is blank."""
        first = places[0]
        content = self.documents.get(first.document, NOTHING) if first.document else self.own
        for row in content.get(first.field) or ():
            told = tuple(str(row.get(place.column) or "") for place in places)
            if all(told):
                yield told

    def by_name(self, places: tuple[ValuePlace, ...]) -> dict[str, str]:
        """The same rows of two columns: what the second says, by the first."""
        return {row[0]: row[-1] for row in self.rows(places)}

    def alike(self, of: str) -> Iterator["KnownValues"]:
        """What was signed beside this case and says the same in that field."""
        for content in self.beside if of else ():
            if content.get(of) == self.own.get(of):
                yield replace(self, own=content)

    def asks(self, condition: OnlyWhere | None) -> bool:
        """Whether what a check depends on is so."""
        return condition is None or bool(condition.words.intersection(self.values(condition.place)))


def written(value: Any, column: str = "", rows: OnlyWhere | None = None) -> Iterator[str]:
    """What a value of a form says, word by word: of a table what stands in a column of those rows."""
    match value:
        case True:
            yield "yes"
        case str() if value and not column:
            yield value
        case list() if column:
            for row in value:
                if isinstance(row, Mapping) and _counts(row, rows):
                    yield from written(row.get(column))
        case list():
            yield from (each for each in value if isinstance(each, str) and each)


def _counts(row: Mapping[str, Any], rows: OnlyWhere | None) -> bool:
    return rows is None or row.get(rows.place.column) in rows.words


def _amounts(values: Values) -> list[Decimal]:
    return [amount for amount in map(amount_of, values) if amount is not None]


def amount_of(written: str) -> Decimal | None:
    """An amount as it is written, in figures alone; nothing where it is none."""
    return Decimal(written) if AMOUNT.fullmatch(written) else None


def is_day(written: str) -> bool:
    """Whether it is a day, spelled as days compare: 2005-07-01, and neither 20050701 nor 2005-W26-5."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
