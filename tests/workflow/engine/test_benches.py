"""An office that is tied to one bench counts there, and one that is tied to none counts on all."""

import pytest

from workflow.engine.benches import OfficeKey, appointment_at, asked, own_appointment
from workflow.lifecycles.seat import SeatRef

INDIA, BRAZIL, FUND, BOARD = 1, 2, 7, 8
MEMBER = "member"


def seat(bench: int | None, party: int = INDIA, role: str = MEMBER) -> SeatRef:
    return SeatRef(role, party, "India", "open", bench)


@pytest.mark.parametrize(
    ("office", "place", "fits"),
    [
        (OfficeKey(MEMBER, INDIA, FUND), seat(FUND), True),
        (OfficeKey(MEMBER, INDIA, BOARD), seat(FUND), False),
        (OfficeKey(MEMBER, INDIA), seat(FUND), True),
        (OfficeKey(MEMBER, INDIA, FUND), seat(None), True),
        (OfficeKey(MEMBER, INDIA), seat(None), True),
        (OfficeKey(MEMBER, BRAZIL, FUND), seat(FUND), False),
        (OfficeKey("chair", INDIA, FUND), seat(FUND), False),
    ],
)
def test_an_office_fits_where_it_counts(office: OfficeKey, place: SeatRef, *, fits: bool) -> None:
    assert office.fits(place) is fits


def test_of_several_appointments_that_of_the_bench_counts_first() -> None:
    held = {
        OfficeKey(MEMBER, INDIA): 1,
        OfficeKey(MEMBER, INDIA, FUND): 2,
        OfficeKey(MEMBER, INDIA, 9): 3,
    }

    assert [appointment_at(held, seat(bench)) for bench in (FUND, BOARD, 9)] == [2, 1, 3]
    assert appointment_at(held, seat(FUND, BRAZIL)) is None
    assert own_appointment(held, seat(FUND)) == 2
    with pytest.raises(LookupError):
        own_appointment(held, seat(FUND, BRAZIL))


def test_a_place_says_which_office_it_asks() -> None:
    assert asked(seat(FUND)) == OfficeKey(MEMBER, INDIA, FUND)
