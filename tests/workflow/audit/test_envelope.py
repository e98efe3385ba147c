"""What an event's bytes hold, and what they never hold."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from workflow.audit import canonical
from workflow.audit.envelope import LARGEST_BODY, Fact, build, genesis
from workflow.errors import Invalid
from workflow.vocabulary import EventType

AT = datetime(2026, 3, 2, 9, 30, 15, 250_000, tzinfo=UTC)
READ = Fact(EventType.HISTORY_READ, 12, AT, {})


def body_of(fact: Fact) -> bytes:
    return build(fact, case_ref="SSC-1", seq=1, prev=genesis("SSC-1"))[0]


def test_the_bytes_are_spelt_out() -> None:
    fact = Fact(
        EventType.STATE_ENTERED, 12, AT, {"to": "draft"}, role="submitter", party="cub",
        appointment=7,
    )  # fmt: skip

    body, _ = build(fact, case_ref="SSC-1", seq=3, prev=bytes(32))

    assert body == (
        b'{"appointment":7,"at":"2026-03-02T09:30:15.250Z","case":"SSC-1","commitments":{},'
        b'"log":"primemover","party":"cub","person":"p12","prev":"' + b"00" * 32 + b'",'
        b'"role":"submitter","seq":3,"type":"state.entered","v":1,"what":{"to":"draft"}}'
    )


def test_a_deadline_has_no_person() -> None:
    fact = Fact(EventType.ROUND_SETTLED, None, AT, {})

    assert canonical.parse(body_of(fact))["person"] is None


def test_private_text_enters_only_as_a_commitment() -> None:
    fact = Fact(EventType.SEAT_RECUSED, 1, AT, {}, private={"reason": "My cousin wrote it."})

    body, (made,) = build(fact, case_ref="SSC-1", seq=1, prev=bytes(32))

    assert b"cousin" not in body
    assert made.salt.encode() not in body
    assert canonical.parse(body)["commitments"] == {"reason": made.digest}


def test_the_effective_time_stands_only_where_it_differs() -> None:
    earlier = AT - timedelta(days=2)
    late = Fact(EventType.ROUND_SETTLED, None, AT, {}, effective_at=earlier)
    on_time = Fact(EventType.ROUND_SETTLED, None, AT, {}, effective_at=AT)

    assert canonical.parse(body_of(late))["effective"] == "2026-02-28T09:30:15.250Z"
    assert "effective" not in canonical.parse(body_of(on_time))


def test_times_are_written_in_utc() -> None:
    in_havana = Fact(EventType.HISTORY_READ, 12, AT.astimezone(timezone(-timedelta(hours=5))), {})

    assert canonical.parse(body_of(in_havana))["at"] == "2026-03-02T09:30:15.250Z"


def test_every_case_begins_its_chain_elsewhere() -> None:
    begins = {genesis(f"SSC-{number}") for number in range(1000)}

    assert len(begins) == 1000


def test_an_event_beyond_16_kib_is_refused() -> None:
    long = Fact(EventType.HISTORY_READ, 12, AT, {"note": "x" * LARGEST_BODY})

    with pytest.raises(Invalid, match="File long content as a document"):
        body_of(long)


def test_an_event_of_just_16_kib_is_taken() -> None:
    rest = LARGEST_BODY - len(body_of(Fact(READ.type, 12, AT, {"note": ""})))

    body = body_of(Fact(READ.type, 12, AT, {"note": "x" * rest}))

    assert len(body) == LARGEST_BODY


def test_an_amount_that_is_not_text_is_refused() -> None:
    with pytest.raises(Invalid):
        body_of(Fact(EventType.HISTORY_READ, 12, AT, {"budget": 12.5}))
