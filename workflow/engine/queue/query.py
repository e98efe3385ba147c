"""What a person narrows the queue to, where a page of it ends, and how many seats wait in all."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    bindparam,
    exists,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from workflow.clock import read, written
from workflow.database import LARGEST
from workflow.engine.queue.seats import (
    CASE,
    CASE_PARTY,
    FIRST,
    KEPT,
    LAST,
    LATE,
    PARTY,
    ROUND,
    SEAT,
    SINCE,
    SOON,
    UNTIL,
    Columns,
    Rows,
    Scopes,
    capped,
    first_seats,
    last_seats,
    named,
    scopes_of,
)
from workflow.engine.queue.ways import WayIn

CURSOR = re.compile(r"(?P<due>[\dT:.-]{23}Z|)_(?P<seat>[0-9]{1,10})", re.ASCII)
WEEK = timedelta(days=7)
MOST_COUNTED = 100
# Where seats without a due time begin, behind all that have one.
UNDATED = "_0"
LOOKED_AT = 500
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What a person narrows the queue to; empty means everything.

    `office` is `role:party key`, `due` is `late` or `week`, `after` is where the page before ended;
    what is due before `since`, or from `until` on, is left out, and what has no due time with it.
    """

    office: str = ""
    stage: str = ""
    country: str = ""
    due: str = ""
    text: str = ""
    after: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.office, self.stage, self.country, self.due, self.text, self.after))


_SPEAKS = or_(
    CASE.c.title.icontains(bindparam("text"), escape="/"),
    CASE.c.ref.icontains(bindparam("text"), escape="/"),
)
# What the index in whose order seats stand answers, and what is asked of the case of a number.
_DUE: dict[str, ColumnElement[bool]] = {
    "late": LATE,
    "week": SOON,
    "since": SINCE,
    "until": UNTIL,
}
_COUNTRY = select(PARTY.c.id).where(PARTY.c.iso3 == bindparam("country")).scalar_subquery()
_OF_THE_CASE: dict[str, Callable[[ColumnElement[int]], ColumnElement[bool]]] = {
    "stage": lambda of: exists().where(CASE.c.id == of, CASE.c.stage == bindparam("stage")),
    "country": lambda of: exists().where(
        CASE_PARTY.c.case_id == of,
        CASE_PARTY.c.capacity == bindparam("capacity"),
        CASE_PARTY.c.party_id == _COUNTRY,
    ),
    # Looked up case by case: a join would have every title read that there is.
    "text": lambda of: select(_SPEAKS).where(CASE.c.id == of).scalar_subquery(),
}
_ORDER = (SEAT.c.due_at.is_(None), SEAT.c.due_at, SEAT.c.id)
_TOLD = (
    SEAT.c.id, SEAT.c.round_id, SEAT.c.case_id, SEAT.c.role, SEAT.c.party_id, SEAT.c.status, SEAT.c.part,
    SEAT.c.opened_at, SEAT.c.due_at, SEAT.c.bench_id, PARTY.c.name.label("party"), ROUND.c.key, ROUND.c.turn,
    CASE.c.ref, CASE.c.title, CASE.c.stage, CASE.c.state, CASE.c.footing, CASE.c.definition_id,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Seats that wait, and where the next ones begin; empty where there are none."""

    rows: Sequence[Any]
    after: str


def found(
    session: Session,
    on: Sequence[WayIn],
    filters: QueueFilters,
    located_by: str,
    now: datetime,
    most: int,
) -> Found:
    """The first `most` seats that wait on these ways behind the place where `filters` begin, due first.

    By what their cases are, no more than some hundred are looked through; then the next ones begin
    where it ended.
    """
    if not on:
        return Found((), "")
    asked = _page(scopes_of(on), most + 1, tuple(_narrowing(filters)), LOOKED_AT)
    told = session.connection().execute(asked, _values(on, filters, located_by, now)).all()
    rows = [row for row in told if row.wanted]
    if len(rows) > most:
        return Found(rows[:most], cursor(rows[most - 1]))
    last = next((row for row in told if not row.wanted), None)
    return Found(rows, cursor(last) if last else "")


@dataclass(frozen=True, slots=True)
class Beside:
    """The seats beside one in a queue, each by its number, reference and title, and how many are before it."""

    before: tuple[int, str, str] | None
    after: tuple[int, str, str] | None
    passed: int


def beside(
    session: Session, on: Sequence[WayIn], filters: QueueFilters, located_by: str, now: datetime
) -> Beside:
    """What stands before and behind the seat at which `filters` say that a page ended; counted so far."""
    if not on:
        return Beside(None, None, 0)
    asked = _beside(scopes_of(on), tuple(_narrowing(filters)))
    rows = session.connection().execute(asked, _values(on, filters, located_by, now)).all()
    found = {row.side: (row.id, row.ref, row.title) for row in rows}
    return Beside(found.get(BEFORE), found.get(AFTER), rows[0].passed if rows else 0)


@lru_cache(maxsize=KEPT)
def _beside(scopes: Scopes, narrowed: tuple[str, ...]) -> CompoundSelect[Any]:
    only = [_DUE[name] if name in _DUE else _OF_THE_CASE[name](SEAT.c.case_id) for name in narrowed]
    passed = capped(last_seats(scopes, MOST_COUNTED, *only), MOST_COUNTED)
    return union_all(
        *(
            select(
                literal(side).label("side"),
                *(SEAT.c.id, CASE.c.ref, CASE.c.title, passed.label("passed")),
            )
            .join_from(SEAT, CASE, CASE.c.id == SEAT.c.case_id)
            .where(SEAT.c.id.in_(nearest))
            for side, nearest in (
                (BEFORE, last_seats(scopes, 1, *only)),
                (AFTER, first_seats(scopes, 1, *only)),
            )
        )
    )


def _values(
    on: Sequence[WayIn], filters: QueueFilters, located_by: str, now: datetime
) -> dict[str, Any]:
    """The values of a statement that follows these ways, narrowed and from a place on."""
    return {
        **named(on),
        **_place(filters.after),
        "now": now,
        "week": now + WEEK,
        "since": filters.since,
        "until": filters.until,
        "stage": filters.stage,
        "country": filters.country,
        "capacity": located_by,
        "text": _literally(filters.text),
    }


def _narrowing(filters: QueueFilters) -> Iterator[str]:
    """What the filters narrow by, besides the office; a word that makes no sense narrows nothing."""
    for name in _OF_THE_CASE:
        if getattr(filters, name):
            yield name
    if filters.due in {"late", "week"}:
        yield filters.due
    yield from (name for name in ("since", "until") if getattr(filters, name) is not None)


def _in_order(scopes: Scopes, most: int, narrowed: tuple[str, ...], also: Columns = ()) -> Rows:
    """The first seats on these ways, by their index alone."""
    due = [_DUE[name] for name in narrowed if name in _DUE]
    return first_seats(scopes, most, *due, timed=bool(due), also=also)


@lru_cache(maxsize=KEPT)
def _page(scopes: Scopes, most: int, narrowed: tuple[str, ...], depth: int) -> Rows:
    """What a page tells of its first seats, which are found before anything is joined to them.

    Where they are looked through, the last of those looked at is told as well: it is not `wanted`.
    """
    if _OF_THE_CASE.keys().isdisjoint(narrowed):
        first = _in_order(scopes, most, narrowed).add_columns(literal(1).label("wanted")).subquery()
    else:
        first = _looked_through(scopes, most, narrowed, depth).subquery()
    return (
        select(*_TOLD, first.c.wanted)
        .join_from(first, SEAT, SEAT.c.id == first.c.id)
        .join(ROUND, ROUND.c.id == SEAT.c.round_id)
        .join(CASE, CASE.c.id == SEAT.c.case_id)
        .join(PARTY, PARTY.c.id == SEAT.c.party_id)
        .order_by(*_ORDER)
    )


def _looked_through(
    scopes: Scopes, most: int, narrowed: tuple[str, ...], depth: int
) -> CompoundSelect[Any]:
    """The first seats whose cases are asked for, of so many, and the last of these if there may be more behind."""
    looked = _in_order(scopes, depth, narrowed, (SEAT.c.due_at, SEAT.c.case_id)).cte("looked")
    in_order = (looked.c.due_at.is_(None), looked.c.due_at, looked.c.id)
    asked = (_OF_THE_CASE[name](looked.c.case_id) for name in narrowed if name in _OF_THE_CASE)
    some = select(looked.c.id).where(*asked).order_by(*in_order).limit(most).subquery()
    last = select(looked.c.id).order_by(*in_order).offset(depth - 1).limit(1).subquery()
    wanted = ((some, 1), (last, 0))
    return union_all(*(select(of.c.id, literal(is_).label("wanted")) for of, is_ in wanted))


def cursor(row: Any) -> str:
    """Where a page ends, as an address carries it: the due time and the seat."""
    return cursor_of(row.due_at, row.id)


def cursor_of(due: datetime | None, seat: int) -> str:
    """The same of a seat whose due time is known."""
    return f"{written(due) if due else ''}_{seat}"


def _place(after: str) -> dict[str, Any]:
    """The values of the place behind the seat that a page ended with; nonsense begins anew."""
    beginning = {"due": FIRST, "seat": 0, "untimed": 0}
    found = CURSOR.fullmatch(after)
    if found is None or int(found["seat"]) > LARGEST:
        return beginning
    number = int(found["seat"])
    if not found["due"]:
        return {"due": LAST, "seat": 0, "untimed": number}
    try:
        return {"due": read(found["due"]), "seat": number, "untimed": 0}
    except ValueError:
        return beginning


def _literally(text: str) -> str:
    """The text with what a pattern would take for a wildcard marked as itself."""
    for special in ("/", "%", "_"):
        text = text.replace(special, f"/{special}")
    return text
