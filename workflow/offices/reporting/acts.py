"""Setting a party's reporting calendar: asked for by one administrator, confirmed or declined by another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import ReportingAsked, ReportingDeclined, ReportingSet
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.models import CaseParty
from workflow.errors import Invalid, NotFound, Stale
from workflow.people.administrators import refuse_all_but_administrators, two_administer
from workflow.people.four_eyes.second import (
    CONFIRMED,
    DECLINED,
    administrators_today,
    decided,
    reason_to_decline,
    to_confirm,
    to_decide,
)
from workflow.people.models import Party
from workflow.people.register import claim_register, registered
from workflow.people.reporting.kept import reporting_calendars
from workflow.people.reporting.models import ReportingCalendar
from workflow.phrase import Phrase, phrase, together
from workflow.vocabulary import HOUSE

# A calendar comes into force within so many years.
AHEAD = 5
LONGEST = 366


@dataclass(frozen=True, slots=True)
class ReportingWish:
    """A reporting calendar as somebody sets it, for periods that begin `since` a day.

    The financial year begins in the month `begins_in`, 1 to 12; reports are due `within` so many days
    after the end of their period.
    """

    since: date
    begins_in: int
    within: int


@dataclass(frozen=True, slots=True)
class ReportingOutcome:
    """The number that a reporting calendar is kept under, and whether it waits for a second administrator."""

    number: int
    waits: bool


def ask(
    session: Session, party: int, wish: ReportingWish, *, by: int, now: datetime
) -> ReportingOutcome:
    """Set the reporting calendar of a party, or let it wait for the second administrator where there are two.

    No period that has begun is counted anew: refused is a day that has begun. Refused are as well a
    month that is none, days that are none or more than a year, what says what is kept already, and a
    second wish for a party while one waits.
    """
    refuse_all_but_administrators(session, by, now)
    known = session.get(Party, party)
    if known is None:
        raise NotFound(phrase("There is no such party."))
    claim_register(session)
    faults = _faults(wish, now.date()) or _kept_already(session, party, wish)
    if faults:
        raise Invalid(together(faults.values()), faults)
    _refuse_twice(session, party, now)
    asked = ReportingCalendar(
        party_id=party, since=wish.since, begins_in=wish.begins_in, within=wish.within,
        asked_by=by, asked_at=now, outcome="", reason="",
    )  # fmt: skip
    session.add(asked)
    session.flush()
    if not two_administer(session, now.date()):
        _set(session, asked, known, by=by, now=now)
        return ReportingOutcome(asked.id, waits=False)
    told = ReportingAsked(
        number=asked.id, party=known.key, since=asked.since, begins_in=asked.begins_in, within=asked.within
    )  # fmt: skip
    asked.asked_at = registered(session, Fact(told, by, now)).at
    session.flush()
    return ReportingOutcome(asked.id, waits=True)


def confirm(session: Session, number: int, *, by: int, now: datetime) -> date:
    """Set what another administrator asked for; returns the day from which on it counts.

    Where its first day came while it waited, it counts from tomorrow on.
    """
    asked = to_confirm(session, ReportingCalendar, number, by=by, now=now)
    asked.since = max(asked.since, now.date() + timedelta(days=1))
    party = session.get_one(Party, asked.party_id)
    _set(session, asked, party, by=by, now=now)
    return asked.since


def decline(session: Session, number: int, reason: str, *, by: int, now: datetime) -> None:
    """Decline what another administrator asked for, with the reason; periods are counted as before."""
    reason = reason_to_decline(reason)
    asked = to_decide(session, ReportingCalendar, number, by=by, now=now)
    party = session.get_one(Party, asked.party_id)
    told = ReportingDeclined(
        number=asked.id, party=party.key, asked_by=asked.asked_by, reason=reason
    )
    registered(session, Fact(told, by, now))
    decided(session, asked, DECLINED, by=by, now=now, reason=reason)


def _set(
    session: Session, asked: ReportingCalendar, party: Party, *, by: int, now: datetime
) -> None:
    told = ReportingSet(
        number=asked.id,
        party=party.key,
        since=asked.since,
        begins_in=asked.begins_in,
        within=asked.within,
        asked_by=None if asked.asked_by == by else asked.asked_by,
    )
    at = registered(session, Fact(told, by, now)).at
    if told.asked_by is None:
        asked.asked_at = asked.decided_at = at
        asked.outcome = CONFIRMED
    else:
        decided(session, asked, CONFIRMED, by=by, now=at)
    session.flush()
    _look_again(session, asked, party, now)


def _look_again(session: Session, asked: ReportingCalendar, party: Party, now: datetime) -> None:
    """Have the schedules looked at anew whose next period begins under this calendar.

    They are few, since most next periods have begun. What is looked at is written down anew, and opens
    nothing before its time.
    """
    of_party = ChildSchedule.case_id.in_(
        select(CaseParty.case_id).where(CaseParty.party_id == party.id)
    )
    others = () if party.key == HOUSE else (of_party,)
    ahead = ChildSchedule.opens_at > now, ChildSchedule.period_from >= asked.since
    session.execute(update(ChildSchedule).where(*ahead, *others).values(opens_at=now))


def _faults(wish: ReportingWish, today: date) -> dict[str, Phrase]:
    faults: dict[str, Phrase] = {}
    if wish.since <= today:
        faults["since"] = phrase(
            "A reporting calendar counts for periods that begin from %(first)s on at the earliest, so "
            "that no period that has begun is counted anew.",
            first=today + timedelta(days=1),
        )
    elif wish.since.year > today.year + AHEAD:
        faults["since"] = phrase("A calendar comes into force within %(years)s years.", years=AHEAD)
    if not 1 <= wish.begins_in <= 12:
        faults["begins_in"] = phrase("The months of a year are 1 to 12.")
    if not 1 <= wish.within <= LONGEST:
        faults["within"] = phrase(
            "Reports are due from 1 to %(most)s days after the end of their period.", most=LONGEST
        )
    return faults


def _kept_already(session: Session, party: int, wish: ReportingWish) -> dict[str, Phrase]:
    kept = reporting_calendars(session, [party]).get(party, ())
    said = (wish.begins_in, wish.within)
    if kept and (kept[-1].begins_in, kept[-1].within) == said:
        return {
            "begins_in": phrase("This is what the reporting calendar of this party says already.")
        }
    if kept and wish.since <= kept[-1].since:
        return {
            "since": phrase(
                "Another one counts from %(day)s on already; name a later day.", day=kept[-1].since
            )
        }
    return {}


def _refuse_twice(session: Session, party: int, now: datetime) -> None:
    """Refuse a second wish while one waits: whoever decides shall know what they decide."""
    waits = select(ReportingCalendar.id).where(
        ReportingCalendar.party_id == party,
        ReportingCalendar.outcome == "",
        ReportingCalendar.asked_by.in_(administrators_today(session, now.date())),
    )
    number = session.scalars(waits.limit(1)).first()
    if number is not None:
        raise Stale(
            phrase(
                "A reporting calendar of this party waits for a second administrator already (number "
                "%(number)s). Decide on it first.",
                number=number,
            )
        )
