"""Records that are being confirmed: in which round, since when, and by whom it is still owed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.people.models import Party

# The rounds in which a record is confirmed.
CONFIRMING = ("adoption", "adoption_by_silence")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A record before those who confirm it; `owed` names the parties that have not answered."""

    round: str
    turn: int
    since: datetime
    due: datetime | None
    owed: tuple[str, ...]

    @property
    def by_silence(self) -> bool:
        """Whether nothing is owed: those named may still object."""
        return self.round == CONFIRMING[1]


def confirmations(session: Session, refs: Collection[str]) -> Mapping[str, Confirmation]:
    """Of the records called `refs` those that are being confirmed, by reference."""
    rows = session.execute(
        select(
            LifecycleCase.ref, Round.key, Round.turn, Round.opened_at, Round.due_at,
            Party.name.label("party"),
        )
        .join(Round, and_(Round.case_id == LifecycleCase.id, Round.status == "open"))
        .outerjoin(Seat, and_(Seat.round_id == Round.id, Seat.status == "open"))
        .outerjoin(Party, Party.id == Seat.party_id)
        .where(LifecycleCase.ref.in_(refs), Round.key.in_(CONFIRMING))
        .order_by(Round.id, Seat.id)
    )  # fmt: skip
    found: dict[str, Confirmation] = {}
    for row in rows:
        before = found.get(row.ref)
        owed = (*(before.owed if before else ()), *([row.party] if row.party else ()))
        found[row.ref] = Confirmation(row.key, row.turn, row.opened_at, row.due_at, owed)
    return found
