"""In which areas each pivotal country wants to lead: when it was asked, and what it answered.

The report of 2004 has the office ask every pivotal country individually in which areas it wishes
to play a lead role (paragraph 15); the answers stand here and decide who is consulted.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import (
    InterestAsked,
    InterestDeclined,
    InterestEnded,
    InterestRegistered,
)
from workflow.errors import Invalid
from workflow.free_text import kept_prose
from workflow.people.models import LeadInterest, Party
from workflow.people.pivotal.statuses import holding, pivotal_country
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.reference import reference

LEADS, SUPPORTS, LATER, DECLINES = "leads", "supports", "later", "declines"


def ask_interest(
    session: Session, party_id: int, area: str, on: date, *, by: int | None, now: datetime
) -> int:
    """Note that a pivotal country was asked whether it wants to lead in an area.

    What it answered before stands until it answers again.
    """
    country, interest = _interest(session, party_id, area, on)
    interest.asked_on = on
    session.flush()
    told = InterestAsked(party=country.key, area=area, on=on)
    registered(session, Fact(told, by, now))
    return interest.id


def holds_on(on: date) -> ColumnElement[bool]:
    """That a country leads or supports in an area on a day, by what it answered."""
    lasts = or_(LeadInterest.until.is_(None), LeadInterest.until >= on)
    return LeadInterest.answer.in_((LEADS, SUPPORTS)) & lasts


def register_interest(  # noqa: PLR0913
    session: Session,
    party_id: int,
    area: str,
    on: date,
    note: str,
    *,
    supports: bool = False,
    until: date | None = None,
    by: int | None,
    now: datetime,
) -> int:
    """Register that a pivotal country wants to lead in an area, or supports others there.

    It holds up to `until`, or until another answer; asked again, the country answers anew. Refuses a
    last day that comes before the answer.
    """
    country, interest = _answered(session, party_id, area, on, SUPPORTS if supports else LEADS)
    if until is not None and until < on:
        said = phrase("It cannot hold until %(until)s, a day before the answer.", until=until)
        raise Invalid(said, {"until": said})
    interest.note, interest.until = kept_prose(note, "note"), until
    session.flush()
    told = InterestRegistered(
        party=country.key, area=area, on=on, note=interest.note, supports=supports, until=until
    )
    registered(session, Fact(told, by, now))
    return interest.id


def end_interest(
    session: Session, party_id: int, area: str, until: date, *, by: int | None, now: datetime
) -> None:
    """Let what a country registered in an area hold up to a day, which is included, and no longer.

    Refuses a country that neither leads nor supports there, and a day before its answer.
    """
    country, interest = _interest(session, party_id, area, now.date())
    if interest.answer not in (LEADS, SUPPORTS) or interest.registered_on is None:
        said = phrase("%(country)s registered nothing there that could end.", country=country.name)
        raise Invalid(said, {"until": said})
    if until < interest.registered_on:
        said = phrase("It cannot hold until %(until)s, a day before the answer.", until=until)
        raise Invalid(said, {"until": said})
    interest.until = until
    session.flush()
    registered(session, Fact(InterestEnded(party=country.key, area=area, until=until), by, now))


def decline_interest(  # noqa: PLR0913
    session: Session,
    party_id: int,
    area: str,
    answer: str,
    on: date,
    note: str,
    *,
    by: int | None,
    now: datetime,
) -> int:
    """Register that a pivotal country does not want to lead in an area, or not now."""
    if answer not in (LATER, DECLINES):
        said = phrase("The answer is that it leads, later or that it declines.")
        raise Invalid(said, {"answer": said})
    country, interest = _answered(session, party_id, area, on, answer)
    interest.note, interest.until = kept_prose(note, "note"), None
    session.flush()
    told = InterestDeclined(party=country.key, area=area, answer=answer, on=on, note=interest.note)
    registered(session, Fact(told, by, now))
    return interest.id


def _answered(
    session: Session, party_id: int, area: str, on: date, answer: str
) -> tuple[Party, LeadInterest]:
    """The country with its row for the area, answered on a day; not before it was asked."""
    country, interest = _interest(session, party_id, area, on)
    if interest.asked_on is not None and on < interest.asked_on:
        said = phrase(
            "%(country)s was asked on %(asked)s; it cannot have answered before.",
            country=country.name, asked=interest.asked_on,
        )  # fmt: skip
        raise Invalid(said, {"on": said})
    interest.answer, interest.registered_on = answer, on
    return country, interest


def _interest(session: Session, party_id: int, area: str, on: date) -> tuple[Party, LeadInterest]:
    """The country with its row for the area; refuses an unknown area and who is not pivotal then."""
    country = pivotal_country(session, party_id)
    if area not in reference().areas:
        raise Invalid(
            phrase("%(area)s is not an area.", area=f"{area!r:.60}"),
            {"area": phrase("Choose an area from the list.")},
        )
    if not session.scalars(holding(party_id, on)).first():
        said = phrase(
            "%(country)s is not a pivotal country on %(on)s; designate it first.",
            country=country.name, on=on,
        )  # fmt: skip
        raise Invalid(said, {"on": said})
    same = (LeadInterest.party_id == party_id, LeadInterest.area == area)
    interest = session.scalars(select(LeadInterest).where(*same)).one_or_none()
    if interest is None:
        interest = LeadInterest(party_id=party_id, area=area, answer="")
        session.add(interest)
    return country, interest
