"""What the end of a case means for those under it, and for the one that it stands under.

An act on a case never waits for the one above: that it ended is written on its own row, and made known
above by whoever next has that one under its lock.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select, update

from workflow.audit.events.cases import StateEntered
from workflow.audit.events.rounds import RoundFreed
from workflow.engine import notifications, round_state
from workflow.engine.cases import schedules
from workflow.engine.cases.amended import amend
from workflow.engine.cases.beginnings import open_children
from workflow.engine.cases.exchanges import Exchange, follow
from workflow.engine.children.models import ChildCase
from workflow.engine.children.waits import CaseBelow, cases_below, unmet_waits
from workflow.engine.domain import domain_of
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import closure, time_acts
from workflow.engine.unit_of_work import UnitOfWork, lock_case_by_id
from workflow.lifecycles.children.kinds import ChildOpens
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.notices.vocabulary import NoticeKind
from workflow.vocabulary import Stage

OWED = ChildCase.ended_at.is_not(None) & ChildCase.heard_at.is_(None)


def ended(work: UnitOfWork) -> None:
    """Owe it to the case above that this one has ended, and end with it what ends with it."""
    if work.case.parent_id is not None:
        own = update(ChildCase).where(ChildCase.case_id == work.case.id)
        work.session.execute(own.values(ended_at=work.now))
    if any(kind.ends_with for kind in work.definition.children.values()):
        _end_below(work)


def _end_below(work: UnitOfWork) -> None:
    """Put the open cases that end with this one into the state that their lifecycles have for it."""
    _overtake_all(work, _ending_below(work))


def _ending_below(work: UnitOfWork) -> list[int]:
    """The open cases that end with this one, those among them that went on under one that has ended."""
    found: list[int] = []
    above = {work.case.id: work.definition}
    while above:
        below = (
            select(
                *(ChildCase.case_id, ChildCase.parent_id, ChildCase.kind),
                *(LifecycleCase.stage, LifecycleCase.definition_id),
            )
            .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
            .where(ChildCase.parent_id.in_(sorted(above)))
            .order_by(ChildCase.case_id)
        )
        ended: dict[int, Definition] = {}
        for row in work.session.execute(below):
            kind = above[row.parent_id].children.get(row.kind)
            if kind is None or not kind.ends_with:
                continue
            if row.stage != Stage.END.value:
                found.append(row.case_id)
                continue
            followed = engine_of(work.session).definition(row.definition_id or 0, work.session)
            if any(each.ends_with for each in followed.children.values()):
                ended[row.case_id] = followed
        above = ended
    return found


def _overtake_all(work: UnitOfWork, which: Sequence[int]) -> None:
    for case_id in which:
        case = lock_case_by_id(work.transaction, case_id)
        if case.stage != Stage.END.value:
            definition = engine_of(work.transaction).definition_of(
                work.transaction, case.definition_id
            )
            _overtake(UnitOfWork(work.transaction, case, definition, None, work.now), work.case.ref)


def _overtake(work: UnitOfWork, parent: str) -> None:
    """End a case because the one above ended; one whose lifecycle has no state for that goes on."""
    states = work.definition.states.values()
    state = next((each for each in states if each.overtaken_by_parent), None)
    if state is None:
        return
    closure.leave(work, state.key, None)
    case = work.case
    before, case.state, case.stage = case.state, state.key, state.stage.value
    case.entered_at = work.now
    work.note(
        StateEntered(
            before=before,
            state=state.key,
            stage=case.stage,
            round="",
            outcome="",
            version=work.next_version(),
            parent=parent,
        )
    )
    schedules.plan(work)
    ended(work)
    work.close()


def hear(work: UnitOfWork) -> int:
    """Make known on a locked case what has ended below: returns of how many cases that was.

    What was signed there to change its facts changes them now, in the order in which the cases ended.
    Whoever may answer from now on is told, once; a round that time would have settled is looked at again.
    """
    owed = select(ChildCase.case_id, LifecycleCase.ref).join(
        LifecycleCase, LifecycleCase.id == ChildCase.case_id
    )
    mine = owed.where(ChildCase.parent_id == work.case.id, OWED)
    in_turn = mine.order_by(ChildCase.ended_at, ChildCase.case_id)
    fresh = {row.case_id: row.ref for row in work.session.execute(in_turn)}
    if not fresh:
        return 0
    taking: tuple[Exchange, ...] = ()
    for case_id, ref in fresh.items():
        taking += amend(work, case_id, ref)
        known = update(ChildCase).where(ChildCase.case_id == case_id, OWED)
        work.session.execute(known.values(heard_at=work.now))
    domain_of(work.session).text_filed(work.session, work.definition, work.case.id)
    _others_take_part(work, taking)
    schedules.plan(work)
    below = cases_below(work.session, [work.case.id]).get(work.case.id, ())
    for round_ in round_state.open_rounds(work.session, work.case.id):
        spec = work.definition.rounds[round_.key]
        if spec.waits_for and _came_free(work, spec, below, set(fresh.values())):
            _tell(work, spec, round_)
    return len(fresh)


def _others_take_part(work: UnitOfWork, taking: Sequence[Exchange]) -> None:
    """End the parts of those who left and open those of who joined, and have all else follow who takes part now."""
    for kind in work.definition.children.values():
        for each in taking:
            if kind.for_each == each.capacity:
                _end_parts(work, kind.key, each.left)
    follow(work, taking)
    for kind in work.definition.children.values():
        stands = kind.opens is ChildOpens.ON_ENTRY and work.case.state in kind.states
        joined = {
            number for each in taking if kind.for_each == each.capacity for number in each.joined
        }
        if stands and joined:
            open_children(work, kind, among=joined)


def _end_parts(work: UnitOfWork, kind: str, left: Collection[int]) -> None:
    """Put the open cases of parties that left into the state that their lifecycle has for it."""
    theirs = (
        select(ChildCase.case_id)
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .where(ChildCase.parent_id == work.case.id, ChildCase.kind == kind)
        .where(ChildCase.party_id.in_(list(left)), LifecycleCase.stage != Stage.END.value)
        .order_by(ChildCase.case_id)
    )
    _overtake_all(work, work.session.scalars(theirs).all())


def _came_free(
    work: UnitOfWork, spec: RoundSpec, below: Sequence[CaseBelow], fresh: set[str]
) -> bool:
    """Whether a round waits for nothing now, and did while these were open."""
    before = [
        each._replace(standing=replace(each.standing, final=False)) if each.ref in fresh else each
        for each in below
    ]
    waited, waits = (any(unmet_waits(work.definition, spec, each)) for each in (before, below))
    return waited and not waits


def _tell(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> None:
    """Tell those who are asked that they may answer now, and have time act if it would have."""
    written = work.note(RoundFreed(round=round_.key, turn=round_.turn))
    asked = notifications.asked_by(work, spec, round_.id)
    notifications.tell(work, spec, NoticeKind.WAIT_OVER, round_.id, written, asked)
    if spec.at_due and round_.time_is_up(work.now) and not round_.paused_for:
        time_acts.look_again(work, round_.id)
