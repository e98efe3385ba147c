"""What an event is found by, where a programme's life does not show it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from workflow.audit.chain import ToldEvent
from workflow.audit.events.cases import CaseOpened
from workflow.audit.events.payload import Garbled, Payload
from workflow.audit.events.register import MandateGranted
from workflow.audit.events.rounds import (
    NamedSeat,
    RoundExtended,
    RoundOpened,
    RoundPaused,
    RoundResumed,
    RoundSettled,
)
from workflow.audit.events.seats import (
    DutyOverridden,
    SignoffGiven,
)
from workflow.audit.facets import Facet, Faceting

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEAT = NamedSeat(role="board_member", party="bra", category="")
GIVEN = SignoffGiven(
    round="decision", turn=1, seat=SEAT, answer=1, verdict="approve", content="c", answers="a",
    reason=None,
)  # fmt: skip
SETTLED = RoundSettled(round="decision", turn=1, outcome="approved", version=3, explanation=None)


def told(seq: int, what: Payload, effective: datetime | None = None, kind: str = "") -> ToldEvent:
    at = AT + timedelta(hours=seq)
    return ToldEvent(
        seq=seq, hash=b"", type=kind or what.event_type.value, person=1, appointment=None, at=at,
        effective=effective or at, what=what, committed=frozenset(), opened={},
    )  # fmt: skip


def last(*events: Payload) -> Facet:
    faceting = Faceting()
    return [faceting.hear(told(seq, what)) for seq, what in enumerate(events, 1)][-1]


def hours(count: int) -> datetime:
    return AT + timedelta(hours=count)


def opened(due: datetime | None) -> RoundOpened:
    return RoundOpened(
        round="decision", turn=1, state="decision", due=due, content="c", seats=(), incidents=(),
        version=2, reason=None,
    )  # fmt: skip


def extended(due: datetime) -> RoundExtended:
    return RoundExtended(round="decision", turn=1, before=AT, due=due, version=3, reason=None)


PAUSED = RoundPaused(round="decision", turn=1, due=hours(9), why="state", version=3)
RESUMED = RoundResumed(
    round="decision", turn=1, before=hours(9), due=hours(1), since=AT, version=4, reason=None
)


@pytest.mark.parametrize(
    ("before", "late"),
    [
        ([opened(hours(9))], False),
        ([opened(hours(1))], True),
        ([opened(hours(1)), extended(hours(9))], False),
        ([opened(hours(1)), PAUSED], False),
        ([opened(hours(9)), PAUSED, RESUMED], True),
        ([opened(None)], False),
    ],
)
def test_an_answer_is_late_by_the_end_as_it_stood_then(before: list[Payload], late: bool) -> None:
    facet = last(*before, GIVEN)

    assert facet.late is late
    assert (facet.role, facet.party, facet.verdict) == ("board_member", "bra", "approve")


def test_what_was_recorded_after_it_took_effect_is_late() -> None:
    facet = Faceting().hear(told(3, SETTLED, effective=AT))

    assert facet.late


def test_an_answer_for_somebody_else_is_found_by_both_and_an_override_as_one() -> None:
    overridden = DutyOverridden(
        round="decision", turn=1, seat=SEAT, bar="author", whom=9, reason=None
    )

    mandated = last(replace(GIVEN, mandate=4, principal=7))
    lifted = last(replace(GIVEN, overridden=("wrote",)))

    assert (mandated.mandated, mandated.person_id, mandated.principal_id) == (True, 1, 7)
    assert not mandated.overridden
    assert lifted.overridden
    assert last(overridden).overridden


def test_a_mandate_that_is_given_moves_no_state() -> None:
    begun = CaseOpened(
        ref="SSC-1", subject="programme", definition="d", state="draft", stage="proposal",
        proposer="moz", version=1, title=None,
    )  # fmt: skip
    given = MandateGranted(
        mandate=1, appointment=2, holder=8, delegate=9, role="chair", party="board",
        starts_on=AT.date(), ends_on=AT.date(), scope="all", reason=None,
    )  # fmt: skip

    facet = last(begun, given)

    assert (facet.state, facet.stage, facet.since) == ("draft", "proposal", hours(1))
    assert facet.party == "board"


def test_a_case_is_found_by_the_party_that_it_was_begun_for() -> None:
    begun = CaseOpened(
        ref="SSC-1", subject="programme", definition="d", state="draft", stage="proposal",
        proposer="moz", version=1, title=None,
    )  # fmt: skip

    assert last(begun).party == "moz"


def test_what_makes_no_sense_is_found_by_its_columns() -> None:
    facet = Faceting().hear(told(1, Garbled("it has no seat"), kind="round.opened"))

    assert (facet.seq, facet.type, facet.person_id, facet.verdict) == (1, "round.opened", 1, "")
