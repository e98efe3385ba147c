"""Checks with their results kept: of everything once a day or when asked for, of one case at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.audit.verify import Difference, Examined, Verification, examine_one, verify
from workflow.engine.engine import Engine
from workflow.engine.history.reader import known_case
from workflow.engine.records import LifecycleCase
from workflow.log.verifying import LogVerification, verify_log
from workflow.oversight import records
from workflow.people.records import Person

COMMAND, WORKER, PAGE = "command", "worker", "page"
DAILY = timedelta(hours=24)
# A check that has not ended by then died with its process.
GIVEN_UP = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found; `ref` is empty where everything was checked."""

    ref: str
    way: str
    who: str
    asked_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    cases: int
    events: int
    rows: int
    erased: int
    differences: int
    first: Difference | None

    @property
    def sound(self) -> bool:
        """Whether everything was as it had been recorded."""
        return self.ended_at is not None and not self.differences


def check_case(engine: Engine, person: int, ref: str) -> Examined:
    """Check one case now and keep what was found."""
    begun = engine.now()
    with engine.reading() as session:
        case_id = known_case(session, ref, person, begun).id
    examined = examine_one(engine.database, case_id)
    found = Verification()
    found.add(examined)
    keep(engine, found, way=PAGE, begun=begun, person=person, case_id=case_id)
    return examined


def keep(
    engine: Engine,
    found: Verification,
    *,
    way: str,
    begun: datetime,
    person: int | None = None,
    case_id: int | None = None,
) -> None:
    """Keep what a check that is over found."""
    with engine.transaction() as session:
        session.add(
            records.Verification(
                way=way, person_id=person, case_id=case_id, asked_at=begun, begun_at=begun,
                ended_at=engine.now(), **_figures(found),
            )
        )  # fmt: skip


def ask(engine: Engine, person: int) -> bool:
    """Ask the worker for a check of everything; false where one is under way or asked for."""
    with engine.transaction() as session:
        if _pending(session, engine.now()) is not None:
            return False
        session.add(
            records.Verification(way=PAGE, person_id=person, asked_at=engine.now(), **_NOTHING)
        )
    return True


def check_if_due(engine: Engine) -> bool:
    """Check everything if somebody asked for it, or nobody did for a day; whether it was done."""
    mine = _claimed(engine)
    if mine is None:
        return False
    found = with_log(verify(engine.database), verify_log(engine.database))
    with engine.transaction() as session:
        session.execute(
            update(records.Verification)
            .where(records.Verification.id == mine)
            .values(ended_at=engine.now(), **_figures(found))
        )
    return True


def with_log(found: Verification, log: LogVerification) -> Verification:
    """What was found in every history and in the log, as one result."""
    found.differences += [Difference("", None, f"The log: {each}") for each in log.differences]
    return found


def last_check(session: Session, case_id: int | None = None) -> Check | None:
    """The last check that ended: of the case, or of everything."""
    return next(iter(_checks(session, case_id, ended=True, most=1)), None)


def last_checks(session: Session, most: int = 5) -> tuple[Check, ...]:
    """The last checks of everything that ended, the newest first."""
    return _checks(session, None, ended=True, most=most)


def pending_check(session: Session, now: datetime) -> Check | None:
    """The check of everything that is asked for or under way."""
    if _pending(session, now) is None:
        return None
    return next(iter(_checks(session, None, ended=False, most=1)), None)


def _checks(session: Session, case_id: int | None, *, ended: bool, most: int) -> tuple[Check, ...]:
    table = records.Verification
    rows = session.execute(
        select(table, LifecycleCase.ref, Person.name)
        .outerjoin(LifecycleCase, LifecycleCase.id == table.case_id)
        .outerjoin(Person, Person.id == table.person_id)
        .where(
            table.case_id.is_(None) if case_id is None else table.case_id == case_id,
            table.ended_at.is_not(None) if ended else table.ended_at.is_(None),
        )
        .order_by(table.ended_at.desc(), table.id.desc())
        .limit(most)
    )
    return tuple(_check(row, ref or "", name or "") for row, ref, name in rows)


def _check(row: records.Verification, ref: str, name: str) -> Check:
    first = Difference(row.first_ref, row.first_seq, row.first_sentence)
    return Check(
        ref=ref,
        way=row.way,
        who=name,
        asked_at=row.asked_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        cases=row.cases,
        events=row.events,
        rows=row.rows,
        erased=row.erased,
        differences=row.differences,
        first=first if row.differences else None,
    )


def _claimed(engine: Engine) -> int | None:
    """The check that this worker is to do: the one asked for, or that of the day; else none."""
    table, now = records.Verification, engine.now()
    with engine.transaction() as session:
        pending = _pending(session, now)
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


def _pending(session: Session, now: datetime) -> int | None:
    table = records.Verification
    return session.scalar(
        select(table.id)
        .where(table.case_id.is_(None), table.ended_at.is_(None), table.asked_at > now - GIVEN_UP)
        .order_by(table.id)
        .limit(1)
    )


def _due(session: Session, now: datetime) -> bool:
    table = records.Verification
    recent = select(table.id).where(table.case_id.is_(None), table.begun_at > now - DAILY)
    return session.scalar(recent.limit(1)) is None


_NOTHING = {
    "cases": 0, "events": 0, "rows": 0, "erased": 0, "differences": 0, "first_ref": "",
    "first_seq": None, "first_sentence": "",
}  # fmt: skip


def _figures(found: Verification) -> dict[str, object]:
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
