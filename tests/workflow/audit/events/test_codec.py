"""Payloads to plain values and back, by their declarations alone."""

from datetime import UTC, date, datetime

import pytest

from workflow.audit.events import codec
from workflow.audit.events.documents import AttachmentFiled, AttachmentRemoved
from workflow.audit.events.payload import Sealed
from workflow.audit.events.register import InterestRegistered, MandateRevoked
from workflow.audit.events.rounds import (
    AskedSeat,
    NamedSeat,
    RoundExtended,
    RoundOpened,
    RoundSettled,
)
from workflow.audit.events.seats import (
    SeatRecused,
    SignoffGiven,
    StatedProof,
)

DUE = datetime(2026, 4, 2, 9, tzinfo=UTC)
SEAT = NamedSeat(role="pivotal", party="cub", category="")
GIVEN = SignoffGiven(
    round="consultation", turn=1, seat=SEAT, answer=1, verdict="approve", content="c",
    answers="a", reason="",
)  # fmt: skip


def test_words_that_python_keeps_for_itself_are_keys_all_the_same() -> None:
    extended = RoundExtended(
        round="board", turn=2, before=DUE, due=DUE, version=7, reason="Two were away."
    )

    assert codec.written(extended) == {
        "round": "board", "turn": 2, "version": 7,
        "from": "2026-04-02T09:00:00.000Z", "due": "2026-04-02T09:00:00.000Z",
    }  # fmt: skip


def test_what_has_its_default_is_left_out() -> None:
    assert "filed" not in codec.written(AttachmentRemoved(kind="annex", digest="d"))
    assert codec.written(AttachmentRemoved(kind="annex", digest="d", filed=4))["filed"] == 4


def test_a_silence_in_which_all_spoke_is_not_the_same_as_no_silence() -> None:
    settled = {"round": "board", "turn": 1, "outcome": "approved", "version": 3}

    silence = codec.read(RoundSettled, {**settled, "silent": []}, {})
    vote = codec.read(RoundSettled, settled, {})

    assert codec.written(silence) == {**settled, "silent": []}
    assert codec.written(vote) == settled


def test_nothing_is_written_as_null_where_the_key_always_stands() -> None:
    seat = AskedSeat(role="chair", party="board", part="decides", category="")
    opened = RoundOpened(
        round="board", turn=1, state="decision", due=None, content="c", seats=(seat,),
        incidents=(), version=2, reason="",
    )  # fmt: skip

    assert codec.written(opened)["due"] is None
    assert codec.written(opened)["seats"] == [
        {"role": "chair", "party": "board", "part": "decides", "category": ""}
    ]


def test_people_stand_under_opaque_ids() -> None:
    revoked = MandateRevoked(
        mandate=1, appointment=2, holder=3, delegate=4, role="chair", party="board",
        starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 9), scope="all",
    )  # fmt: skip

    what = codec.written(revoked)

    assert (what["of"], what["to"], what["starts_on"]) == ("p3", "p4", "2026-03-02")
    assert codec.read(MandateRevoked, what, {}) == revoked


def test_an_object_inside_is_read_and_written_by_its_own_fields() -> None:
    what = {**codec.written(GIVEN), "auth": {"method": "password", "age": 12}}

    read = codec.read(SignoffGiven, what, {})

    assert isinstance(read, SignoffGiven)
    assert read.auth == StatedProof(method="password", age=12)
    assert codec.written(read) == what


def test_a_private_text_is_no_part_of_what_is_written() -> None:
    file = AttachmentFiled(kind="annex", digest="d", size=7, filename="kept.pdf")

    assert codec.written(file) == {"kind": "annex", "digest": "d", "size": 7}
    assert codec.texts(file) == {"filename": "kept.pdf"}


def test_an_empty_text_is_committed_to_only_where_its_declaration_says_so() -> None:
    interest = InterestRegistered(party="cub", area="health", on=date(2026, 3, 2), note="")

    assert codec.texts(GIVEN) == {}
    assert codec.texts(interest) == {"note": ""}


def test_a_text_is_read_as_its_seal_and_none_where_there_never_was_one() -> None:
    what = {"round": "board", "turn": 1, "seat": codec.written(SEAT)}

    sealed = codec.read(SeatRecused, what, {"reason": "digest"})
    bare = codec.read(SeatRecused, what, {})

    assert isinstance(sealed, SeatRecused)
    assert isinstance(bare, SeatRecused)
    assert sealed.reason == Sealed("reason", "digest")
    assert bare.reason is None
    assert codec.texts(sealed) == {}


def test_what_is_said_is_told_by_its_keys() -> None:
    told = dict(codec.spoken(GIVEN))

    assert told["seat"] is SEAT
    assert "for" not in told


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(LookupError, match="it has no seat"):
        codec.read(SeatRecused, {"round": "board", "turn": 1}, {})
