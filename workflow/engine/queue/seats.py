"""The open seats at the end of some ways, as statements that are composed once and asked with values.

Each way is a branch of its own, which its index answers in the order of due times and which stops at a
limit: what a page costs does not grow with what waits.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union,
    union_all,
)

from workflow.engine.models import OPEN, CaseParty, LifecycleCase, Round, Seat
from workflow.engine.permissions.personal.asked import is_asked
from workflow.engine.queue.ways import OnBenches, Scope, Shape, WayIn
from workflow.people.models import Party

Scopes = tuple[Shape, ...]
Rows = Select[*tuple[Any, ...]]
Columns = tuple[ColumnElement[Any], ...]
SEAT, ROUND, CASE = Seat.__table__, Round.__table__, LifecycleCase.__table__
PARTY, CASE_PARTY = Party.__table__, CaseParty.__table__
STAGE, COUNTRY = "stage", "country"
# How many statements of each kind are kept, one for each set of scopes that somebody has.
KEPT = 128
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
# Written out, so that the partial indexes over open seats and paused rounds answer it. The few rounds that
# stand still are read once, not looked up seat by seat.
_PAUSED = select(ROUND.c.id).where(ROUND.c.paused_for == literal_column("'state'"))
_OPEN = (SEAT.c.status == OPEN) & SEAT.c.round_id.not_in(_PAUSED)
_TIMED = tuple_(SEAT.c.due_at, SEAT.c.id) > tuple_(
    bindparam("due", type_=SEAT.c.due_at.type), bindparam("seat", type_=SEAT.c.id.type)
)
_UNTIMED = SEAT.c.due_at.is_(None) & (SEAT.c.id > bindparam("untimed"))
_TIMED_BEFORE = tuple_(SEAT.c.due_at, SEAT.c.id) < tuple_(
    bindparam("due", type_=SEAT.c.due_at.type), bindparam("seat", type_=SEAT.c.id.type)
)
_UNTIMED_BEFORE = SEAT.c.due_at.is_(None) & (SEAT.c.id < bindparam("untimed"))
LATE = SEAT.c.due_at < bindparam("now")
SOON = SEAT.c.due_at.between(bindparam("now"), bindparam("week"))
_NEAR = bindparam("near", type_=SEAT.c.due_at.type)
NEAR = (SEAT.c.due_at >= bindparam("now"), SEAT.c.due_at < _NEAR)
SINCE = SEAT.c.due_at >= bindparam("since", type_=SEAT.c.due_at.type)
UNTIL = SEAT.c.due_at < bindparam("until", type_=SEAT.c.due_at.type)

BEHIND = (SEAT.c.due_at >= _NEAR, UNTIL)


def scopes_of(ways: Sequence[WayIn]) -> Scopes:
    """What the statements for these ways depend on."""
    return tuple(way.shape for way in ways)


def named(ways: Sequence[WayIn]) -> dict[str, Any]:
    """The values that say in a statement which ways they are."""
    told: dict[str, Any] = {}
    for number, way in enumerate(ways):
        told |= {
            f"way_role_{number}": way.role,
            f"way_party_{number}": way.party_id,
            f"way_person_{number}": way.person,
        }
        if way.scope is Scope.ROUND:
            told[f"key_{number}"] = way.round_key
        elif way.scope is Scope.CASE:
            told |= {f"ref_{number}": way.ref, f"beside_{number}": way.beside}
        if way.sitting is not OnBenches.ANYWHERE:
            told[f"benches_{number}"] = way.benches
    return told


def open_seats(number: int, shape: Shape, *columns: ColumnElement[Any]) -> Rows:
    """The open seats at the end of the way of this number, in no order yet."""
    scope, sitting = shape
    narrowed = _of_case(number) if scope is Scope.CASE else _of_office(number)
    if scope is Scope.ROUND:
        narrowed = (*narrowed, SEAT.c.round_key == bindparam(f"key_{number}"))
    asked = is_asked(bindparam(f"way_person_{number}", type_=Integer))
    return (
        select(*columns)
        .select_from(SEAT)
        .where(*narrowed, *_sitting(number, sitting), _OPEN, asked)
    )


def _sitting(number: int, sitting: OnBenches) -> tuple[ColumnElement[bool], ...]:
    """That a seat is on the benches that the way leads to; where it leads to all, nothing is asked."""
    if sitting is OnBenches.ANYWHERE:
        return ()
    benches: BindParameter[int] = bindparam(f"benches_{number}", expanding=True)
    here = SEAT.c.bench_id.in_(benches)
    match sitting:
        case OnBenches.HERE:
            return (or_(SEAT.c.bench_id.is_(None), here),)
        case OnBenches.ONLY:
            return (here,)
        case OnBenches.ELSEWHERE:
            return (SEAT.c.bench_id.not_in(benches),)


def _of_office(number: int) -> tuple[ColumnElement[bool], ...]:
    """That a seat is the office's, which the index over open seats begins with."""
    return (
        SEAT.c.role == bindparam(f"way_role_{number}"),
        SEAT.c.party_id == bindparam(f"way_party_{number}"),
    )


def _of_case(number: int) -> tuple[ColumnElement[bool], ...]:
    """That a seat is the office's in one case, apart from the rounds beside the way."""
    its_case = select(CASE.c.id).where(CASE.c.ref == bindparam(f"ref_{number}"))
    return (
        SEAT.c.case_id == its_case.scalar_subquery(),
        SEAT.c.round_key.not_in(bindparam(f"beside_{number}", expanding=True)),
        # Written so that no index over offices is taken where the case has few seats.
        SEAT.c.role.concat("") == bindparam(f"way_role_{number}"),
        SEAT.c.party_id + 0 == bindparam(f"way_party_{number}"),
    )


def first_seats(
    scopes: Scopes, most: int, *only: ColumnElement[bool], timed: bool = False, also: Columns = ()
) -> Rows:
    """The ids of the first `most` seats behind a place, due first; those without a due time come last.

    `only` narrows them; `timed` says that it leaves out those without a due time. `also` are columns
    of theirs, which their index should hold.
    """
    branches = [
        open_seats(number, shape, SEAT.c.id, SEAT.c.due_at, *also)
        .where(*only, behind)
        .order_by(SEAT.c.due_at, SEAT.c.id)
        .limit(most)
        .subquery()
        for number, shape in enumerate(scopes)
        for behind in ((_TIMED,) if timed else (_TIMED, _UNTIMED))
    ]
    found = union_all(*(select(branch) for branch in branches)).subquery()
    return (
        select(found.c.id, *(found.c[str(column.key)] for column in also))
        .order_by(found.c.due_at.is_(None), found.c.due_at, found.c.id)
        .limit(most)
    )


def last_seats(scopes: Scopes, most: int, *only: ColumnElement[bool]) -> Rows:
    """The ids of the last `most` seats before a place, the nearest first; it is bound as for those behind it."""
    branches = [
        open_seats(number, shape, SEAT.c.id, SEAT.c.due_at)
        .where(*only, before)
        .order_by(SEAT.c.due_at.desc(), SEAT.c.id.desc())
        .limit(most)
        .subquery()
        for number, shape in enumerate(scopes)
        for before in (_TIMED_BEFORE, _UNTIMED_BEFORE)
    ]
    found = union_all(*(select(branch) for branch in branches)).subquery()
    return (
        select(found.c.id)
        .order_by(found.c.due_at.is_not(None), found.c.due_at.desc(), found.c.id.desc())
        .limit(most)
    )


def capped(seats: Rows, most: int) -> ScalarSelect[int]:
    """How many seats there are, counted no further than `most`."""
    return select(func.count()).select_from(seats.limit(most).subquery()).scalar_subquery()


@lru_cache(maxsize=KEPT)
def how_many(scopes: Scopes, most: int) -> ScalarSelect[int]:
    """How many seats wait on these ways together, counted no further than `most`."""
    if not scopes:
        return select(literal(0)).scalar_subquery()
    return capped(_together(scopes, most, SEAT.c.id), most)


@lru_cache(maxsize=KEPT)
def tallied(scopes: Scopes, most: int, *, spanned: bool = False) -> CompoundSelect[Any]:
    """Of each way: role, party, its key and name, and how many wait, are late and are due soon.

    Where it is `spanned`, also how many are due before an instant that is `near`, and from it on `until` another.
    """
    told = (_tally(number, shape, most, spanned=spanned) for number, shape in enumerate(scopes))
    return union_all(*told)


def _tally(number: int, shape: Shape, most: int, *, spanned: bool) -> Rows:
    only = ((), (LATE,), (SOON,), *((NEAR, BEHIND) if spanned else ()))
    seats = [open_seats(number, shape, SEAT.c.id).where(*each) for each in only]
    role = bindparam(f"way_role_{number}", type_=SEAT.c.role.type).label("role")
    counts = (capped(each, most) for each in seats)
    return select(role, PARTY.c.id, PARTY.c.key, PARTY.c.name, *counts).where(
        PARTY.c.id == bindparam(f"way_party_{number}")
    )


@lru_cache(maxsize=KEPT)
def choices(scopes: Scopes, most: int) -> CompoundSelect[Any]:
    """The stages and countries of the cases of the first seats that wait, `most` of each way.

    Each with what it is and with the name that it is sorted by.
    """
    cases = _together(scopes, most, SEAT.c.case_id).cte("waiting")
    its_stage = select(literal(STAGE), CASE.c.stage, literal("").label("name")).join(
        cases, cases.c.case_id == CASE.c.id
    )
    # Not joined: for a join SQLite goes through the parties of all cases first, to leave some out.
    taking_part = select(CASE_PARTY.c.party_id).where(
        CASE_PARTY.c.case_id.in_(select(cases.c.case_id)),
        CASE_PARTY.c.capacity == bindparam("capacity"),
    )
    lies_in = select(literal(COUNTRY), PARTY.c.iso3, PARTY.c.name).where(
        PARTY.c.id.in_(taking_part), PARTY.c.iso3.is_not(None)
    )
    return union(its_stage, lies_in).order_by("name")


def _together(scopes: Scopes, most: int, column: ColumnElement[Any]) -> Rows:
    """One column of `most` open seats of each way, in no order."""
    branches = [
        open_seats(number, shape, column).limit(most).subquery()
        for number, shape in enumerate(scopes)
    ]
    return select(union_all(*(select(branch) for branch in branches)).subquery())
