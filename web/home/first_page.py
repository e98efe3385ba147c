"""What a stranger is shown: where work stands, what can be tried, and why to believe it."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy.orm import Session

from web.access import engine, now, settings
from web.account.demo import DemoPerson, demo_people
from workflow.demo.guests import Demand, Load, Openings, demand
from workflow.engine.benches import OfficeKey
from workflow.oversight.checks.results import Check, last_checks
from workflow.programmes.lists.showcase import Showcase, showcase
from workflow.tlog.witnesses.anchors import departures

KEPT = 60.0
KEY = "primemover.landing"
DAY = timedelta(days=1)
JANE, JOAO, MARIE = "jane.okello", "joao.lima", "marie.laurent"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of the demo whom a visitor may be, and what waits for them."""

    person: DemoPerson
    load: Load


@dataclass(frozen=True, slots=True)
class Stories:
    """The three who have a story, and where it can begin."""

    jane: Guest
    joao: Guest
    marie: Guest
    openings: Openings


@dataclass(frozen=True, slots=True)
class Proof:
    """The last check of everything, and when a copy last left the house."""

    check: Check | None
    left_at: datetime | None

    def old(self, at: datetime) -> bool:
        """Whether the check was made too long ago to rely on."""
        ended = self.check.ended_at if self.check else None
        return ended is None or at - ended > DAY


@dataclass(frozen=True, slots=True)
class Landing:
    """The page as everybody sees it who has not signed in; outside the demo nobody stands on it."""

    at: datetime
    showcase: Showcase
    proof: Proof
    stories: Stories | None
    deciding: tuple[Guest, ...]
    writing: tuple[Guest, ...]
    reading: tuple[Guest, ...]


def landing() -> Landing:
    """The page as it was at most a minute ago; the demo, in which everything moves, asks anew."""
    kept: tuple[float, Landing] | None = current_app.extensions.get(KEY)
    if kept is None or settings().demo or time.monotonic() - kept[0] > KEPT:
        kept = time.monotonic(), _read()
        current_app.extensions[KEY] = kept
    return kept[1]


def _read() -> Landing:
    people = demo_people()
    with engine().reading() as session:
        asked = _demand(session, people) if people else Demand()
        guests = {each.email.partition("@")[0]: Guest(each, _load(each, asked)) for each in people}
        others = [guest for key, guest in guests.items() if key not in (JANE, JOAO, MARIE)]
        return Landing(
            at=now(),
            showcase=showcase(session, engine()),
            proof=_proof(session),
            stories=_stories(guests, asked.openings),
            deciding=_sorted(others, lambda load: bool(load.answers)),
            writing=_sorted(others, lambda load: bool(load.papers and not load.answers)),
            reading=_sorted(others, lambda load: not load.answers and not load.papers),
        )


def _demand(session: Session, people: tuple[DemoPerson, ...]) -> Demand:
    return demand(session, engine(), next(_parties(people, JOAO), 0), now())


def _parties(people: tuple[DemoPerson, ...], key: str) -> Iterator[int]:
    for each in people:
        if each.email.startswith(f"{key}@"):
            yield from (office.party_id for office in each.offices)


def _load(person: DemoPerson, asked: Demand) -> Load:
    held = [OfficeKey(each.role, each.party_id, each.body_id) for each in person.offices]
    mine = (load for asked_of, load in asked.loads.items() if _fits(held, asked_of))
    return sum(mine, Load())


def _fits(held: Sequence[OfficeKey], asked_of: OfficeKey) -> bool:
    """Whether somebody who holds these offices is among those who are asked."""
    return any(own.fits(asked_of) for own in held)


def _stories(guests: dict[str, Guest], openings: Openings) -> Stories | None:
    found = [guests.get(key) for key in (JANE, JOAO, MARIE)]
    jane, joao, marie = found
    return Stories(jane, joao, marie, openings) if jane and joao and marie else None


def _sorted(guests: list[Guest], fits: Callable[[Load], bool]) -> tuple[Guest, ...]:
    """Those whose load fits, late first, then by due date."""
    chosen = [guest for guest in guests if fits(guest.load)]
    return tuple(sorted(chosen, key=_place))


def _place(guest: Guest) -> tuple[bool, bool, float, int]:
    load = guest.load
    due = load.due.timestamp() if load.due else 0.0
    return not load.late, load.due is None, due, guest.person.id


def _proof(session: Session) -> Proof:
    checked = next(iter(last_checks(session, 1)), None)
    left = next(iter(departures(session, 1)), None)
    return Proof(checked, left.last_at if left else None)
