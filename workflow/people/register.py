"""The register: the one chain that holds what is not part of any programme's history.

Appointments, pivotal countries and their interests are facts about the house, so they are told on
a case of their own, called REGISTER, which every database has from the start.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import LargeBinary, column, select, table, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.payload import OfHouse
from workflow.audit.trail import Head, Written, append, follow, recall
from workflow.database import Instant
from workflow.transactions.transaction import Transaction
from workflow.vocabulary import AT_TERMINAL, REGISTER, TERMINAL

# The engine stands above the people; the register needs these columns of its cases and no more.
_CASE = table(
    "lifecycle_case",
    column("id"),
    column("ref"),
    column("head_seq"),
    column("head_hash", LargeBinary),
    column("head_at", Instant),
)
_CLAIM = (
    select(_CASE.c.id, _CASE.c.head_seq, _CASE.c.head_hash, _CASE.c.head_at)
    .where(_CASE.c.ref == REGISTER)
    .with_for_update()
)


def registered(session: Session, fact: Fact) -> Written:
    """Tell `fact` on the register's chain."""
    head = claim_register(session)
    written = append(session, head, _as_done(session, fact))
    _moved(session, head)
    return written


def registered_together(session: Session, facts: Sequence[Fact]) -> None:
    """Tell several facts on the register's chain, one after the other."""
    if not facts:
        return
    head = claim_register(session)
    if head.seq and head.last_at is None:
        recall(session, head)
    transaction = Transaction.of(session)
    for fact in facts:
        follow(transaction, head, _as_done(session, fact))
    transaction.hand_over()
    _moved(session, head)


def _as_done(session: Session, fact: Fact) -> Fact:
    """The fact, which says that it was done at the command line where it was."""
    if not (session.info.get(AT_TERMINAL) and isinstance(fact.what, OfHouse)):
        return fact
    return replace(fact, what=replace(fact.what, via=TERMINAL))


def claim_register(session: Session) -> Head:
    """Lock the register's row and hand out the end of its chain."""
    row = session.execute(_CLAIM).one()
    return Head(row.id, REGISTER, row.head_seq, row.head_hash, row.head_at)


def _moved(session: Session, head: Head) -> None:
    """Let the register's row name the end of its chain."""
    moved = {"head_seq": head.seq, "head_hash": head.hash, "head_at": head.last_at}
    session.execute(update(_CASE).where(_CASE.c.id == head.case_id).values(moved))
