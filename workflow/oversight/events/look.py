"""Events looked through: the newest of those that one filter's index leads to, for all the others.

So a page costs the same whatever is asked for: what many events have and few of them together is
looked for among the newest some thousand, and the page says where it looks on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, union_all
from sqlalchemy.orm import Session, aliased

from workflow.oversight.events.filters import (
    EventFilters,
    Facets,
    Rows,
    allowed,
    conditions,
    onward,
    period,
)
from workflow.oversight.models import EventFacet
from workflow.reading import asked_once

LOOKED_AT = 1_000
# Of the filters asked for, the first of these leads: few events bear what stands in front.
LEADING = ("overridden", "mandated", "late", "ref", "person", "party", "verdict", "role", "kind",
           "kinds", "stage")  # fmt: skip
ALWAYS = ("since", "until", "through", "before")
NEWEST = ("at", "event_id")

Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looks for: the filter that leads, and whatever has to be true besides.

    Of what the leading filter finds so many are looked through at most as `depth` says.
    """

    session: Session
    person: int
    now: datetime
    leading: EventFilters
    besides: EventFilters
    depth: int

    @classmethod
    def of(
        cls,
        session: Session,
        person: int,
        filters: EventFilters,
        now: datetime,
        depth: int | None = None,
    ) -> "Look":
        """The look for what these filters leave of what the person may know of."""
        nothing = EventFilters()
        asked = (name for name in LEADING if getattr(filters, name) != getattr(nothing, name))
        first = next(asked, None)
        both = (*ALWAYS, *((first,) if first else ()))
        leading = EventFilters(**{name: getattr(filters, name) for name in both})
        besides = replace(filters, **{name: getattr(nothing, name) for name in both})
        return cls(session, person, now, leading, besides, depth or LOOKED_AT)

    def newest(self, most: int, *columns: str) -> Rows:
        """These columns of what is looked for, the newest first, as far as it is looked through."""
        narrowed = bool(self._narrows(EventFacet))
        facet = aliased(EventFacet, self.led(self.depth if narrowed else most))
        wanted: Rows = select(*(getattr(facet, name) for name in columns))
        return wanted.where(*self._narrows(facet)).order_by(*_newest(facet)).limit(most)

    def last_looked_at(self) -> Place | None:
        """The last event that is looked through, where older ones would have to be as well."""
        return _last_looked_at(self.session, self) if self._narrows(EventFacet) else None

    def _narrows(self, facet: Facets) -> list[ColumnElement[bool]]:
        may = allowed(self.session, self.person, self.now, facet)
        return [*may, *conditions(self.besides, facet)]

    def led(self, most: int) -> Any:
        """The newest `most` events that the leading filter finds, by its index."""
        branches = [
            select(EventFacet)
            .where(*found, *onward(self.leading))
            .order_by(*_newest(EventFacet))
            .limit(most)
            for found in self._leads()
        ]
        if len(branches) == 1:
            return branches[0].subquery("event_facet")
        each = aliased(EventFacet, union_all(*(select(b.subquery()) for b in branches)).subquery())
        return select(each).order_by(*_newest(each)).limit(most).subquery("event_facet")

    def _leads(self) -> Iterator[list[ColumnElement[bool]]]:
        """The conditions by which the leading filter finds; a person acts, or others do for them."""
        person = self.leading.person
        if person is None:
            yield conditions(self.leading)
            return
        acted, during = EventFacet.person_id == person, period(self.leading)
        yield [acted, *during]
        yield [EventFacet.principal_id == person, acted.is_not(True), *during]


@asked_once
def _last_looked_at(session: Session, look: Look) -> Place | None:
    looked = aliased(EventFacet, look.led(look.depth))
    last = select(looked.at, looked.event_id).order_by(*_newest(looked))
    row = session.execute(last.offset(look.depth - 1).limit(1)).first()
    return None if row is None else (row.at, row.event_id)


def number_of(look: Look, most: int) -> int:
    """How many events there are, at most `most`; and `most` where more would have to be looked through."""
    found = look.newest(most, "event_id").subquery()
    number = look.session.scalar(select(func.count()).select_from(found)) or 0
    return most if number < most and look.last_looked_at() else number


def _newest(facet: Facets) -> tuple[ColumnElement[Any], ...]:
    return tuple(getattr(facet, name).desc() for name in NEWEST)
