"""What events say of rows, where the recorded case does not show it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflow.audit.chain import Broken, ToldEvent
from workflow.audit.events.documents import AttachmentFiled, AttachmentRemoved
from workflow.audit.events.payload import Garbled, Payload, Sealed, Unknown
from workflow.audit.events.register import AppointmentMade
from workflow.audit.events.rounds import (
    AskedSeat,
    NamedSeat,
    RoundExtended,
    RoundOpened,
    RoundOvertaken,
    RoundPaused,
    RoundRebound,
    RoundResumed,
    RoundSettled,
)
from workflow.audit.events.seats import (
    SeatRecused,
    SignoffGiven,
    SignoffLate,
    SignoffVoided,
)
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import (
    CASE,
    attachment_name,
    person_name,
    round_name,
    seat_name,
)
from workflow.audit.verification.replay import hear

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE, LATER = datetime(2026, 3, 5, 9, tzinfo=UTC), datetime(2026, 3, 9, 9, tzinfo=UTC)
SEAT = NamedSeat(role="pivotal", party="cub", category="")
GIVEN = SignoffGiven(
    round="screening", turn=1, seat=SEAT, answer=1, verdict="approve", content="old",
    answers="none", reason=None,
)  # fmt: skip
PAUSED = RoundPaused(round="screening", turn=1, due=DUE, why="state", version=3)
ROUND = round_name("screening", 1)
PLACE = seat_name(ROUND, "pivotal", "cub", "")


def opened(due: datetime | None = None, incidents: tuple[str, ...] = ()) -> RoundOpened:
    asked = AskedSeat(role="pivotal", party="cub", category="", part="decides")
    return RoundOpened(
        round="screening", turn=1, state="draft", due=due, content="old", seats=(asked,),
        incidents=incidents, version=2, reason=None,
    )  # fmt: skip


def told(seq: int, what: Payload, **opened: str) -> ToldEvent:
    at = AT + timedelta(minutes=seq)
    return ToldEvent(
        seq=seq, hash=b"", type=getattr(what, "event_type", "weather.changed"), person=1,
        appointment=None, at=at, effective=at, what=what, committed=frozenset(), opened=opened,
    )  # fmt: skip


def story(*events: Payload) -> ExpectedRows:
    heard = ExpectedRows()
    for seq, what in enumerate(events, 1):
        hear(heard, told(seq, what))
    return heard


def test_a_round_put_before_a_new_text_is_about_that_text() -> None:
    heard = story(opened(), RoundRebound(round="screening", turn=1, content="new", version=3))

    assert heard.things[ROUND]["content_digest"] == "new"
    assert heard.things[CASE]["version"] == 3


def test_a_round_that_found_nobody_to_ask_says_so_until_it_is_settled() -> None:
    nobody = opened(
        incidents=("No party holds the seat of donor (donor).", "Nor of pivotal (cub).")
    )
    overtaken = RoundOvertaken(round="screening", turn=1)
    settled = RoundSettled(
        round="screening", turn=1, outcome="approved", version=3, explanation=None
    )

    said = [
        story(nobody, *after).things[ROUND]["explanation"]
        for after in ((), (overtaken,), (settled,))
    ]

    sentence = "No party holds the seat of donor (donor). Nor of pivotal (cub)."
    assert said == [sentence, sentence, ""]


def test_a_sign_off_voided_after_its_round_settled_leaves_the_seat_answered() -> None:
    heard = story(
        opened(),
        GIVEN,
        RoundSettled(round="screening", turn=1, outcome="approved", version=3, explanation=None),
        SignoffVoided(
            round="screening", turn=1, seat=SEAT, answer=1, because="text changed", version=4
        ),
    )

    assert heard.things[PLACE]["status"] == "answered"
    assert heard.things[f"{PLACE}, answer 1"]["ended_as"] == "voided"


def test_stepping_back_ends_an_earlier_answer() -> None:
    back = SeatRecused(round="screening", turn=1, seat=SEAT, reason=None)

    heard = story(opened(), GIVEN, back)

    assert heard.things[PLACE]["status"] == "recused"
    assert heard.things[f"{PLACE}, answer 1"]["ended_as"] == "changed"


def test_which_of_two_equal_files_went_is_left_open() -> None:
    file = AttachmentFiled(kind="annex", digest="same", size=1, filename=None)

    heard = story(file, file, AttachmentRemoved(kind="annex", digest="same"))

    assert "removed_at" not in heard.things[attachment_name(1)]
    assert "removed_at" not in heard.things[attachment_name(2)]


def test_an_unknown_kind_of_event_changes_nothing() -> None:
    assert story(Unknown()).things == ExpectedRows().things


def test_an_event_that_does_not_say_what_it_has_to_say_ends_the_story() -> None:
    with pytest.raises(
        Broken, match=r"Event 1 does not say what weather\.changed has to say: rain"
    ):
        story(Garbled("rain"))


def test_an_extension_moves_the_end_of_the_round_and_of_every_seat() -> None:
    extended = RoundExtended(
        round="screening", turn=1, before=DUE, due=LATER, version=3, reason=None
    )

    heard = story(opened(DUE), extended)

    assert heard.things[ROUND]["due_at"] == heard.things[PLACE]["due_at"] == LATER
    assert heard.things[CASE]["version"] == 3


def test_a_stopped_clock_leaves_no_end_and_one_that_goes_on_a_later_one() -> None:
    resumed = RoundResumed(
        round="screening", turn=1, before=DUE, due=LATER, since=AT, version=4, reason=None
    )

    still = story(opened(DUE), PAUSED)
    going = story(opened(DUE), PAUSED, resumed)

    assert still.things[ROUND]["due_at"] is still.things[PLACE]["due_at"] is None
    assert going.things[ROUND]["due_at"] == going.things[PLACE]["due_at"] == LATER
    assert going.things[CASE]["version"] == 4


def test_a_late_answer_changes_no_row() -> None:
    late = SignoffLate(
        round="screening", turn=1, seat=SEAT, verdict="object", content="old", due=DUE, reason=None
    )

    heard = story(opened(), late)

    assert heard.things == story(opened()).things


def test_whoever_had_a_name_erased_goes_by_no_name_that_is_compared() -> None:
    heard = ExpectedRows()
    for seq, texts in enumerate(({"name": "Ana"}, {}, {"name": "Ana"}), 1):
        made = AppointmentMade(
            appointment=seq, holder=1, role="donor", party="bra", starts_on=date(2026, 3, 2),
            ends_on=None, name=Sealed("name", "digest"),
        )  # fmt: skip
        hear(heard, told(seq, made, **texts))

        assert heard.things[person_name("p1")] == {
            "disabled_at": None,
            **(texts if seq == 1 else {}),
        }
