"""What an invitation may say: whom it adds and leaves out, held against whom the round would ask today."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from workflow.engine.benches import OfficeKey
from workflow.engine.permissions import participants
from workflow.engine.permissions.offices import is_held
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.clauses.invitation import ADD, INVITATION, changes_in
from workflow.lifecycles.definition import RoundSpec
from workflow.people.models import Party
from workflow.phrase import Lowered, Phrase, counted, phrase, together


def problems(work: UnitOfWork, spec: RoundSpec, answers: Mapping[str, Any]) -> Mapping[str, Phrase]:
    """By question: what is wrong with an invitation that is composed in this answer, if anything is."""
    rows = tuple(changes_in(answers))
    composed = (each for each in work.definition.rounds.values() if spec.key in each.invited_by)
    asking = next(composed, None)
    if asking is None or not rows:
        return {}
    wrong = tuple(_wrong(work, asking, rows))
    return {INVITATION: together(wrong)} if wrong else {}


def _wrong(
    work: UnitOfWork, asking: RoundSpec, rows: tuple[Mapping[str, str], ...]
) -> Iterator[Phrase]:
    today = work.now.date()
    asked = {
        each.party_id for each in participants.would_ask(work.session, work.case.id, asking, today)
    }
    known = _parties(work, {row["country"] for row in rows})
    named: set[str] = set()
    for row in rows:
        party = known.get(row["country"])
        if row["country"] in named:
            yield phrase("%(country)s stands there twice; say it once.", country=row["country"])
        elif party is None:
            yield phrase(
                "%(country)s is not entered here; ask an administrator to enter it.",
                country=row["country"],
            )
        elif row["change"] == ADD:
            yield from _added(work, asking, party, asked)
            asked |= {party.id}
        elif party.id not in asked:
            yield phrase("%(country)s would not be asked anyway.", country=party.name)
        else:
            asked -= {party.id}
        named.add(row["country"])
    if len(asked) < asking.rule.quorum_least:
        yield counted(
            "Fewer than %(num)s country would be asked, and the consultation could not pass.",
            "Fewer than %(num)s countries would be asked, and the consultation could not pass.",
            asking.rule.quorum_least,
        )


def _added(work: UnitOfWork, asking: RoundSpec, party: Party, asked: set[int]) -> Iterator[Phrase]:
    """Why a country cannot be asked besides."""
    role = work.definition.roles[asking.rule.seats[0].role]
    if party.id in asked:
        yield phrase("%(country)s is asked anyway.", country=party.name)
    elif not is_held(work.session, OfficeKey(asking.rule.seats[0].role, party.id), work.now.date()):
        yield phrase(
            "Nobody is %(role)s for %(country)s; somebody has to be appointed before it is asked.",
            role=Lowered(role.label),
            country=party.name,
        )


def _parties(work: UnitOfWork, codes: set[str]) -> Mapping[str, Party]:
    rows = work.session.scalars(select(Party).where(Party.iso3.in_(sorted(codes))))
    return {party.iso3 or "": party for party in rows}
