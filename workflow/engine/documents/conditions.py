"""The conditions of a lifecycle, asked of a case as it stands: its documents, its facts and an answer."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.answers.given import last_given
from workflow.engine.documents import bound_content
from workflow.engine.documents.above.said import said_above
from workflow.engine.documents.checked import bodies_of, facts_of
from workflow.engine.documents.in_force import in_force_above
from workflow.engine.domain import domain_of
from workflow.engine.models import SignOff
from workflow.lifecycles.checks import hold
from workflow.lifecycles.checks.check import BY_CLAUSE, CASE, IN_FORCE
from workflow.lifecycles.checks.condition import CaseCondition, Conditions
from workflow.lifecycles.checks.known import Content, KnownValues
from workflow.lifecycles.clauses.remarks import by_clause
from workflow.lifecycles.definition import Target
from workflow.lifecycles.rule import Rule
from workflow.lifecycles.seat import SeatSpec


class WayTaken(NamedTuple):
    """The way that an outcome leads: its number, 0 where it is none of the branches, and where to."""

    number: int
    target: Target


def way_taken(session: Session, case_id: int, leads: Target, round_id: int) -> WayTaken:
    """The first branch of an outcome of this round whose conditions hold, or else where it leads otherwise."""
    if leads.branches:
        asked = [each for branch in leads.branches for each in branch.when]
        known = _known(session, case_id, asked, _answers(session, round_id))
        for number, branch in enumerate(leads.branches, 1):
            if hold(branch.when, known):
                return WayTaken(number, branch.to)
    return WayTaken(0, leads)


def all_hold(session: Session, case_id: int, conditions: Conditions) -> bool:
    """Whether all of these hold of a case as it stands."""
    return not conditions or hold(conditions, _known(session, case_id, conditions, {}))


def seats_asked(session: Session, case_id: int, rule: Rule) -> tuple[SeatSpec, ...]:
    """The seats of a rule that are asked of the case as it stands."""
    return tuple(seat for seat in rule.seats if all_hold(session, case_id, seat.when))


def _known(
    session: Session, case_id: int, conditions: Collection[CaseCondition], own: Content
) -> KnownValues:
    """What these conditions look at; nothing else is read."""
    named = {place.document for each in conditions for place in each.relation.places()}
    domain = domain_of(session)
    places = (place for each in conditions for place in each.relation.places())
    facts = facts_of(session, case_id, {each.field for each in places if each.document == CASE})
    texts = _texts(session, case_id, named)
    if IN_FORCE in named:
        texts[IN_FORCE] = in_force_above(session, case_id)
    looked = [place for each in conditions for place in each.relation.places()]
    texts |= said_above(session, case_id, frozenset(place for place in looked if place.above))
    if BY_CLAUSE in named:
        rounds = tuple(sorted({each.field for each in looked if each.document == BY_CLAUSE}))
        texts[BY_CLAUSE] = {key: _commenting(session, case_id, key) for key in rounds}
    return KnownValues(own, texts, facts, domain.groups(session))


def _commenting(session: Session, case_id: int, round_key: str) -> list[str]:
    """The parties that commented on a clause in the last opening of a round."""
    given = last_given(session, case_id, round_key)
    return [each.party_key for each in given if by_clause(each.answers)]


def _texts(session: Session, case_id: int, named: set[str]) -> dict[str, Content]:
    """What the newest versions of these documents say, as far as they are filed."""
    newest = bound_content.newest(session, case_id)
    versions = tuple((key, newest[key].version) for key in sorted(named & newest.keys()))
    bodies = bodies_of(session, case_id, versions)
    return {key: canonical.parse(body) for key, body in bodies.items()}


def _answers(session: Session, round_id: int) -> Content:
    """What the one who decided a round answered to its questions."""
    given = select(SignOff.answers).where(SignOff.round_id == round_id, SignOff.standing)
    found: Content | None = session.scalars(given.order_by(SignOff.id.desc())).first()
    return found or {}
