"""Cases and events enough for a log, written by the trail as the engine would."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.histories import HistoryRead
from workflow.audit.trail import Head, Written, append
from workflow.people.register import registered
from workflow.schema import METADATA
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.signer import Signer
from workflow.tlog.store.models import LogState
from workflow.tlog.store.sequencer import Sequencer
from workflow.tlog.verify import verify_log

CASES = METADATA.tables["lifecycle_case"]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORIGIN = "house.example/primemover"


class Hand:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def open_cases(database: Engine, count: int, prefix: str = "CASE") -> list[str]:
    """Cases without any event yet."""
    refs = [f"{prefix}-{number}" for number in range(count)]
    row = {"subject": "other", "title": "-", "state": "-", "stage": "end", "entered_at": NOON,
           "opened_at": NOON, "version": 1, "head_seq": 0}  # fmt: skip
    with database.begin() as connection:
        connection.execute(insert(CASES), [row | {"ref": ref} for ref in refs])
    return refs


def tell(session: Session, ref: str, at: datetime = NOON) -> Written:
    """One more event of a case, whose row is locked for it."""
    claim = select(CASES.c.id, CASES.c.head_seq, CASES.c.head_hash).where(CASES.c.ref == ref)
    case_id, seq, link = session.execute(claim.with_for_update()).one()
    head = Head(case_id, ref, seq, link)
    fact = Fact(HistoryRead(query=ref), None, at)
    written = append(session, head, fact)
    moved = {"head_seq": head.seq, "head_hash": head.hash}
    session.execute(update(CASES).where(CASES.c.id == case_id).values(moved))
    return written


def write(database: Engine, refs: list[str], each: int = 1, at: datetime = NOON) -> list[bytes]:
    """Some events of every case, the cases in turn; their hashes."""
    with Session(database) as session, session.begin():
        return [tell(session, ref, at).hash for _ in range(each) for ref in refs]


def reading(database: Engine) -> Session:
    """A session that keeps nobody from writing for longer than it must."""
    return Session(database.execution_options(reading=True))


def logged(database: Engine, refs: list[str], each: int = 1) -> list[bytes]:
    """The same, placed in the log at once."""
    found = write(database, refs, each)
    place_all(database)
    return found


def place_all(database: Engine, name: str = "one", batch: int = 256) -> int:
    sequencer, placed = Sequencer(database, name, batch=batch), 0
    while count := sequencer.work():
        placed += count
    sequencer.release()
    return placed


def size_of(database: Engine) -> int:
    with reading(database) as session:
        return session.scalars(select(LogState.size)).one()


def a_signer(database: Engine, folder: Path, clock: Hand) -> Signer:
    """A signer that has its key."""
    keyring(database, folder, clock).begin(ORIGIN)
    return Signer(database, KeyStore(folder), clock)


def keyring(database: Engine, folder: Path, clock: Hand | None = None) -> Keyring:
    return Keyring(database, KeyStore(folder), registered, clock or Hand())


def faults(database: Engine) -> list[str]:
    """What is wrong with the log, by its own verification."""
    return verify_log(database).differences
