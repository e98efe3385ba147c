"""What waits for a lead group: every round in which a member is asked as one, in the group and in what it leads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflow.engine.children.models import ChildCase
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.engine.permissions.visibility import known_to
from workflow.lifecycles.definition import RoundSpec
from workflow.people.models import Party
from workflow.vocabulary import Footing

FOCAL = "pivotal_focal"


@dataclass(frozen=True, slots=True)
class WaitingThing:
    """One round: what is asked on which case, who owes an answer, who gave one and when, and what happens without.

    Countries are named by their three letters; `mine` is the seat that the reader may answer, if one.
    """

    asks: str
    label: str
    ref: str
    title: str
    round: str
    lifecycle: str
    owed: tuple[str, ...]
    answered: tuple[tuple[str, date], ...]
    due: datetime | None
    late: bool
    if_silent: str
    mine: int | None


class WaitingReader(NamedTuple):
    """Who looks, and for which parties they speak."""

    person: int
    speaks: tuple[int, ...]


def waits_for(
    session: Session,
    engine: Engine,
    reader: WaitingReader,
    cases: Sequence[int],
    parties: Sequence[int],
    now: datetime,
) -> tuple[WaitingThing, ...]:
    """What waits for these parties on these cases and on those under them, the earliest due first.

    Of cases that the reader may not know of nothing is said.
    """
    known = _known(session, reader.person, cases, now)
    rows = session.execute(_rows(known, parties)).all() if known else []
    seats: dict[int, list[Any]] = {}
    for row in rows:
        seats.setdefault(row.round_id, []).append(row)
    found = [
        _thing(engine, session, here, reader.speaks, now)
        for here in seats.values()
        if any(row.status == "open" for row in here)
    ]
    return tuple(sorted(found, key=lambda each: (each.due is None, each.due or now, each.ref)))


def _known(session: Session, person: int, cases: Sequence[int], now: datetime) -> Sequence[int]:
    """Of these cases and those under them, the ones that a person may know of."""
    below = select(ChildCase.case_id).where(ChildCase.parent_id.in_(cases))
    here = or_(LifecycleCase.id.in_(cases), LifecycleCase.id.in_(below))
    return session.scalars(select(LifecycleCase.id).where(here, known_to(person, now.date()))).all()


def _rows(known: Sequence[int], parties: Sequence[int]) -> Any:
    return (
        select(
            Round.id.label("round_id"), Round.key, Round.due_at, Seat.id.label("seat"),
            Seat.status, Seat.party_id, Party.iso3, SignOff.at,
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id,
        )
        .join(Seat, Seat.round_id == Round.id)
        .join(Party, Party.id == Seat.party_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .outerjoin(SignOff, (SignOff.seat_id == Seat.id) & SignOff.standing)
        .where(Round.status == "open", Seat.role == FOCAL, Seat.party_id.in_(parties))
        .where(Seat.status.in_(("open", "answered")))
        .where(LifecycleCase.id.in_(known))
        .order_by(Round.id, Party.name)
    )  # fmt: skip


def _thing(
    engine: Engine, session: Session, rows: Sequence[Any], speaks: Sequence[int], now: datetime
) -> WaitingThing:
    row = rows[0]
    definition = engine.definition(row.definition_id or 0, session)
    spec = definition.rounds[row.key]
    mine = (each.seat for each in rows if each.status == "open" and each.party_id in speaks)
    return WaitingThing(
        asks=spec.asks,
        label=spec.label,
        ref=row.ref,
        title=row.title,
        round=row.key,
        lifecycle=definition.key,
        owed=tuple(each.iso3 for each in rows if each.status == "open"),
        answered=tuple(
            (each.iso3, each.at.date()) for each in rows if each.status == "answered" and each.at
        ),
        due=row.due_at,
        late=row.due_at is not None and row.due_at < now,
        if_silent=spec.if_silent,
        mine=next(mine, None),
    )


def group_seats(rounds: Mapping[str, RoundSpec]) -> tuple[RoundSpec, ...]:
    """The rounds of a lifecycle that ask whoever leads or convenes, in its order; what is asked of records aside."""
    return tuple(
        spec
        for spec in rounds.values()
        if spec.footing is Footing.MANAGED
        and any(seat.of in ("lead", "convenor") for seat in spec.rule.seats)
    )
