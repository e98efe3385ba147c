"""What an event is found by, where a programme's life does not show it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from workflow.audit.chain import ToldEvent
from workflow.audit.facets import Facet, Faceting
from workflow.clock import written

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PLACE = {"round": "decision", "turn": 1}
SEAT = {"role": "board_member", "party": "bra"}


def told(
    seq: int, kind: str, what: Mapping[str, Any], effective: datetime | None = None
) -> ToldEvent:
    at = AT + timedelta(hours=seq)
    return ToldEvent(
        seq=seq, hash=b"", type=kind, person=1, appointment=None, at=at, effective=effective or at,
        what=what, committed=frozenset(), opened={},
    )  # fmt: skip


def last(*events: tuple[str, Mapping[str, Any]]) -> Facet:
    faceting = Faceting()
    facets = [faceting.hear(told(seq, kind, what)) for seq, (kind, what) in enumerate(events, 1)]
    return facets[-1]


def due(hours: int) -> dict[str, Any]:
    return PLACE | {"due": written(AT + timedelta(hours=hours)), "seats": []}


@pytest.mark.parametrize(
    ("before", "late"),
    [
        ([("round.opened", due(9))], False),
        ([("round.opened", due(1))], True),
        ([("round.opened", due(1)), ("round.extended", due(9))], False),
        ([("round.opened", due(1)), ("round.paused", PLACE)], False),
        ([("round.opened", due(9)), ("round.paused", PLACE), ("round.resumed", due(1))], True),
        ([("round.opened", PLACE | {"due": None})], False),
    ],
)
def test_an_answer_is_late_by_the_end_as_it_stood_then(before: Any, late: bool) -> None:
    answer = ("signoff.given", PLACE | {"seat": SEAT, "verdict": "approve"})

    facet = last(*before, answer)

    assert facet.late is late
    assert (facet.role, facet.party, facet.verdict) == ("board_member", "bra", "approve")


def test_what_was_recorded_after_it_took_effect_is_late() -> None:
    facet = Faceting().hear(told(3, "round.settled", PLACE, effective=AT))

    assert facet.late


def test_an_answer_for_somebody_else_is_found_by_both_and_an_override_as_one() -> None:
    answer = PLACE | {"seat": SEAT, "verdict": "approve", "mandate": 4, "for": "p7"}

    mandated = last(("signoff.given", answer))
    lifted = last(("signoff.given", PLACE | {"seat": SEAT, "overridden": ["wrote"]}))

    assert (mandated.mandated, mandated.person_id, mandated.principal_id) == (True, 1, 7)
    assert not mandated.overridden
    assert lifted.overridden
    assert last(("duty.overridden", PLACE | {"seat": SEAT})).overridden


def test_a_mandate_that_is_given_moves_no_state() -> None:
    facet = last(
        ("case.opened", {"state": "draft", "stage": "proposal", "proposer": "moz"}),
        ("mandate.granted", {"to": "p9", "mandate": 1}),
    )

    assert (facet.state, facet.stage, facet.since) == ("draft", "proposal", AT + timedelta(hours=1))


@pytest.mark.parametrize(
    "what", [{"seat": 5, "turn": []}, {"round": {}, "turn": 1, "due": "x"}, {"verdict": 3}]
)
def test_what_makes_no_sense_is_found_by_its_columns(what: Mapping[str, Any]) -> None:
    facet = last(("round.opened", what))

    assert (facet.seq, facet.type, facet.person_id, facet.verdict) == (1, "round.opened", 1, "")
