"""The parts that parties take in a case, as the outcomes of its rounds name them."""

from sqlalchemy import delete, insert, select

from workflow.audit.events.cases import PartyJoined, PartyLeft
from workflow.engine.models import CaseParty, SignOff
from workflow.engine.permissions.participants import parties
from workflow.engine.round_state import RoundState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.terms import Appoints
from workflow.people.models import Party


def take_part(work: UnitOfWork, round_: RoundState, appoints: Appoints) -> None:
    """Give the parties that an outcome names their part in the case, in place of earlier ones."""
    session, case_id = work.session, work.case.id
    joining = _joining(work, round_, appoints)
    if appoints.of and not joining:
        return
    before = set(
        session.scalars(
            select(CaseParty.party_id).where(
                CaseParty.case_id == case_id, CaseParty.capacity == appoints.capacity
            )
        )
    )
    concerned = Party.id.in_(before | set(joining))
    keys = dict(session.execute(select(Party.id, Party.key).where(concerned)).all())
    session.execute(
        delete(CaseParty).where(
            CaseParty.case_id == case_id, CaseParty.capacity == appoints.capacity
        )
    )
    for party_id in joining:
        session.execute(
            insert(CaseParty).values(case_id=case_id, capacity=appoints.capacity, party_id=party_id)
        )
    for party_id in sorted(set(joining) ^ before):
        kind = PartyJoined if party_id in joining else PartyLeft
        work.note(kind(party=keys[party_id], capacity=appoints.capacity))


def _joining(work: UnitOfWork, round_: RoundState, appoints: Appoints) -> list[int]:
    session = work.session
    if appoints.of:
        found = parties(session, work.case.id, appoints.of, work.now.date())
        return [party for party, _ in found]
    if appoints.verdict:
        return [c.party_id for c in round_.seats if c.verdict == appoints.verdict]
    answers = session.scalars(
        select(SignOff.answers).where(SignOff.round_id == round_.id, SignOff.standing)
    )
    named = {given.get(appoints.question) for given in answers}
    return list(session.scalars(select(Party.id).where(Party.key.in_(named))))
