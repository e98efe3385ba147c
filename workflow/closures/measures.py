"""What a programme is measured by before it is closed, beside its cases and papers: its money."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from workflow.ledger import books
from workflow.ledger.balances import by_source
from workflow.ledger.books import BookedMovement
from workflow.lifecycles.children.checklist import Measured, Unmet
from workflow.phrase import Phrase, counted, phrase


def money_reconciled(
    session: Session, cases: Collection[int], today: date
) -> Mapping[int, Measured]:
    """How the money of each case stands: nothing waits to be certified, and nothing that came is left.

    It does not apply to a case of which nobody recorded any money.
    """
    return {case_id: reconciled(books.recorded(session, case_id), today) for case_id in cases}


def reconciled(kept: Iterable[BookedMovement], today: date) -> Measured:
    """The same of the movements of one case: pure."""
    standing = [each for each in kept if each.outcome != books.DECLINED]
    if not standing:
        return Measured(why_not=phrase("No money of it was recorded in the ledger."))
    return Measured(len(standing), tuple(Unmet(said) for said in _left(standing, today)))


def _left(standing: Iterable[BookedMovement], today: date) -> Iterator[Phrase]:
    waiting = sum(each.outcome == books.WAITING for each in standing)
    if waiting:
        yield counted(
            "%(num)s movement of money waits to be certified",
            "%(num)s movements of money wait to be certified",
            waiting,
        )
    for line in by_source(books.certified(standing), today):
        if line.balance:
            yield phrase(
                "%(amount)s %(currency)s of %(source)s are neither spent nor returned",
                amount=str(line.balance),
                currency=line.currency,
                source=line.source,
            )
