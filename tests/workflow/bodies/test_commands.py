"""Bodies entered, seated and called to sessions, and whom each refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.bodies.commands import (
    Charter,
    SeatGiven,
    call_session,
    describe_body,
    end_seat,
    found_body,
    seat_party,
)
from workflow.bodies.page import body_list, body_page
from workflow.bodies.seats import CHAIR, sitting
from workflow.errors import Invalid, NotFound
from workflow.people.parties import known_party

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY, LATER = NOW.date(), date(2027, 3, 1)
IBSA = Charter(kind="board", name="Board of the fund", quorum=2)


@pytest.fixture
def board(session: Session) -> int:
    return found_body(session, "ibsa", IBSA, by=None, now=NOW)


def seat(session: Session, board: int, key: str, place: str = "member", **days: date) -> int:
    given = SeatGiven(
        party_id=known_party(session, key), place=place, **{"starts_on": TODAY, **days}
    )
    return seat_party(session, board, given, by=None, now=NOW)


def test_a_body_has_seats_from_day_to_day_and_says_what_it_lacks(
    session: Session, board: int
) -> None:
    empty = body_page(session, "ibsa").lacks(TODAY)
    seat(session, board, "ind", CHAIR)
    first = seat(session, board, "bra")
    whole = body_page(session, "ibsa").lacks(TODAY)

    end_seat(session, first, LATER, by=None, now=NOW)

    page = body_page(session, "ibsa")
    assert [str(each) for each in empty] == [
        "It has no chair.", "0 seats are taken, and 2 must be."
    ]  # fmt: skip
    assert whole == ()
    assert len(page.sitting(LATER)) == 2
    assert [each.party for each in page.sitting(date(2027, 3, 2))] == ["India"]
    assert len(sitting(session, board, LATER)) == 2
    kinds = session.scalars(select(Event.type).order_by(Event.seq)).all()
    assert kinds == ["body.described", "body.seated", "body.seated", "body.seat_ended"]


@pytest.mark.parametrize(
    ("key", "changed", "field"),
    [
        ("deu", {}, "party"),
        ("ind", {}, "party"),
        ("bra", {"place": CHAIR}, "place"),
        ("bra", {"place": "guest"}, "place"),
        ("bra", {"ends_on": date(2026, 3, 1)}, "ends_on"),
        ("bra", {"category": "x" * 61}, "category"),
    ],
)
def test_a_donor_a_second_seat_a_second_chair_and_a_backward_seat_are_refused(
    session: Session, board: int, key: str, changed: dict[str, object], field: str
) -> None:
    seat(session, board, "ind", CHAIR)
    given = SeatGiven(party_id=known_party(session, key), place="member", starts_on=TODAY)

    with pytest.raises(Invalid) as refused:
        seat_party(session, board, replace(given, **changed), by=None, now=NOW)  # type: ignore[arg-type]

    assert set(refused.value.faults) == {field}
    assert len(sitting(session, board, TODAY)) == 1


def test_a_chair_may_follow_another(session: Session, board: int) -> None:
    seat(session, board, "ind", CHAIR, ends_on=LATER)

    seat(session, board, "bra", CHAIR, starts_on=date(2027, 3, 2))

    assert len(sitting(session, board, LATER, (CHAIR,))) == 1


def test_a_seat_ends_between_its_days_alone(session: Session, board: int) -> None:
    number = seat(session, board, "ind", ends_on=LATER)

    for wrong in (date(2026, 3, 1), LATER):
        with pytest.raises(Invalid, match="its end lies between them"):
            end_seat(session, number, wrong, by=None, now=NOW)
    with pytest.raises(NotFound):
        end_seat(session, 999, LATER, by=None, now=NOW)


def test_a_body_without_a_chair_calls_no_session_and_decides_by_no_default(
    session: Session, board: int
) -> None:
    days = (LATER, LATER)
    with pytest.raises(Invalid, match="no chair to call it") as headless:
        call_session(session, board, "First session", days, by=None, now=NOW)
    with pytest.raises(Invalid, match="has no chair") as default:
        describe_body(session, board, replace(IBSA, by_default=True), by=None, now=NOW)
    seat(session, board, "ind", CHAIR)

    with pytest.raises(Invalid) as backward:
        call_session(session, board, " ", (LATER, TODAY), by=None, now=NOW)
    call_session(session, board, "First session", days, by=None, now=NOW)

    assert (set(headless.value.faults), set(default.value.faults)) == (
        {"starts_on"},
        {"by_default"},
    )
    assert set(backward.value.faults) == {"title", "ends_on"}
    assert [each.title for each in body_page(session, "ibsa").sessions] == ["First session"]


def test_one_body_of_a_kind_decides_by_default(session: Session, board: int) -> None:
    other = found_body(session, "pgtf", replace(IBSA, name="Other"), by=None, now=NOW)
    for body in (board, other):
        seat(session, body, "ind", CHAIR)
        describe_body(session, body, replace(IBSA, by_default=True), by=None, now=NOW)

    assert [each.id for each in body_list(session) if each.by_default] == [other]


@pytest.mark.parametrize(
    ("key", "changed", "field"),
    [
        ("ibsa", {}, "key"), ("Ib sa", {}, "key"), ("pgtf", {"name": ""}, "name"),
        ("pgtf", {"kind": "choir"}, "kind"), ("pgtf", {"quorum": 0}, "quorum"),
    ],
)  # fmt: skip
def test_what_a_body_cannot_be_is_refused_at_its_field(
    session: Session, board: int, key: str, changed: dict[str, object], field: str
) -> None:
    assert board

    with pytest.raises(Invalid) as refused:
        found_body(session, key, replace(IBSA, **changed), by=None, now=NOW)  # type: ignore[arg-type]

    assert set(refused.value.faults) == {field}


def test_a_body_stays_of_its_kind_and_an_unknown_one_is_not_there(
    session: Session, board: int
) -> None:
    with pytest.raises(Invalid, match="stays of its kind"):
        describe_body(session, board, replace(IBSA, kind="steering"), by=None, now=NOW)
    with pytest.raises(NotFound):
        body_page(session, "nobody")
    with pytest.raises(NotFound):
        describe_body(session, 999, IBSA, by=None, now=NOW)


@pytest.mark.parametrize("key", ["rus", "ata", "special-unit"])
def test_only_developing_countries_and_organisations_sit_on_a_board(
    session: Session, board: int, key: str
) -> None:
    with pytest.raises(Invalid, match="cannot sit there") as refused:
        seat(session, board, key)

    assert list(refused.value.faults) == ["party"]


def test_an_office_of_the_house_sits_on_an_appraisal_committee(session: Session) -> None:
    charter = Charter(kind="appraisal", name="Appraisal committee")
    committee = found_body(session, "pac", charter, by=None, now=NOW)

    assert seat(session, committee, "special-unit", CHAIR)
