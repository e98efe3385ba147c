"""An answer to an emergency is carried to each of its ends."""

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.errors import Incomplete, Refusal

APPEAL = {
    "title": "Flood in Sofala",
    "participating_countries": ["MOZ"],
    "disaster": "The river rose on Sunday; forty thousand people have no roof.",
    "executing_agency": "undp",
    "total_cost": "900000",
    "advance": "130000",
}


@pytest.fixture
def appeal(world: World) -> Carried:
    """An appeal that was sent."""
    carried = Carried(world, "emergency", APPEAL)
    carried.answer("joao.lima", "appealing", "appeal")
    return carried


def test_it_is_paid_in_parts_and_closed_where_the_directors_vote_for_it(appeal: Carried) -> None:
    appeal.answer("jane.okello", "checking", "circulate")
    appeal.answer(
        "arjun.mehta", "under_silence", "object", "The sum is too large for a first answer."
    )
    met = appeal.state
    appeal.board("at_meeting", "yes")
    approved = appeal.state
    appeal.world.file(appeal.ref, "full_document", "kenji.watanabe", {"plan": "Roofs, then wells."})
    appeal.world.attach(appeal.ref, "payment", "tom.becker", "advance.pdf")
    for who in ("kenji.watanabe", "tom.becker", "elena.petrova"):
        appeal.answer(who, "completing", "sign")
    running = appeal.state
    appeal.answer("kenji.watanabe", "ending", "finish")

    assert (met, approved, running, appeal.state) == ("meeting", "advance", "running", "closed")


def test_an_appeal_above_the_ceiling_cannot_be_sent(world: World) -> None:
    carried = Carried(world, "emergency", {**APPEAL, "total_cost": "1000001"})

    with pytest.raises(Incomplete) as refused:
        carried.answer("joao.lima", "appealing", "appeal")

    assert any("more than USD 1,000,000" in str(each) for each in refused.value.missing)
    assert carried.state == "appeal"


def test_whoever_still_writes_a_part_of_what_all_sign_is_not_told_to_wait_for_the_others(
    appeal: Carried,
) -> None:
    appeal.answer("jane.okello", "checking", "circulate")
    appeal.answer("arjun.mehta", "under_silence", "object", "The sum is too large.")
    appeal.board("at_meeting", "yes")
    both = appeal.ready("kenji.watanabe"), appeal.ready("tom.becker"), appeal.ready("elena.petrova")
    appeal.world.file(appeal.ref, "full_document", "kenji.watanabe", {"plan": "Roofs, then wells."})
    written = appeal.ready("kenji.watanabe"), appeal.ready("tom.becker")
    appeal.world.attach(appeal.ref, "payment", "tom.becker", "advance.pdf")

    assert both == (True, True, False)
    assert written == (False, True), "now the one waits for the other"
    assert appeal.ready("kenji.watanabe")
    assert appeal.ready("elena.petrova")


def test_silence_approves_it_a_day_later_where_no_letter_left_and_the_document_has_ninety_days(
    appeal: Carried,
) -> None:
    appeal.answer("jane.okello", "checking", "circulate")
    appeal.wait(hours=71, minutes=59)
    before = appeal.state
    appeal.wait(minutes=1)
    undelivered = appeal.state
    appeal.wait(hours=24)
    approved = appeal.state
    appeal.wait(days=89, hours=23)
    waiting = appeal.state
    appeal.wait(days=1)

    assert (before, undelivered, approved) == ("silence", "silence", "advance")
    assert (waiting, appeal.state) == ("advance", "lapsed")


def test_the_fund_manager_refuses_it_with_a_reason(appeal: Carried) -> None:
    with pytest.raises(Refusal, match="needs a reason"):
        appeal.answer("jane.okello", "checking", "refuse")
    appeal.answer("jane.okello", "checking", "refuse", "It is above the ceiling.")

    assert appeal.state == "refused"


def test_a_vote_that_does_not_carry_ends_it(appeal: Carried) -> None:
    appeal.answer("jane.okello", "checking", "circulate")
    appeal.answer("carla.duarte", "under_silence", "object", "Not now.")
    appeal.board("at_meeting", "no", "Not now.")

    assert appeal.state == "refused"


def test_no_more_than_a_part_is_asked_for_at_once(world: World) -> None:
    carried = Carried(world, "emergency", {**APPEAL, "advance": "135001"})

    with pytest.raises(Refusal) as refused:
        carried.answer("joao.lima", "appealing", "appeal")

    assert "more than 15 per cent" in str(getattr(refused.value, "missing", ()))
