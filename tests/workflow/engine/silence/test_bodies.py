"""What holds in every body that decides by silence, each under its own published rules."""

from datetime import timedelta

import pytest

from tests.support.world import World
from tests.workflow.engine.silence.chamber import INSTANT, Chamber
from workflow.clock import written
from workflow.engine.commands.settle_due import sweep
from workflow.errors import RoundClosed, Stale
from workflow.people.parties import ensure_party

# What these rules come to is the same on both kinds of database.
pytestmark = pytest.mark.proof(either=True)

# The body, its members, and who together break a silence there.
BODIES = {
    "general-assembly": ({"a": 4}, ("a1",)),
    "osce": ({"a": 3}, ("a2",)),
    "undp-unfpa-board": ({"a": 7}, ("a1", "a2", "a3", "a4", "a5")),
    "imf-lapse-of-time": ({"a": 3}, ("a3",)),
    "global-fund": ({"a": 5, "d": 5}, ("d1", "d2", "d3", "d4")),
}
every_body = pytest.mark.parametrize("name", list(BODIES))


@pytest.fixture
def chamber(world: World, name: str) -> Chamber:
    chamber = Chamber(world, name, **BODIES[name][0])
    chamber.open()
    return chamber


@every_body
def test_silence_adopts_at_its_end_and_lists_the_silent_as_not_objecting(chamber: Chamber):
    due = chamber.round.due_at
    chamber.at_the_end(after=timedelta(days=2))

    sweep(chamber.world.engine)

    settled = chamber.round
    assert (settled.outcome, settled.effective_at) == ("adopted", due)
    assert settled.settled_at == chamber.world.engine.now()
    (fact,) = [f for f in chamber.told("round.settled") if f["what"]["round"] == "silence"]
    parties = {seat["party"] for seat in _opened(chamber)["seats"]}
    assert set(fact["what"]["silent"]) == parties
    assert settled.explanation.count("No objection received from") == 1
    assert chamber.sign_offs() == []
    assert {seat.status for seat in chamber.seats()} == {"overtaken"}


@every_body
def test_nothing_is_adopted_at_the_very_end_but_just_after_it(chamber: Chamber):
    chamber.at_the_end()
    before = sweep(chamber.world.engine).settled, chamber.round.status
    chamber.at_the_end(after=INSTANT)

    after = sweep(chamber.world.engine).settled, chamber.round.status

    assert (before, after) == ((0, "open"), (1, "settled"))


@every_body
def test_objections_at_the_exact_instant_of_the_end_break_it(chamber: Chamber, name: str):
    *others, last = BODIES[name][1]
    for who in others:
        chamber.answer(who, "object")
    assert chamber.round.status == "open"
    chamber.at_the_end()

    chamber.answer(last, "object")
    chamber.world.clock.at += INSTANT
    sweep(chamber.world.engine)

    assert chamber.round.outcome == "broken"
    assert chamber.round.effective_at is not None
    assert chamber.state != "adopted"


@every_body
def test_statements_do_not_break_a_silence(chamber: Chamber, name: str):
    for who in BODIES[name][1]:
        chamber.answer(who, "state")
    chamber.at_the_end(after=INSTANT)

    sweep(chamber.world.engine)

    assert chamber.round.outcome == "adopted"
    (fact,) = [f for f in chamber.told("round.settled") if f["what"]["round"] == "silence"]
    assert not set(BODIES[name][1]) & set(fact["what"]["silent"])


@every_body
def test_a_late_objection_is_recorded_as_late_and_the_person_told_at_once(
    chamber: Chamber, name: str
):
    who = BODIES[name][1][0]
    objection = chamber.decision(who, "object")
    due = chamber.round.due_at
    chamber.at_the_end(after=INSTANT)

    receipt = chamber.send(who, objection)

    assert "recorded as late and has no effect" in receipt.explanation
    assert receipt.outcome == chamber.round.outcome == "adopted"
    assert chamber.sign_offs() == []
    (fact,) = chamber.told("signoff.late")
    assert fact["what"]["verdict"] == "object"
    assert fact["what"]["due"] == written(due)
    assert fact["at"] == written(due + INSTANT)


@every_body
def test_a_late_objection_sent_twice_is_recorded_once(chamber: Chamber, name: str):
    who = BODIES[name][1][0]
    objection = chamber.decision(who, "object")
    chamber.at_the_end(after=INSTANT)
    first = chamber.send(who, objection)

    again = chamber.send(who, objection)

    assert again == first
    assert len(chamber.told("signoff.late")) == 1


@every_body
def test_a_changed_text_closes_the_silence_as_superseded(chamber: Chamber):
    first = chamber.round

    chamber.rewrite()

    settled = [f["what"] for f in chamber.told("round.settled") if f["what"]["round"] == "silence"]
    assert [what["outcome"] for what in settled] == ["superseded"]
    assert chamber.state == "open"
    if chamber.round.turn > first.turn:
        assert chamber.round.content_digest != first.content_digest


@every_body
def test_an_answer_to_superseded_words_is_refused(chamber: Chamber, name: str):
    who = BODIES[name][1][0]
    objection = chamber.decision(who, "object")
    chamber.rewrite()

    with pytest.raises((Stale, RoundClosed)):
        chamber.send(who, objection)

    assert chamber.told("signoff.given") == [] or name == "osce"


@every_body
def test_somebody_who_joins_later_is_not_a_participant(chamber: Chamber):
    asked = {seat.party_id for seat in chamber.seats()}
    with chamber.world.engine.transaction() as session:
        party = ensure_party(session, "a1", "organisation", "A1")
        chamber.join(session, "z1", "member", party)

    chamber.at_the_end(after=INSTANT)
    sweep(chamber.world.engine)

    assert {seat.party_id for seat in chamber.seats()} == asked


def _opened(chamber: Chamber) -> dict:
    return [f["what"] for f in chamber.told("round.opened") if f["what"]["round"] == "silence"][-1]
