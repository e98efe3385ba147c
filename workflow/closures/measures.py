"""What a programme is measured by before it is closed, beside its cases and papers: its money."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from workflow.engine.engine import engine_of
from workflow.ledger.closure import money_to_close
from workflow.ledger.models import MoneyMovement, MoneyPayment
from workflow.lifecycles.children.checklist import Measured, Unmet
from workflow.phrase import phrase

NO_MONEY = Measured(why_not=phrase("No money of it was recorded in the ledger."))


def money_reconciled(
    session: Session, cases: Collection[int], _today: date
) -> Mapping[int, Measured]:
    """How the money of each case stands: whether anything keeps its accounts open.

    It does not apply to a case of which nobody recorded any money, nor any payment to come.
    """
    told = (MoneyMovement.case_id, MoneyPayment.case_id)
    recorded = {*session.scalars(union(*(select(each).where(each.in_(cases)) for each in told)))}
    return {case: _measured(session, case) if case in recorded else NO_MONEY for case in cases}


def _measured(session: Session, case_id: int) -> Measured:
    engine = engine_of(session)
    found = money_to_close(session, engine, case_id, engine.now())
    return Measured(1, tuple(Unmet(said) for said in found.open))
