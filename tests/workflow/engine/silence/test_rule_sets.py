"""What is peculiar to each body: its number, its groups, its meeting, its extension."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.world import World
from tests.workflow.engine.silence.chamber import INSTANT, Chamber
from workflow.assembly.engine import engine_on
from workflow.engine import commands
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Invalid, NotAuthorised, NotFound, RoundClosed, Stale

# What these rules come to is the same on both kinds of database.
pytestmark = pytest.mark.proof(either=True)


def the_end(chamber: Chamber) -> str:
    chamber.at_the_end(after=INSTANT)
    sweep(chamber.world.engine)
    return chamber.round.outcome or ""


# The General Assembly


def test_the_assembly_gives_seventy_two_hours(world: World):
    chamber = Chamber(world, "general-assembly", a=3)

    chamber.open()

    assert chamber.round.due_at == chamber.round.opened_at + timedelta(hours=72)


def test_the_assembly_goes_back_to_consultation_when_silence_is_broken(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()

    receipt = chamber.answer("a1", "discuss")

    assert receipt.outcome == "broken"
    assert chamber.state == "open"
    assert [f["what"]["round"] for f in chamber.told("round.opened")] == ["meeting", "silence"]


def test_only_the_president_opens_a_silence(world: World):
    chamber = Chamber(world, "general-assembly", a=3)

    with pytest.raises(NotAuthorised, match="President"):
        chamber.initiate("a1")

    assert [f["what"]["round"] for f in chamber.told("round.opened")] == ["meeting"]


def test_an_extension_moves_the_end_for_everybody(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    before = chamber.round.due_at

    receipt = chamber.extend()

    assert chamber.round.due_at == before + timedelta(hours=24)
    assert {seat.due_at for seat in chamber.seats()} == {chamber.round.due_at}
    (fact,) = chamber.told("round.extended")
    assert (fact["role"], fact["party"]) == ("president", "house")
    assert "reason" in fact["commitments"]
    assert "not at" in receipt.explanation


def test_an_objection_in_the_time_gained_still_breaks_it(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    chamber.at_the_end(after=-INSTANT)
    chamber.extend()
    chamber.world.clock.pass_time(hours=23)

    receipt = chamber.answer("a2", "object")

    assert receipt.outcome == "broken"


def test_a_silence_is_extended_once(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    chamber.extend()

    with pytest.raises(RoundClosed, match="extended once already"):
        chamber.extend()

    assert len(chamber.told("round.extended")) == 1


def test_an_end_that_has_come_is_not_put_off(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    chamber.at_the_end()

    with pytest.raises(RoundClosed, match="before it comes"):
        chamber.extend()

    assert chamber.told("round.extended") == []


def test_a_wish_for_more_time_after_the_end_finds_the_text_adopted(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    chamber.at_the_end(after=INSTANT)

    with pytest.raises(Stale):
        chamber.extend()

    assert chamber.state == "adopted"
    assert chamber.told("round.extended") == []


def test_a_member_does_not_extend(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()

    with pytest.raises(NotAuthorised, match="Only the President"):
        chamber.extend("a1")

    assert chamber.told("round.extended") == []


def test_an_extension_says_why(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()

    with pytest.raises(Invalid, match="reason"):
        chamber.extend(reason=" ")

    assert chamber.told("round.extended") == []


def test_a_second_silence_takes_the_new_words(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    old = chamber.round.content_digest
    chamber.rewrite()

    chamber.initiate()

    assert chamber.round.turn == 2
    assert chamber.round.content_digest != old
    assert the_end(chamber) == "adopted"


# The OSCE


def test_an_objection_at_the_meeting_keeps_the_silence_from_opening(world: World):
    chamber = Chamber(world, "osce", a=3)
    chamber.answer("a1", "agree", of_round="meeting")

    chamber.answer("a2", "stop", of_round="meeting")

    assert chamber.state == "dropped"
    assert [f["what"]["round"] for f in chamber.told("round.opened")] == ["meeting"]


def test_an_amendment_breaks_it_as_an_objection_does(world: World):
    chamber = Chamber(world, "osce", a=3)
    chamber.open()

    chamber.answer("a3", "amend")

    assert chamber.state == "dropped"


def test_the_exact_end_is_at_noon_in_vienna_on_a_day_on_which_the_house_works(world: World):
    world.clock.at = datetime(2026, 4, 1, 15, 0, tzinfo=UTC)
    chamber = Chamber(world, "osce", a=3)

    chamber.open()

    # Thursday, Friday, then Tuesday: Monday is a holiday, and the clocks have changed.
    assert chamber.round.due_at == datetime(2026, 4, 7, 10, 0, tzinfo=UTC)


# The Executive Board of UNDP and UNFPA


def test_four_members_are_not_enough_to_have_a_programme_discussed(world: World):
    chamber = Chamber(world, "undp-unfpa-board", a=7)
    for who in ("a1", "a2", "a3", "a4"):
        chamber.answer(who, "discuss")

    assert the_end(chamber) == "adopted"
    assert chamber.round.explanation.endswith("No objection received from A5, A6 and A7.")


def test_the_fifth_member_has_it_presented_and_discussed(world: World):
    chamber = Chamber(world, "undp-unfpa-board", a=7)
    for who in ("a1", "a2", "a3", "a4"):
        chamber.answer(who, "discuss")

    receipt = chamber.answer("a5", "discuss")

    assert receipt.outcome == "broken"
    assert chamber.state == "open"


def test_a_revised_programme_opens_a_window_of_its_own(world: World):
    chamber = Chamber(world, "undp-unfpa-board", a=7)

    chamber.rewrite()

    assert (chamber.round.turn, chamber.round.status) == (2, "open")


# The IMF


def test_lapse_of_time_is_not_used_for_two_reviews_running(world: World):
    chamber = Chamber(world, "imf-lapse-of-time", a=3)
    chamber.open()
    the_end(chamber)
    chamber.world.answer("TEXT-1", "review", "chair", "begin")

    with pytest.raises(RoundClosed, match="twice running"):
        chamber.initiate()

    assert chamber.round.turn == 1


def test_after_a_review_at_a_meeting_lapse_of_time_may_be_used_again(world: World):
    chamber = Chamber(world, "imf-lapse-of-time", a=3)
    chamber.open()
    the_end(chamber)
    for of_round, verdict in (("review", "begin"), ("meeting", "adopt"), ("review", "begin")):
        chamber.world.answer("TEXT-1", of_round, "chair", verdict)

    chamber.initiate()

    assert (chamber.round.turn, chamber.round.status) == (2, "open")


def test_management_may_ask_for_a_discussion_too(world: World):
    chamber = Chamber(world, "imf-lapse-of-time", a=3)
    chamber.open()

    receipt = chamber.answer("chair", "discuss")

    assert receipt.outcome == "broken"


def test_a_body_without_extensions_grants_none(world: World):
    chamber = Chamber(world, "imf-lapse-of-time", a=3)
    chamber.open()

    with pytest.raises(NotFound, match="cannot be put off"):
        chamber.extend()

    assert chamber.told("round.extended") == []


# The Global Fund


def test_four_objections_across_the_groups_do_not_break_it(world: World):
    chamber = Chamber(world, "global-fund", a=5, d=5)
    chamber.open()
    for who in ("a1", "a2", "a3", "d1", "d2", "d3"):
        chamber.answer(who, "object")

    assert the_end(chamber) == "adopted"


def test_an_objection_withdrawn_before_the_end_revives_it(world: World):
    chamber = Chamber(world, "global-fund", a=5, d=5)
    chamber.open()
    for who in ("a1", "a2", "a3", "a4"):
        chamber.answer(who, "object")
    assert chamber.round.status == "open"

    chamber.answer("a4", "state")

    assert the_end(chamber) == "adopted"


def test_an_objection_withdrawn_after_the_end_revives_nothing(world: World):
    chamber = Chamber(world, "global-fund", a=5, d=5)
    chamber.open()
    for who in ("a1", "a2", "a3", "a4"):
        chamber.answer(who, "object")
    withdrawal = chamber.decision("a4", "state")
    chamber.at_the_end(after=INSTANT)

    receipt = chamber.send("a4", withdrawal)

    assert receipt.outcome == "broken"
    assert "recorded as late" in receipt.explanation
    assert chamber.state == "dropped"


# Waiting for the lock


def test_an_objection_that_waited_for_the_lock_past_the_end_is_late(world: World):
    chamber = Chamber(world, "general-assembly", a=3)
    chamber.open()
    due = chamber.round.due_at
    objection = chamber.decision("a1", "object")
    hands = iter([due])
    waited = engine_on(world.engine.database, lambda: next(hands, due + INSTANT))

    receipt = commands.sign(waited, chamber._ids["a1"], objection)

    assert "recorded as late" in receipt.explanation
    assert (chamber.round.outcome, chamber.round.effective_at) == ("adopted", due)
    (settled,) = [f for f in chamber.told("round.settled") if f["what"]["round"] == "silence"]
    assert settled["person"] is None
