"""The movements that wait to be certified, compared with those without a verdict, and made to follow again."""

from sqlalchemy import delete, exists, insert, select, union
from sqlalchemy.orm import Session

from workflow.ledger.models import MoneyMovement, MoneyVerdict, WaitingMovement

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
