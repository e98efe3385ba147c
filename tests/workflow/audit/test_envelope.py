"""What an event's bytes hold, and what they never hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from workflow.audit import canonical
from workflow.audit.envelope import LARGEST_BODY, Fact, build, genesis, read_event, what_in
from workflow.audit.events.cases import PartyJoined, PartyLeft
from workflow.audit.events.histories import HistoryRead
from workflow.audit.events.payload import Sealed
from workflow.audit.events.rounds import NamedSeat, RoundSettled
from workflow.audit.events.seats import (
    SeatRecused,
)
from workflow.errors import Invalid

AT = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
EARLIER = AT - timedelta(days=2)
READ = Fact(HistoryRead(), 12, AT)
SETTLED = RoundSettled(round="board", turn=1, outcome="approved", version=3, explanation="")


RECUSED = SeatRecused(
    round="board",
    turn=1,
    seat=NamedSeat(role="chair", party="board", category=""),
    reason="My cousin wrote it.",
)


def body_of(fact: Fact) -> bytes:
    return build(fact, case_ref="SSC-1", seq=1, prev=genesis("SSC-1"))[0]


def test_the_bytes_are_spelt_out() -> None:
    joined = PartyJoined(party="bra", capacity="lead")
    fact = Fact(joined, 12, AT, role="submitter", party="cub", appointment=7)

    body, _ = build(fact, case_ref="SSC-1", seq=3, prev=bytes(32))

    assert body == (
        b'{"appointment":7,"at":"2026-03-02T09:30:15.250Z","case":"SSC-1","commitments":{},'
        b'"log":"primemover","party":"cub","person":"p12","prev":"' + b"00" * 32 + b'",'
        b'"role":"submitter","seq":3,"type":"party.joined","v":1,'
        b'"what":{"capacity":"lead","party":"bra"}}'
    )


def test_a_deadline_has_no_person() -> None:
    fact = Fact(SETTLED, None, AT)

    assert canonical.parse(body_of(fact))["person"] is None


def test_private_text_enters_only_as_a_commitment() -> None:
    fact = Fact(RECUSED, 1, AT)

    body, (made,) = build(fact, case_ref="SSC-1", seq=1, prev=bytes(32))

    assert b"cousin" not in body
    assert made.salt.encode() not in body
    assert canonical.parse(body)["commitments"] == {"reason": made.digest}


def test_the_effective_time_stands_only_where_it_differs() -> None:
    late = Fact(SETTLED, None, AT, effective_at=EARLIER)
    on_time = Fact(SETTLED, None, AT, effective_at=AT)

    assert canonical.parse(body_of(late))["effective"] == "2026-02-28T09:30:15.250Z"
    assert "effective" not in canonical.parse(body_of(on_time))


def test_times_are_written_in_utc() -> None:
    in_havana = Fact(HistoryRead(), 12, AT.astimezone(timezone(-timedelta(hours=5))))

    assert canonical.parse(body_of(in_havana))["at"] == "2026-03-02T09:30:15.250Z"


def test_every_case_begins_its_chain_elsewhere() -> None:
    begins = {genesis(f"SSC-{number}") for number in range(1000)}

    assert len(begins) == 1000


def test_an_event_beyond_16_kib_is_refused() -> None:
    long = Fact(HistoryRead(query="x" * LARGEST_BODY), 12, AT)

    with pytest.raises(Invalid, match="File long content as a document"):
        body_of(long)


def test_an_event_of_just_16_kib_is_taken() -> None:
    rest = LARGEST_BODY - len(body_of(Fact(HistoryRead(query=""), 12, AT)))

    body = body_of(Fact(HistoryRead(query="x" * rest), 12, AT))

    assert len(body) == LARGEST_BODY


def test_an_amount_that_is_not_text_is_refused() -> None:
    with pytest.raises(Invalid):
        body_of(Fact(HistoryRead(drawn=12.5), 12, AT))  # type: ignore[arg-type]


def test_an_event_is_read_as_it_was_written() -> None:
    fact = Fact(RECUSED, 12, AT, role="chair", party="board", appointment=7, effective_at=EARLIER)
    body, (made,) = build(fact, case_ref="SSC-1", seq=3, prev=bytes(32))

    event = read_event(body)

    assert (event.case, event.seq, event.prev, event.type) == (
        "SSC-1",
        3,
        "00" * 32,
        "seat.recused",
    )
    assert (event.person, event.role, event.party, event.appointment) == (12, "chair", "board", 7)
    assert (event.at, event.effective) == (AT, EARLIER)
    assert event.what == replace(RECUSED, reason=Sealed("reason", made.digest))
    assert event.commitments == {"reason": made.digest}


def test_what_is_known_to_be_in_an_event_is_read_by_its_kind() -> None:
    body = body_of(Fact(PartyLeft(party="bra", capacity="lead"), None, AT))

    assert what_in(body, PartyLeft).party == "bra"
    with pytest.raises(Invalid, match=r"Event 1 of SSC-1 does not say what party\.left has to say"):
        what_in(body, PartyJoined)
