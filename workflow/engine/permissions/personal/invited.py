"""Whom an officer added to those whom a round would ask, and whom they left out, each with the reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow.engine.domain import Found, domain_of
from workflow.engine.models import Round, SignOff
from workflow.lifecycles.clauses.invitation import ADD, changes_in
from workflow.lifecycles.definition import RoundSpec
from workflow.people.models import Party, Person
from workflow.reading import asked_once

# Why somebody is asked whom an officer added, as their seat keeps it.
ADDED = "invited besides"


@dataclass(frozen=True, slots=True)
class InvitedChange:
    """One country that was added or left out: why, and by whom."""

    party_id: int
    party: str
    added: bool
    reason: str
    person: str


def changes(session: Session, case_id: int, spec: RoundSpec) -> tuple[InvitedChange, ...]:
    """What officers changed of whom a round asks, the oldest first; of one country the last word counts."""
    found: dict[str, tuple[Mapping[str, str], str]] = {}
    for row in _answers(session, case_id, spec.invited_by) if spec.invited_by else ():
        for change in changes_in(row.answers):
            found.pop(change["country"], None)
            found[change["country"]] = (change, row.name)
    known = _countries(session, tuple(found))
    return tuple(
        InvitedChange(*known[country], change["change"] == ADD, change["reason"], person)
        for country, (change, person) in found.items()
        if country in known
    )


def composing(
    session: Session, case_id: int, spec: RoundSpec
) -> Callable[[str, Found], Found] | None:
    """What makes an invitation of those whom a round would ask; nothing where nobody composes it."""
    return partial(composed, session, case_id, spec) if spec.invited_by else None


def composed(session: Session, case_id: int, spec: RoundSpec, of: str, found: Found) -> Found:
    """Those whom `of` names in a round, with whom officers added and without those whom they left out.

    That is said of countries alone which the domain finds, and of no body: its seats are nobody's to change.
    """
    head, domain = of.partition(":")[0], domain_of(session)
    if not spec.invited_by or head not in domain.finders or head in domain.benches:
        return found
    told = changes(session, case_id, spec)
    left = {each.party_id for each in told if not each.added}
    there = [each for each in found if each[0] not in left]
    asked = {party for party, _ in there}
    came = [each.party_id for each in told if each.added and each.party_id not in asked]
    return [*there, *((party, ADDED) for party in came)]


@asked_once
def _answers(
    session: Session, case_id: int, rounds: tuple[str, ...]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The standing answers in the last opening of each of these rounds, in their order."""
    return session.execute(
        select(SignOff.answers, Person.name)
        .join(Round, Round.id == SignOff.round_id)
        .join(Person, Person.id == SignOff.person_id)
        .where(
            Round.case_id == case_id, Round.key.in_(rounds), SignOff.ended_as.in_(["", "voided"])
        )
        .order_by(SignOff.event_seq)
    ).all()


@asked_once
def _countries(session: Session, codes: tuple[str, ...]) -> Mapping[str, tuple[int, str]]:
    if not codes:
        return {}
    rows = session.execute(select(Party.iso3, Party.id, Party.name).where(Party.iso3.in_(codes)))
    return {iso3 or "": (party, name) for iso3, party, name in rows}
