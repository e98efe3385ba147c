"""Programmes that follow their lead groups, and groups that follow who is pivotal: each in a transaction of its own."""

from sqlalchemy import Select, exists, or_, select

from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork, lock_case_by_id
from workflow.people.models import PivotalStatus
from workflow.people.pivotal.statuses import in_force
from workflow.programmes.lead_groups.changes import LOST_STATUS, follow_group, leave
from workflow.programmes.lead_groups.models import LedProgramme
from workflow.programmes.lead_groups.turns import LEAD, SUBJECT
from workflow.vocabulary import Stage

AT_ONCE = 200
STANDING = "leads"


def follow_groups(engine: Engine) -> int:
    """Have groups let go of who is pivotal no longer, and programmes follow their groups; returns how many changed.

    A change of a group waits for no programme: it is done in each under that programme's own lock, and a second
    worker finds it done.
    """
    with engine.reading() as session:
        gone = session.execute(_no_longer_pivotal(engine).limit(AT_ONCE)).all()
    changed = sum(_let_leave(engine, row.id, row.party_id) for row in gone)
    with engine.reading() as session:
        behind = session.execute(_behind().limit(AT_ONCE)).all()
    return changed + sum(_follow(engine, row.id, row.programme_id) for row in behind)


def _no_longer_pivotal(engine: Engine) -> Select[int, int]:
    """Members of groups that lead whose pivotal status has ended."""
    holds = exists().where(
        PivotalStatus.party_id == CaseParty.party_id, in_force(engine.now().date())
    )
    return (
        select(LifecycleCase.id, CaseParty.party_id)
        .join(CaseParty, CaseParty.case_id == LifecycleCase.id)
        .where(LifecycleCase.subject == SUBJECT, LifecycleCase.state == STANDING)
        .where(CaseParty.capacity == LEAD, ~holds)
        .order_by(LifecycleCase.id, CaseParty.party_id)
    )


def _behind() -> Select[int, int]:
    """Programmes that have not yet followed what was last written of their groups."""
    return (
        select(LedProgramme.id, LedProgramme.programme_id)
        .join(LifecycleCase, LifecycleCase.id == LedProgramme.group_id)
        .where(LedProgramme.let_go_at.is_(None))
        .where(
            or_(
                LifecycleCase.head_at > LedProgramme.followed_at,
                LifecycleCase.stage == Stage.END.value,
            )
        )
        .order_by(LedProgramme.id)
    )


def _let_leave(engine: Engine, case_id: int, party: int) -> bool:
    with engine.transaction() as session:
        case = lock_case_by_id(session, case_id)
        if case.state != STANDING:
            return False
        definition, before = engine.definition(case.definition_id, session), case.head.seq
        work = UnitOfWork(session, case, definition, None, engine.now())
        leave(work, party, LOST_STATUS)
        if case.head.seq == before:
            return False
        work.close()
        return True


def _follow(engine: Engine, led: int, programme: int) -> bool:
    with engine.transaction() as session:
        case = lock_case_by_id(session, programme)
        row = session.get_one(LedProgramme, led)
        if row.let_go_at is not None:
            return False
        definition, before = engine.definition(case.definition_id, session), case.head.seq
        work = UnitOfWork(session, case, definition, None, engine.now())
        follow_group(work, led, row.group_id)
        if case.head.seq != before:
            work.close()
        return case.head.seq != before
