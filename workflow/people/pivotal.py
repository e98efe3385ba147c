"""Pivotal countries: who is one since when, and in which areas each wants to lead.

The report of 2004 has the office ask every pivotal country individually in which areas it wishes
to play a lead role (paragraph 15); the answers stand here and decide who is consulted.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import (
    InterestAsked,
    InterestDeclined,
    InterestRegistered,
    PivotalDesignated,
    PivotalEnded,
)
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_prose
from workflow.people.models import LeadInterest, Party, PivotalStatus
from workflow.people.register import registered
from workflow.phrase import day, phrase
from workflow.reference import reference

LEADS, LATER, DECLINES = "leads", "later", "declines"


def designate_pivotal(
    session: Session, party_id: int, since: date, evidence: str, *, by: int | None, now: datetime
) -> int:
    """Name a country as pivotal since a day, with the evidence for it.

    Refuses what is not a country of the South, a country that is pivotal already, and a
    designation without evidence.
    """
    country = _country(session, party_id)
    evidence = kept_prose(evidence, "evidence")
    if not evidence:
        raise Invalid(
            phrase("Say where this country is named as pivotal."),
            {"evidence": phrase("Give evidence.")},
        )
    if session.scalars(_lasting(party_id, since)).first():
        already = phrase("%(country)s is pivotal already.", country=country.name)
        raise Invalid(already, {"since": already})
    named = PivotalStatus(party_id=party_id, since=since, evidence=evidence)
    session.add(named)
    session.flush()
    told = PivotalDesignated(party=country.key, since=since, evidence=evidence)
    registered(session, Fact(told, by, now))
    return named.id


def end_pivotal(
    session: Session, party_id: int, until: date, ground: str, *, by: int | None, now: datetime
) -> None:
    """Let the pivotal status that a country has now end with the day `until`, on stated grounds.

    Who is consulted already stays consulted. Refuses a country that is not pivotal, a day before
    the first and an end without grounds.
    """
    country = _party(session, party_id)
    named = session.scalars(
        select(PivotalStatus)
        .where(PivotalStatus.party_id == party_id, PivotalStatus.until.is_(None))
        .with_for_update()
    ).one_or_none()
    if named is None:
        said = phrase("%(country)s has no pivotal status that could end.", country=country.name)
        raise Invalid(said, {"until": said})
    ground = kept_prose(ground, "ground")
    if not ground:
        said = phrase("Say on what grounds the pivotal status ends.")
        raise Invalid(said, {"ground": said})
    if until < named.since:
        said = phrase(
            "%(country)s is pivotal since %(since)s; that cannot end before.",
            country=country.name, since=day(named.since),
        )  # fmt: skip
        raise Invalid(said, {"until": said})
    named.until, named.ended_for = until, ground
    session.flush()
    told = PivotalEnded(party=country.key, since=named.since, until=until, ground=ground)
    registered(session, Fact(told, by, now))


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


def register_interest(
    session: Session,
    party_id: int,
    area: str,
    on: date,
    note: str,
    *,
    by: int | None,
    now: datetime,
) -> int:
    """Register that a pivotal country wants to lead in an area; asked again, it answers anew."""
    country, interest = _answered(session, party_id, area, on, LEADS)
    interest.note = kept_prose(note, "note")
    session.flush()
    told = InterestRegistered(party=country.key, area=area, on=on, note=interest.note)
    registered(session, Fact(told, by, now))
    return interest.id


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
    interest.note = kept_prose(note, "note")
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
            country=country.name, asked=day(interest.asked_on),
        )  # fmt: skip
        raise Invalid(said, {"on": said})
    interest.answer, interest.registered_on = answer, on
    return country, interest


def _interest(session: Session, party_id: int, area: str, on: date) -> tuple[Party, LeadInterest]:
    """The country with its row for the area; refuses an unknown area and who is not pivotal then."""
    country = _country(session, party_id)
    if area not in reference().areas:
        raise Invalid(
            phrase("%(area)s is not an area.", area=f"{area!r:.60}"),
            {"area": phrase("Choose an area from the list.")},
        )
    if not session.scalars(_pivotal(party_id, on)).first():
        said = phrase(
            "%(country)s is not a pivotal country on %(on)s; designate it first.",
            country=country.name, on=day(on),
        )  # fmt: skip
        raise Invalid(said, {"on": said})
    same = (LeadInterest.party_id == party_id, LeadInterest.area == area)
    interest = session.scalars(select(LeadInterest).where(*same)).one_or_none()
    if interest is None:
        interest = LeadInterest(party_id=party_id, area=area, answer="")
        session.add(interest)
    return country, interest


def in_force(on: date) -> ColumnElement[bool]:
    """That a pivotal status holds on a day."""
    ends = or_(PivotalStatus.until.is_(None), PivotalStatus.until >= on)
    return (PivotalStatus.since <= on) & ends


def _pivotal(party_id: int, on: date) -> Select[int]:
    return select(PivotalStatus.id).where(PivotalStatus.party_id == party_id, in_force(on))


def _lasting(party_id: int, since: date) -> Select[int]:
    """Statuses of a country that hold on a day or on any after it."""
    ends = or_(PivotalStatus.until.is_(None), PivotalStatus.until >= since)
    return select(PivotalStatus.id).where(PivotalStatus.party_id == party_id, ends)


def _country(session: Session, party_id: int) -> Party:
    """The country with this id; a traditional donor joins as a partner and never leads."""
    party = _party(session, party_id)
    if party.kind != "country" or not reference().is_developing(party.iso3):
        said = phrase(
            "%(party)s is not a country of the South, so it cannot be pivotal.", party=party.name
        )
        raise Invalid(said, {"country": said})
    return party


def _party(session: Session, party_id: int) -> Party:
    party = session.get(Party, party_id)
    if party is None:
        raise NotFound(phrase("There is no such party."))
    return party
