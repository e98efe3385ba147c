"""Countries that register an interest while a consultation is open: they are asked as well, for the time that is left."""

from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from workflow.engine.cases.new_seats import ask_anew
from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, LifecycleCase, Round, Seat
from workflow.engine.unit_of_work import UnitOfWork, lock_case_by_id
from workflow.people.models import LeadInterest, PivotalStatus
from workflow.people.pivotal.interests import LEADS
from workflow.people.pivotal.statuses import in_force
from workflow.vocabulary import Stage

AT_ONCE = 200


def ask_latecomers(engine: Engine) -> int:
    """Ask whoever may be asked by now in consultations that are open; how many rounds ask somebody else since.

    Only those whose invitation is composed take in others. Each case is written in a transaction of its own, so
    that of two workers the second finds it done; a country that an officer left out stays out.
    """
    with engine.reading() as session:
        waiting = session.execute(_waiting(engine).limit(AT_ONCE)).all()
        composed = [row.id for row in waiting if _composed(engine, session, row)]
    return sum(_ask(engine, case) for case in dict.fromkeys(composed))


def _composed(engine: Engine, session: Session, row: Any) -> bool:
    spec = engine.definition(row.definition_id, session).rounds.get(row.key)
    return spec is not None and bool(spec.invited_by)


def _waiting(engine: Engine) -> Select[int, int | None, str]:
    """Open rounds of consultations without a seat for a pivotal country that wants to lead in an area of the case."""
    seated = exists().where(Seat.round_id == Round.id, Seat.party_id == LeadInterest.party_id)
    pivotal = select(PivotalStatus.party_id).where(in_force(engine.now().date()))
    return (
        select(LifecycleCase.id, LifecycleCase.definition_id, Round.key)
        .join(Round, Round.case_id == LifecycleCase.id)
        .join(CaseArea, CaseArea.case_id == LifecycleCase.id)
        .join(LeadInterest, LeadInterest.area == CaseArea.area)
        .where(
            LifecycleCase.stage == Stage.CONSULTATION.value,
            Round.status == "open",
            LeadInterest.answer == LEADS,
            LeadInterest.party_id.in_(pivotal),
            ~seated,
        )
        .distinct()
        .order_by(LifecycleCase.id)
    )


def _ask(engine: Engine, case_id: int) -> bool:
    with engine.transaction() as session:
        case = lock_case_by_id(session, case_id)
        definition, before = engine.definition(case.definition_id, session), case.head.seq
        work = UnitOfWork(session, case, definition, None, engine.now())
        rounds = (each for each in definition.rounds.values() if each.invited_by)
        ask_anew(work, {seat.of for each in rounds for seat in each.rule.seats})
        if case.head.seq == before:
            return False
        work.close()
        return True
