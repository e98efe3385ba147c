"""How the ledger of a case stands to its papers, as one person may read them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.ledger import books
from workflow.ledger.books import BookedMovement
from workflow.ledger.reconciliation.compare import Kept, Reconciliation, reconciled
from workflow.ledger.reconciliation.papers import budget_papers, money_papers
from workflow.programmes.visible_case import VisibleCase


def reconciliation(
    session: Session, engine: Engine, case: VisibleCase, kept: Sequence[BookedMovement], on: date
) -> Reconciliation:
    """The movements up to a day beside the budget then in force, and each paper that there was by then."""
    moved = [each for each in kept if each.movement.on <= on]
    waiting = [each.movement for each in moved if each.outcome == books.WAITING]
    return reconciled(
        Kept(books.certified(moved), waiting, on),
        budget_papers(session, engine, case, on),
        money_papers(session, engine, case, on),
        approved=case.sight.standing.decided,
    )
