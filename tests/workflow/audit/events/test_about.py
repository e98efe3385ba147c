"""What may be asked of any event is answered by those that say it, and by nobody else."""

from datetime import UTC, date, datetime

import pytest

from workflow.audit.events.about import (
    delegate_in,
    parties_in,
    party_in,
    principal_in,
    proposer_in,
    seat_in,
    verdict_in,
)
from workflow.audit.events.cases import CaseOpened, PartyJoined
from workflow.audit.events.histories import HistoryRead
from workflow.audit.events.payload import Garbled, Payload, Unknown
from workflow.audit.events.register import AppointmentMade, MandateGranted
from workflow.audit.events.rounds import AskedSeat, NamedSeat, RoundOpened, RoundPaused
from workflow.audit.events.seats import (
    DutyOverridden,
    SeatReassigned,
    SignoffGiven,
    SignoffLate,
)

DUE, DAY = datetime(2026, 4, 2, 9, tzinfo=UTC), date(2026, 3, 2)
SEAT = NamedSeat(role="pivotal", party="cub", category="")
BEGUN = CaseOpened(
    ref="SSC-1", subject="programme", definition="d", state="draft", stage="proposal",
    proposer="moz", version=1, title=None,
)  # fmt: skip
GIVEN = SignoffGiven(
    round="board", turn=1, seat=SEAT, answer=1, verdict="approve", content="c", answers="a",
    mandate=4, principal=7, reason=None,
)  # fmt: skip
LATE = SignoffLate(
    round="board", turn=1, seat=SEAT, verdict="object", content="c", due=DUE, reason=None
)
REASSIGNED = SeatReassigned(round="board", turn=1, seat=SEAT, delegate=5, under=6, reason=None)
OVERRIDDEN = DutyOverridden(round="board", turn=1, seat=SEAT, bar="author", whom=8, reason=None)
MANDATED = MandateGranted(
    mandate=1, appointment=2, holder=3, delegate=9, role="chair", party="board", starts_on=DAY,
    ends_on=DAY, scope="all", reason=None,
)  # fmt: skip
APPOINTED = AppointmentMade(
    appointment=1, holder=3, role="chair", party="board", starts_on=DAY, ends_on=None, name=None
)
SILENT = [HistoryRead(), Unknown(), Garbled("it has no seat")]


def test_a_seat_is_that_of_whoever_did_something_there() -> None:
    assert [seat_in(each) for each in (GIVEN, LATE, BEGUN)] == [SEAT, SEAT, None]


@pytest.mark.parametrize(
    ("what", "party"),
    [
        (PartyJoined(party="bra", capacity="lead"), "bra"),
        (MANDATED, "board"),
        (APPOINTED, "board"),
        (BEGUN, ""),
        (GIVEN, ""),
    ],
)
def test_a_party_is_the_one_that_it_names_outside_of_a_seat(what: Payload, party: str) -> None:
    assert party_in(what) == party


def test_a_proposer_is_the_party_that_a_case_was_begun_for() -> None:
    assert [proposer_in(each) for each in (BEGUN, APPOINTED)] == ["moz", ""]


def test_all_parties_are_those_of_seats_and_those_that_no_mail_reached_too() -> None:
    asked = AskedSeat(role="pivotal", party="ind", part="decides", category="")
    opened = RoundOpened(
        round="board", turn=1, state="decision", due=None, content="c", seats=(asked,),
        incidents=(), version=2, reason=None,
    )  # fmt: skip
    paused = RoundPaused(
        round="board", turn=1, due=DUE, why="mail", version=3, undelivered=("bra", "cub")
    )

    told = [parties_in(each) for each in (opened, paused, GIVEN, BEGUN)]

    assert told == [{"ind"}, {"bra", "cub"}, {"cub"}, {"moz"}]


def test_a_delegate_is_whom_it_is_about() -> None:
    told = [delegate_in(each) for each in (MANDATED, REASSIGNED, OVERRIDDEN, APPOINTED)]

    assert told == [9, 5, 8, None]


def test_a_principal_is_for_whom_somebody_acted() -> None:
    assert [principal_in(each) for each in (GIVEN, LATE, MANDATED)] == [7, None, None]


def test_a_verdict_is_what_was_answered_in_time_or_late() -> None:
    assert [verdict_in(each) for each in (GIVEN, LATE, REASSIGNED)] == ["approve", "object", ""]


@pytest.mark.parametrize("what", SILENT)
def test_others_answer_nothing(what: Payload) -> None:
    assert (seat_in(what), principal_in(what), delegate_in(what)) == (None, None, None)
    assert (party_in(what), proposer_in(what), verdict_in(what)) == ("", "", "")
    assert parties_in(what) == frozenset()
