"""Planning a meeting: of what kind, where and when, what for, and who is invited as what, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from workflow.engine.engine import Engine
from workflow.errors import Invalid
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.programmes.alone import begin
from workflow.programmes.meetings.lines import INVITED, SUBJECT
from workflow.vocabulary import HOUSE

# The lifecycle on which meetings are planned.
LIFECYCLE = SUBJECT
PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Guest:
    """A country by its three letters, or an organisation by its name: invited as what, and why."""

    named: str
    why: str
    capacity: str = PARTICIPANT


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """What is said of a meeting before it is called; days that are not known are left open.

    `kind` is consultation, regional, session or forum; `month` has two digits.
    """

    title: str
    kind: str
    place: str
    year: int
    purpose: str
    month: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    region: str = ""
    framework: str = ""
    areas: tuple[str, ...] = ()
    countries: tuple[Guest, ...] = ()
    others: tuple[Guest, ...] = ()

    def as_text(self) -> dict[str, Any]:
        """The plan as it is filed; what is not said is left out."""
        said: Mapping[str, Any] = {
            "title": self.title,
            "kind": self.kind,
            "place": self.place,
            "year": str(self.year),
            "month": self.month,
            "starts_on": self.starts_on.isoformat() if self.starts_on else "",
            "ends_on": self.ends_on.isoformat() if self.ends_on else "",
            "region": self.region,
            "framework": self.framework,
            "areas": list(self.areas),
            "purpose": self.purpose,
            INVITED: [_row("country", each) for each in self.countries],
            "others": [_row("name", each) for each in self.others],
        }
        return {name: value for name, value in said.items() if value}


def plan(engine: Engine, person: int, wish: MeetingPlan, key: str = "") -> str:
    """Plan a meeting in the name of the house; returns its reference.

    Sent twice under one key it is planned once. Refuses whoever is no officer of the house, and at its field
    what cannot be kept.
    """
    if not wish.countries or not all(each.why.strip() for each in wish.countries):
        said = phrase("Say which countries are invited, one at least, and of each why.")
        raise Invalid(said, {INVITED: said})
    with engine.reading() as session:
        house = session.scalars(select(Party.id).where(Party.key == HOUSE)).one()
    return begin(engine, person, house, wish.as_text(), key, lifecycle=LIFECYCLE).ref


def named(countries: Sequence[str], why: str, capacity: str = PARTICIPANT) -> tuple[Guest, ...]:
    """These countries, all invited as the same and for the same reason."""
    codes = dict.fromkeys(each.strip().upper() for each in countries if each.strip())
    return tuple(Guest(code, why, capacity) for code in codes)


def _row(column: str, guest: Guest) -> dict[str, str]:
    return {column: guest.named, "capacity": guest.capacity, "why": guest.why}
