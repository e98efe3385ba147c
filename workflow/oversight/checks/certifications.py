"""Money that waits to be certified and payments that are open, compared with what they follow from, and made anew."""

from sqlalchemy import delete, exists, insert, select, union, update
from sqlalchemy.orm import Session

from workflow.ledger.models import MoneyMovement, MoneyPayment, MoneyVerdict, WaitingMovement
from workflow.ledger.promises.payments import is_open

_KEPT = select(WaitingMovement.movement_id)
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
