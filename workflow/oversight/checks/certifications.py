"""Money that waits, payments that are open and what is kept of sources, compared with what they follow from, and made anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, union, update
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase
from workflow.ledger import shares
from workflow.ledger.models import (
    MoneyMovement,
    MoneyPayment,
    MoneyVerdict,
    SourceMoney,
    SourceTotal,
    WaitingMovement,
)
from workflow.ledger.promises.payments import is_open

_KEPT = select(WaitingMovement.movement_id)
_TOTAL, _OF_SOURCES = SourceTotal.__table__, SourceMoney.__table__.c
_MEANT = select(
    _OF_SOURCES.source_id,
    _OF_SOURCES.currency,
    *(func.sum(_OF_SOURCES[key]).label(key) for key in shares.SUMS),
).group_by(_OF_SOURCES.source_id, _OF_SOURCES.currency)
_UNDECIDED = select(MoneyMovement.id).where(
    ~exists().where(MoneyVerdict.movement_id == MoneyMovement.id)
)


def is_astray(session: Session) -> bool:
    """Whether a movement waits that was decided on, or one that was not does not."""
    differing = union(*(
        select(one.except_(other).subquery())
        for one, other in ((_KEPT, _UNDECIDED), (_UNDECIDED, _KEPT))
    ))  # fmt: skip
    return session.execute(differing).first() is not None


def make_follow(session: Session) -> None:
    """Have exactly those wait that were not decided on."""
    session.execute(delete(WaitingMovement))
    session.execute(insert(WaitingMovement).from_select(["movement_id"], _UNDECIDED))


def payments_astray(session: Session) -> bool:
    """Whether a payment is open that is paid or withdrawn, or one is not that is still to come."""
    differing = select(MoneyPayment.id).where(MoneyPayment.open != is_open()).limit(1)
    return session.execute(differing).first() is not None


def make_payments_follow(session: Session) -> None:
    """Have exactly those payments be open that are still to come."""
    session.execute(
        update(MoneyPayment)
        .where(MoneyPayment.open != is_open())
        .values(open=is_open())
        .execution_options(synchronize_session=False)
    )


def sources_astray(session: Session) -> tuple[tuple[int, str], ...]:
    """The cases of which is kept something else than their movements come to, with their references."""
    told = union(select(MoneyMovement.case_id), select(SourceMoney.case_id)).subquery()
    asked = select(LifecycleCase.id, LifecycleCase.ref).where(
        LifecycleCase.id.in_(select(told.c.case_id))
    )
    return tuple(
        (row.id, row.ref)
        for row in session.execute(asked.order_by(LifecycleCase.id)).all()
        if not _same(session, row.id)
    )


def _same(session: Session, case_id: int) -> bool:
    return shares.kept_of(session, case_id) == shares.derived(session, case_id)


def totals_astray(session: Session) -> bool:
    """Whether a total of a source is not the sum of what is kept of it."""
    kept = {(row.source_id, row.currency): row for row in session.execute(select(_TOTAL))}
    meant = {(row.source_id, row.currency): row for row in session.execute(_MEANT)}
    blank = dict.fromkeys(shares.SUMS, 0)
    return any(
        _units(kept.get(place), blank) != _units(meant.get(place), blank)
        for place in kept.keys() | meant.keys()
    )


def make_sources_follow(session: Session, cases: Sequence[int]) -> None:
    """Have what is kept of these cases be what their movements come to, and each total be the sum of what is kept."""
    for number in cases:
        shares.follow(session, number)
    session.execute(delete(SourceTotal))
    session.execute(
        insert(SourceTotal).from_select(["source_id", "currency", *shares.SUMS], _MEANT)
    )


def _units(row: Any, blank: Mapping[str, int]) -> Mapping[str, int]:
    return blank if row is None else {key: int(getattr(row, key)) for key in shares.SUMS}
