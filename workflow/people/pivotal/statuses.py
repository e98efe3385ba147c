"""Pivotal countries: who is one from when to when, with the evidence for it."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.register import PivotalDesignated, PivotalEnded
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_prose
from workflow.people.models import Party, PivotalStatus
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.reference import reference


def designate_pivotal(
    session: Session, party_id: int, since: date, evidence: str, *, by: int | None, now: datetime
) -> int:
    """Name a country as pivotal since a day, with the evidence for it.

    Refuses what is not a country of the South, a country that is pivotal already, and a
    designation without evidence.
    """
    country = pivotal_country(session, party_id)
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
            country=country.name, since=named.since,
        )  # fmt: skip
        raise Invalid(said, {"until": said})
    named.until, named.ended_for = until, ground
    session.flush()
    told = PivotalEnded(party=country.key, since=named.since, until=until, ground=ground)
    registered(session, Fact(told, by, now))


def in_force(on: date) -> ColumnElement[bool]:
    """That a pivotal status holds on a day."""
    ends = or_(PivotalStatus.until.is_(None), PivotalStatus.until >= on)
    return (PivotalStatus.since <= on) & ends


def holding(party_id: int, on: date) -> Select[int]:
    """The statuses of a country that hold on a day."""
    return select(PivotalStatus.id).where(PivotalStatus.party_id == party_id, in_force(on))


def _lasting(party_id: int, since: date) -> Select[int]:
    """Statuses of a country that hold on a day or on any after it."""
    ends = or_(PivotalStatus.until.is_(None), PivotalStatus.until >= since)
    return select(PivotalStatus.id).where(PivotalStatus.party_id == party_id, ends)


def pivotal_country(session: Session, party_id: int) -> Party:
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
