"""Checks with their results kept: of everything once a day or when asked for, of one case at once."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit.verification.verify import (
    Difference,
    Examined,
    VerificationResult,
    examine_one,
    verify,
)
from workflow.engine.engine import Engine
from workflow.history.reader import known_case
from workflow.oversight import models
from workflow.oversight.checks import deadlines, lists, schedules
from workflow.oversight.checks.results import pending_id
from workflow.tlog.verify import LogVerification, verify_log

COMMAND, WORKER, PAGE = "command", "worker", "page"
DAILY = timedelta(hours=24)


def check_case(engine: Engine, person: int, ref: str) -> Examined:
    """Check one case now and keep what was found."""
    begun = engine.now()
    with engine.reading() as session:
        case_id = known_case(session, ref, person, begun).id
    examined = examine_one(engine.database, case_id)
    found = VerificationResult()
    found.add(examined)
    keep(engine, found, way=PAGE, begun=begun, person=person, case_id=case_id)
    return examined


def keep(
    engine: Engine,
    found: VerificationResult,
    *,
    way: str,
    begun: datetime,
    person: int | None = None,
    case_id: int | None = None,
) -> None:
    """Keep what a check that is over found."""
    with engine.transaction() as session:
        session.add(
            models.Verification(
                way=way, person_id=person, case_id=case_id, asked_at=begun, begun_at=begun,
                ended_at=engine.now(), **_figures(found),
            )
        )  # fmt: skip


def ask(engine: Engine, person: int) -> bool:
    """Ask the worker for a check of everything; false where one is under way or asked for."""
    with engine.transaction() as session:
        if pending_id(session, engine.now()) is not None:
            return False
        session.add(
            models.Verification(way=PAGE, person_id=person, asked_at=engine.now(), **_NOTHING)
        )
    return True


def check_if_due(engine: Engine) -> bool:
    """Check everything if somebody asked for it, or nobody did for a day; whether it was done."""
    mine = _claimed(engine)
    if mine is None:
        return False
    found = with_log(verify(engine.database), verify_log(engine.database))
    waiting = deadlines.unminded(engine)
    found.differences += [each.difference for each in waiting]
    deadlines.have_looked_at(engine, waiting)
    miscounted = schedules.miscounted(engine)
    found.differences += [each.difference for each in miscounted]
    schedules.count_anew(engine, miscounted)
    astray = lists.astray(engine)
    found.differences += astray.differences
    lists.make_follow(engine, astray)
    with engine.transaction() as session:
        session.execute(
            update(models.Verification)
            .where(models.Verification.id == mine)
            .values(ended_at=engine.now(), **_figures(found))
        )
    return True


def with_log(found: VerificationResult, log: LogVerification) -> VerificationResult:
    """What was found in every history and in the log, as one result."""
    found.differences += [Difference("", None, f"The log: {each}") for each in log.differences]
    return found


def _claimed(engine: Engine) -> int | None:
    """The check that this worker is to do: the one asked for, or that of the day; else none."""
    table, now = models.Verification, engine.now()
    with engine.transaction() as session:
        pending = pending_id(session, now)
        if pending is None and not _due(session, now):
            return None
        if pending is None:
            daily = table(way=WORKER, asked_at=now, begun_at=now, **_NOTHING)
            session.add(daily)
            session.flush()
            return daily.id
        taken = session.execute(
            update(table)
            .where(table.id == pending, table.begun_at.is_(None))
            .values(begun_at=now)
            .returning(table.id)
        )
        return taken.scalar()


def _due(session: Session, now: datetime) -> bool:
    table = models.Verification
    recent = select(table.id).where(table.case_id.is_(None), table.begun_at > now - DAILY)
    return session.scalar(recent.limit(1)) is None


_NOTHING = {
    "cases": 0, "events": 0, "rows": 0, "erased": 0, "differences": 0, "first_ref": "",
    "first_seq": None, "first_sentence": "",
}  # fmt: skip


def _figures(found: VerificationResult) -> dict[str, object]:
    first = found.differences[0] if found.differences else Difference("", None, "")
    return {
        "cases": found.cases,
        "events": found.events,
        "rows": found.rows,
        "erased": found.erased,
        "differences": len(found.differences),
        "first_ref": first.ref,
        "first_seq": first.seq,
        "first_sentence": first.sentence,
    }
