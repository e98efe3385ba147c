"""What joining and leaving comes to in a lead group, and what a change of the group comes to in its programmes."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from workflow.audit.events.cases import TakingPart
from workflow.audit.events.lead_groups.groups import LeadGroupChanged, ProgrammeLetGo
from workflow.engine import round_state
from workflow.engine.cases.exchanges import Exchange, exchanged, follow
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.rounds import closure, new_rounds
from workflow.engine.unit_of_work import UnitOfWork
from workflow.people.models import Party
from workflow.programmes.lead_groups import turns
from workflow.programmes.lead_groups.models import LedProgramme
from workflow.programmes.lead_groups.turns import CHAIR_TERM, CONVENOR, LEAD, SUBJECT
from workflow.vocabulary import PROPOSER, Stage

# What the cases under a lead group are about.
LEAVING, JOINING, TERMS = "leaving", "joining", "terms"
LEFT, JOINED, LOST_STATUS, FOLLOWED = "left", "joined", "status", "followed"
# Fewer do not lead together.
FEWEST = 2


def take_change(work: UnitOfWork, case_id: int, _said: Mapping[str, Any]) -> None:
    """In a locked lead group, let a country join or leave whose case under it has ended so.

    Of cases about anything else nothing follows.
    """
    if work.case.subject != SUBJECT:
        return
    case = work.session.execute(
        select(LifecycleCase.subject, CaseParty.party_id)
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .where(LifecycleCase.id == case_id, CaseParty.capacity == PROPOSER)
    ).one()
    if case.subject == LEAVING:
        leave(work, case.party_id, LEFT)
    elif case.subject == JOINING:
        _join(work, case.party_id)


def leave(work: UnitOfWork, party: int, why: str) -> None:
    """Let a member leave a locked lead group; where it convened, the next in turn does at once.

    Where too few are left the group ends, as its lifecycle says.
    """
    here = turns.members(work.session, work.case.id)
    if party not in here:
        return
    left = tuple(each for each in here if each != party)
    convened = turns.convenor(work.session, work.case.id) == party
    following = turns.in_turn(work.session, work.case.id) if convened else ()
    taking = {LEAD: left}
    if convened:
        taking[CONVENOR] = following[:1] if len(left) >= FEWEST else ()
    _change(work, taking, why)
    if convened and work.case.stage != Stage.END.value:
        _begin_term(work)


def _join(work: UnitOfWork, party: int) -> None:
    here = turns.members(work.session, work.case.id)
    if party in here:
        return
    _change(work, {LEAD: (*here, party)}, JOINED)


def _change(work: UnitOfWork, taking: Mapping[str, tuple[int, ...]], why: str) -> None:
    """Give these parties their parts, tell so, and have open rounds follow."""
    exchanges = exchanged(work, {part: _keys(work, which) for part, which in taking.items()})
    _tell(work, work.case.ref, why)
    follow(work, exchanges)


def follow_group(work: UnitOfWork, led: int, group: int) -> bool:
    """Have a locked programme follow its lead group; whether anything changed in it.

    Who left leads it no longer, their seats are taken back and those of who joined open; what the lifecycle of the
    programme opens as parties leave then opens. A group that has ended lets it go.
    """
    session = work.session
    above = session.execute(
        select(LifecycleCase.ref, LifecycleCase.stage, LifecycleCase.head_at).where(
            LifecycleCase.id == group
        )
    ).one()
    taking = {part: _taking(work, group, part) for part in (LEAD, CONVENOR)}
    exchanges: tuple[Exchange, ...] = ()
    if work.case.stage != Stage.END.value and _differs(work, taking):
        exchanges = exchanged(work, {part: _keys(work, now) for part, now in taking.items()})
        _tell(work, above.ref, FOLLOWED)
    values: dict[str, Any] = {"followed_at": above.head_at or work.now}
    if above.stage == Stage.END.value:
        told = work.note(ProgrammeLetGo(group=above.ref, programme=work.case.ref))
        values["let_go_at"] = told.at
    session.execute(update(LedProgramme).where(LedProgramme.id == led).values(values))
    if exchanges:
        follow(work, exchanges)
    return bool(exchanges)


def _differs(work: UnitOfWork, taking: Mapping[str, tuple[int, ...]]) -> bool:
    return any(set(_taking(work, work.case.id, part)) != set(now) for part, now in taking.items())


def _begin_term(work: UnitOfWork) -> None:
    """Count the term of a convenor that took the chair out of turn from now on."""
    spec = work.definition.rounds.get(CHAIR_TERM)
    if spec is None:
        return
    for round_ in round_state.open_rounds(work.session, work.case.id):
        if round_.key in (CHAIR_TERM, *work.definition.opened_through(CHAIR_TERM)):
            closure.overtake(work, round_)
    new_rounds.open_round(work, spec)


def _tell(work: UnitOfWork, group: str, why: str) -> None:
    names = {
        part: sorted(_keys(work, _taking(work, work.case.id, part))) for part in (LEAD, CONVENOR)
    }
    parties = tuple(
        TakingPart(capacity=part, party=key) for part, keys in names.items() for key in keys
    )
    version = work.next_version()
    work.note(LeadGroupChanged(group=group, why=why, parties=parties, version=version))


def _taking(work: UnitOfWork, case_id: int, capacity: str) -> tuple[int, ...]:
    found = select(CaseParty.party_id).where(
        CaseParty.case_id == case_id, CaseParty.capacity == capacity
    )
    return tuple(work.session.scalars(found.order_by(CaseParty.party_id)))


def _keys(work: UnitOfWork, parties: tuple[int, ...]) -> dict[str, int]:
    rows = work.session.execute(select(Party.id, Party.key).where(Party.id.in_(parties)))
    return {row.key: row.id for row in rows}
