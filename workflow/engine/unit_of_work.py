"""The unit of work: one case under its lock, and everything one command writes about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from workflow.audit import trail
from workflow.audit.envelope import Fact
from workflow.audit.events.payload import Payload
from workflow.audit.trail import Head
from workflow.database import Base
from workflow.engine.domain import domain_of
from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound, Stale
from workflow.lifecycles.definition import Definition
from workflow.phrase import Term, phrase
from workflow.transactions.statements import PreparedStatement
from workflow.transactions.transaction import Transaction
from workflow.vocabulary import Footing

_CASE = Base.metadata.tables[LifecycleCase.__tablename__]
_STANDS = select(
    *(_CASE.c.id, _CASE.c.ref, _CASE.c.subject, _CASE.c.title, _CASE.c.definition_id),
    *(_CASE.c.state, _CASE.c.stage, _CASE.c.footing, _CASE.c.version, _CASE.c.entered_at),
    *(_CASE.c.head_seq, _CASE.c.head_hash, _CASE.c.head_at, _CASE.c.parent_id),
).with_for_update()
LOCK = PreparedStatement(_STANDS.where(_CASE.c.ref == bindparam("ref")))
LOCK_BY_ID = PreparedStatement(_STANDS.where(_CASE.c.id == bindparam("case_id")))
_HEAD = (
    update(_CASE)
    .where(_CASE.c.id == bindparam("case_id"))
    .values(
        version=bindparam("new_version"),
        head_seq=bindparam("new_seq"),
        head_hash=bindparam("new_hash"),
        head_at=bindparam("new_at"),
    )
)
_WRITE_HEAD = PreparedStatement(_HEAD)
# Lists go by what else there is of a case: where none of it changed, none of it is written.
_WRITE_WHOLE = PreparedStatement(
    _HEAD.values(
        title=bindparam("new_title"),
        state=bindparam("new_state"),
        stage=bindparam("new_stage"),
        footing=bindparam("new_footing"),
        definition_id=bindparam("new_definition_id"),
        entered_at=bindparam("new_entered_at"),
    )
)


@dataclass(slots=True)
class LockedCase:
    """A case under its lock; what changes here reaches the row when it is written.

    `stored` is what its row says by now of where it stands, in the order of `_STANDING`, if that is
    known.
    """

    id: int
    ref: str
    subject: str
    title: str
    definition_id: int
    state: str
    stage: str
    version: int
    entered_at: datetime
    head: Head
    footing: Footing = Footing.MANAGED
    parent_id: int | None = None
    stored: tuple[Any, ...] = ()


_STANDING = ("title", "state", "stage", "footing", "definition_id", "entered_at")
# Where a case stands: all that its row says but its version and the end of its trail.
_stands: Callable[[LockedCase], tuple[Any, ...]] = attrgetter(*_STANDING)


def lock_case(inside: Session | Transaction, ref: str) -> LockedCase:
    """Lock the case called `ref` and read it as it is now; refuses one that does not exist."""
    transaction = _transaction(inside)
    (found,) = transaction.read((LOCK, {"ref": ref}))
    return locked(transaction, found, ref)


def lock_case_by_id(inside: Session | Transaction, case_id: int) -> LockedCase:
    """Lock the case with this id and read it as it is now."""
    transaction = _transaction(inside)
    (found,) = transaction.read((LOCK_BY_ID, {"case_id": case_id}))
    return locked(transaction, found, str(case_id))


def locked(transaction: Transaction, found: Sequence[Any], name: str) -> LockedCase:
    """The case that a lock found; refuses to go on where it found none."""
    if not found or found[0].definition_id is None:
        case = Term(domain_of(transaction.session).subject)
        raise NotFound(phrase("There is no %(case)s called %(name)s.", case=case, name=name))
    (row,) = found
    head = Head(row.id, row.ref, row.head_seq, row.head_hash, row.head_at)
    if head.last_at is None and head.seq:
        trail.recall(transaction.session, head)
    locked_now = LockedCase(
        id=row.id,
        ref=row.ref,
        subject=row.subject,
        title=row.title,
        definition_id=row.definition_id,
        state=row.state,
        stage=row.stage,
        version=row.version,
        entered_at=row.entered_at,
        head=head,
        footing=Footing(row.footing),
        parent_id=row.parent_id,
    )
    locked_now.stored = _stands(locked_now)
    return locked_now


def _transaction(inside: Session | Transaction) -> Transaction:
    return inside if isinstance(inside, Transaction) else Transaction.of(inside)


def refuse_stale(case: LockedCase, seen_version: int) -> None:
    """Refuse to act for somebody whose page shows another version of the case."""
    if case.version != seen_version:
        raise Stale(
            phrase(
                "%(ref)s has moved on since you opened this page. Nothing was recorded; look at it "
                "again and decide anew.",
                ref=case.ref,
            )
        )


def write_case(inside: Session | Transaction, case: LockedCase) -> None:
    """Write the case's state, version and trail head back to its row."""
    standing = _stands(case)
    moved: dict[str, Any] = {}
    if standing != case.stored:
        moved = {f"new_{name}": told for name, told in zip(_STANDING, standing, strict=True)}
        moved["new_footing"] = case.footing.value
    _transaction(inside).write(
        _WRITE_WHOLE if moved else _WRITE_HEAD,
        case_id=case.id,
        new_version=case.version,
        new_seq=case.head.seq,
        new_hash=case.head.hash,
        new_at=case.head.last_at,
        **moved,
    )
    case.stored = standing


class UnitOfWork:
    """Writes for one actor, at one instant, on one locked case, inside one transaction; `engine.transaction` commits it."""

    def __init__(
        self,
        inside: Session | Transaction,
        case: LockedCase,
        definition: Definition,
        actor: int | None,
        now: datetime,
    ) -> None:
        self.transaction = _transaction(inside)
        self.case = case
        self.definition = definition
        self.actor = actor
        self.now = trail.present(case.head, now)

    @property
    def session(self) -> Session:
        """The session of this transaction; it sees all that was written here."""
        return self.transaction.session

    def write(self, statement: PreparedStatement, **values: Any) -> None:
        """Owe one statement to the database, in the order in which they are owed."""
        self.transaction.write(statement, **values)

    def note(
        self,
        what: Payload,
        *,
        role: str = "",
        party: str = "",
        appointment: int | None = None,
        effective_at: datetime | None = None,
    ) -> trail.Written:
        """Append one event to the case's trail."""
        fact = Fact(
            what=what,
            person=self.actor,
            at=self.now,
            role=role,
            party=party,
            appointment=appointment,
            effective_at=effective_at,
        )
        return trail.follow(self.transaction, self.case.head, fact)

    def of_nobody(self) -> "UnitOfWork":
        """A unit of work on the same case and instant for what the engine itself does."""
        return UnitOfWork(self.transaction, self.case, self.definition, None, self.now)

    def next_version(self) -> int:
        """Count the case's version up by one; pages opened before are stale from now on."""
        self.case.version += 1
        return self.case.version

    def close(self) -> None:
        """Write the case row back; the last act of every command."""
        write_case(self.transaction, self.case)
