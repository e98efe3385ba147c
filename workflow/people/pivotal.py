"""Pivotal countries: who is one since when, and in which areas each wants to lead.

The report of 2004 has the office ask every pivotal country individually in which areas it wishes
to play a lead role (paragraph 15); the answers stand here and decide who is consulted.
"""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import InterestRegistered, PivotalDesignated
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_prose
from workflow.people.models import LeadInterest, Party, PivotalStatus
from workflow.people.register import registered
from workflow.phrase import day, phrase
from workflow.reference import reference


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
    if session.scalars(_pivotal(party_id, since)).first():
        raise Invalid(phrase("%(country)s is pivotal already.", country=country.name))
    named = PivotalStatus(party_id=party_id, since=since, evidence=evidence)
    session.add(named)
    session.flush()
    told = PivotalDesignated(party=country.key, since=since, evidence=evidence)
    registered(session, Fact(told, by, now))
    return named.id


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
    country = _country(session, party_id)
    if area not in reference().areas:
        raise Invalid(
            phrase("%(area)s is not an area.", area=f"{area!r:.60}"),
            {"area": phrase("Choose an area from the list.")},
        )
    if not session.scalars(_pivotal(party_id, on)).first():
        raise Invalid(
            phrase(
                "%(country)s is not a pivotal country on %(on)s; designate it first.",
                country=country.name,
                on=day(on),
            )
        )
    same = (LeadInterest.party_id == party_id, LeadInterest.area == area)
    interest = session.scalars(select(LeadInterest).where(*same)).one_or_none()
    if interest is None:
        interest = LeadInterest(party_id=party_id, area=area)
        session.add(interest)
    interest.registered_on, interest.note = on, kept_prose(note, "note")
    session.flush()
    told = InterestRegistered(party=country.key, area=area, on=on, note=interest.note)
    registered(session, Fact(told, by, now))
    return interest.id


def in_force(on: date) -> ColumnElement[bool]:
    """That a pivotal status holds on a day."""
    ends = or_(PivotalStatus.until.is_(None), PivotalStatus.until >= on)
    return (PivotalStatus.since <= on) & ends


def _pivotal(party_id: int, on: date) -> Select[int]:
    return select(PivotalStatus.id).where(PivotalStatus.party_id == party_id, in_force(on))


def _country(session: Session, party_id: int) -> Party:
    """The country with this id; a traditional donor joins as a partner and never leads."""
    party = session.get(Party, party_id)
    if party is None:
        raise NotFound(phrase("There is no such party."))
    if party.kind != "country" or party.iso3 in reference().donors:
        raise Invalid(
            phrase(
                "%(party)s is not a country of the South, so it cannot be pivotal.",
                party=party.name,
            )
        )
    return party
