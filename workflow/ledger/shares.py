"""What counts of each source in each case and in all, kept beside the movements, so that the database sums many cases."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import unsent
from workflow.ledger import books
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.balances import ActSums, act_sums
from workflow.ledger.currency import USD, digits
from workflow.ledger.models import SourceMoney, SourceTotal
from workflow.people.models import Party

# In which columns each act is summed, in its currency and in dollars. A transfer comes to nothing.
_AS = {
    MoneyAct.BUDGET: (SourceMoney.budget, SourceMoney.budget_usd),
    MoneyAct.PLEDGE: (SourceMoney.pledge, SourceMoney.pledge_usd),
    MoneyAct.COMMITMENT: (SourceMoney.commitment, SourceMoney.commitment_usd),
    MoneyAct.RECEIPT: (SourceMoney.receipt, SourceMoney.receipt_usd),
    MoneyAct.IN_KIND: (SourceMoney.in_kind, SourceMoney.in_kind_usd),
    MoneyAct.RETURN: (SourceMoney.returned, SourceMoney.returned_usd),
    MoneyAct.DISBURSEMENT: (SourceMoney.disbursement, SourceMoney.disbursement_usd),
    MoneyAct.EXPENDITURE: (SourceMoney.expenditure, SourceMoney.expenditure_usd),
}
_LEFT = (SourceMoney.balance_usd, SourceMoney.outstanding_usd)
# The same by the names of the columns in its currency and in dollars; and all of these columns.
COLUMNS = {act: (kept.key, dollars.key) for act, (kept, dollars) in _AS.items()}
SUMS = (*(key for both in COLUMNS.values() for key in both), *(each.key for each in _LEFT))
# Whose money it is, by the number of the party, and in which currency.
Place = tuple[int, str]
Row = Mapping[str, Any]
_KEPT, _TOTAL = SourceMoney.__table__, SourceTotal.__table__


def follow(session: Session, case_id: int) -> None:
    """Have what is kept of a case be what its movements come to, and the totals follow; what is right is left alone."""
    session.flush()
    kept, meant = kept_of(session, case_id), derived(session, case_id)
    for place in sorted(kept.keys() | meant.keys()):
        before, after = kept.get(place), meant.get(place)
        if before != after:
            _put(session, case_id, place, after)
            _add(session, place, before or {}, after or {})


def derived(session: Session, case_id: int) -> Mapping[Place, Row]:
    """The rows that the movements of a case come to."""
    counting = books.certified(books.recorded(session, case_id))
    sums = act_sums(counting, date.max)
    keys = {each.source for each in sums}
    ids = dict(session.execute(select(Party.key, Party.id).where(Party.key.in_(keys))).all())
    hidden = session.scalar(select(unsent()).where(LifecycleCase.id == case_id))
    return {(ids[e.source], e.currency): {"hidden": bool(hidden), **figures(e)} for e in sums}


def kept_of(session: Session, case_id: int) -> Mapping[Place, Row]:
    """The rows that are kept of a case."""
    rows = session.execute(select(_KEPT).where(_KEPT.c.case_id == case_id)).mappings()
    return {
        (row["source_id"], row["currency"]): {key: row[key] for key in ("hidden", *SUMS)}
        for row in rows
    }


def figures(of: ActSums) -> Row:
    """The sums of a source in a currency as they are kept."""
    dollars = of.in_dollars
    return {
        **{kept: in_units(of.kept[act], of.currency) for act, (kept, _) in COLUMNS.items()},
        **{usd: in_units(of.usd[act], USD) for act, (_, usd) in COLUMNS.items()},
        "balance_usd": in_units(dollars.balance, USD),
        "outstanding_usd": in_units(dollars.outstanding, USD),
    }


def in_units(amount: Decimal, currency: str) -> int:
    """An amount in the smallest unit of its currency."""
    return int(amount.scaleb(digits(currency)))


def of_units(units: Decimal | int, currency: str) -> Decimal:
    """The amount that so many of the smallest units are."""
    return Decimal(units).scaleb(-digits(currency))


def _put(session: Session, case_id: int, place: Place, row: Row | None) -> None:
    """Keep a row of a case instead of the one that was there."""
    source, currency = place
    at = {"case_id": case_id, "source_id": source, "currency": currency}
    session.execute(delete(SourceMoney).filter_by(**at))
    if row is not None:
        session.execute(insert(SourceMoney), {**at, **row})


def _add(session: Session, place: Place, before: Row, after: Row) -> None:
    """Let the total of a source grow by what a case has more of it."""
    source, currency = place
    more = {key: after.get(key, 0) - before.get(key, 0) for key in SUMS}
    kinds: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
    new = kinds[session.get_bind().dialect.name](_TOTAL)
    grown = {key: _TOTAL.c[key] + new.excluded[key] for key in SUMS}
    session.execute(
        new.on_conflict_do_update(index_elements=["source_id", "currency"], set_=grown),
        {"source_id": source, "currency": currency, **more},
    )
