"""What is kept of clocks: rows that every process on the database can read, and events on the register."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.clocks import ClockConfirmed, ClockDoubted
from workflow.audit.trail import HELD_TO
from workflow.people.register import claim_register, registered
from workflow.timekeeping.doubts import Doubt, DoubtKind, KeptClock
from workflow.timekeeping.models import MachineClock
from workflow.transactions.transaction import Transaction


def kept(session: Session, machine: str) -> KeptClock:
    """What is kept of the clock of a machine."""
    row = session.get(MachineClock, machine)
    if row is None:
        return KeptClock()
    return KeptClock(row.right_at, timedelta(seconds=row.ahead), _doubt(row), row.confirmed)


def doubts(session: Session) -> tuple[Doubt, ...]:
    """Every doubt there is about a clock, the oldest first."""
    rows = session.scalars(select(MachineClock).where(MachineClock.doubt != ""))
    found = [doubt for row in rows if (doubt := _doubt(row))]
    return tuple(sorted(found, key=lambda doubt: doubt.expected))


def note_right(session: Session, machine: str, at: datetime) -> None:
    """Note when a clock was right."""
    row = _claimed(session, machine)
    if not row.doubt:
        row.right_at = at


def note_doubt(session: Session, machine: str, doubt: Doubt) -> bool:
    """Note a doubt unless one is noted; the first is told on the register."""
    claim_register(session)
    row = _claimed(session, machine)
    if row.doubt:
        return False
    row.doubt, row.clock, row.expected = doubt.kind.value, doubt.clock, doubt.expected
    what = ClockDoubted(kind=doubt.kind.value, clock=doubt.clock, expected=doubt.expected)
    # The earlier of the two: an event of a time to come would put off all those that follow.
    registered(session, Fact(what, None, min(doubt.clock, doubt.expected)))
    return True


def note_over(session: Session, machine: str, at: datetime) -> None:
    """Note that a clock was set right, without anybody's word."""
    row = _claimed(session, machine)
    row.doubt, row.clock, row.expected, row.right_at = "", None, None, at


def confirm(session: Session, person: int, at: datetime) -> int:
    """Take every clock in doubt for right as it is, on a person's word; returns how many there were."""
    # What is in doubt keeps every event from being written but the one that ends the doubt.
    Transaction.of(session).info.pop(HELD_TO, None)
    claim_register(session)
    rows = session.scalars(select(MachineClock).where(MachineClock.doubt != "").with_for_update())
    found = [(row, doubt) for row in rows.all() if (doubt := _doubt(row))]
    for row, doubt in found:
        _confirm(row, doubt)
        what = ClockConfirmed(kind=doubt.kind.value, clock=doubt.clock, expected=doubt.expected)
        registered(session, Fact(what, person, at))
    return len(found)


def _confirm(row: MachineClock, doubt: Doubt) -> None:
    off = doubt.kind is DoubtKind.DATABASE
    row.ahead = round((doubt.clock - doubt.expected).total_seconds()) if off else 0
    row.right_at, row.confirmed = doubt.clock, row.confirmed + 1
    row.doubt, row.clock, row.expected = "", None, None


def _doubt(row: MachineClock) -> Doubt | None:
    if not row.doubt or row.clock is None or row.expected is None:
        return None
    return Doubt(DoubtKind(row.doubt), row.clock, row.expected)


def _claimed(session: Session, machine: str) -> MachineClock:
    row = session.get(MachineClock, machine, with_for_update=True)
    if row is None:
        row = MachineClock(machine=machine, ahead=0, doubt="", confirmed=0)
        session.add(row)
        session.flush()
    return row
