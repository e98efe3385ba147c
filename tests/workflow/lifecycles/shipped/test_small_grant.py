"""A small grant is carried to each of its ends, with an agency and without one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.engine.pages.opened import page as review
from tests.workflow.history.test_reader import page
from tests.workflow.ledger.bookkeeping import counts
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Incomplete, Invalid, Refusal, RoundClosed
from workflow.ledger.accounts import MoneyAct

GRANT: dict[str, Any] = {
    "title": "Seed banks of three islands",
    "framework": "F7",
    "requesting_institution": "Institute of Agriculture, Maputo",
    "participating_countries": ["MOZ", "AGO", "CPV"],
    "areas": ["agriculture"],
    "beneficiaries": "Six hundred farms.",
    "planned_start": "2027-01-01",
    "planned_end": "2028-12-31",
    "situation": "Each keeps seeds of its own and knows nothing of the others'.",
    "strategy": "One register, three banks, two exchanges of people a year.",
    "objective": "By 2028 the three banks hold each other's seeds.",
    "requested": "35000",
    "matching": "45000",
    "total_cost": "80000",
}


def written(world: World, **changed: Any) -> Carried:
    """A grant as it is asked for."""
    return Carried(world, "small-grant", {**GRANT, **changed})


def endorsed(carried: Carried) -> None:
    """The institution sends it, and its Permanent Mission endorses it with the letters."""
    carried.answer("joao.lima", "sending", "send")
    carried.world.attach(carried.ref, "matching_letters", "graca.mabunda", "letters.pdf")
    carried.answer("graca.mabunda", "endorsing", "endorse")


def approved(carried: Carried) -> None:
    """It is found eligible, recommended and approved."""
    endorsed(carried)
    carried.answer("jane.okello", "screening", "eligible")
    carried.answer("ravi.chand", "advising", "recommend")
    carried.board("deciding", "approve")


@pytest.mark.parametrize("agency", ["", "undp"])
def test_it_is_signed_by_an_agency_only_where_one_carries_it_out(world: World, agency: str) -> None:
    carried = written(world, executing_agency=agency)
    approved(carried)
    carried.answer("elena.petrova", "signing", "sign")
    carried.answer("graca.mabunda", "signing", "sign")
    signed = carried.state
    if agency:
        carried.answer("kenji.watanabe", "signing", "sign")
    carried.world.file(
        carried.ref, "final_report", "joao.lima", {"results": "Three banks.", "spent": "35000"}
    )
    carried.answer("joao.lima", "reporting", "report")
    carried.answer("tom.becker", "accounting", "accept")
    by_one = carried.state
    carried.answer("elena.petrova", "accounting", "accept")

    assert by_one == "account", "two people close it"
    assert (signed, carried.state) == ("signature" if agency else "running", "closed")


def test_two_people_close_it_over_what_is_left_of_its_money_with_a_reason(world: World) -> None:
    carried = written(world)
    approved(carried)
    for who in ("elena.petrova", "graca.mabunda"):
        carried.answer(who, "signing", "sign")
    for act, amount in ((MoneyAct.COMMITMENT, "35000"), (MoneyAct.RECEIPT, "35000")):
        counts(world, carried.ref, act, amount)
    counts(world, carried.ref, MoneyAct.EXPENDITURE, "34000")
    report = {"results": "Three banks.", "spent": "34000"}
    world.file(carried.ref, "final_report", "joao.lima", report)
    carried.answer("joao.lima", "reporting", "report")
    shown = {
        each.line.key: each.standing.value
        for each in review(world, carried.ref, "accounting", "tom.becker").checklist
    }

    with pytest.raises(Invalid, match=r"still holds USD 1,000\.00 of India"):
        carried.answer("tom.becker", "accounting", "accept")
    counts(world, carried.ref, MoneyAct.RETURN, "1000")
    carried.answer("tom.becker", "accounting", "accept")
    carried.answer("elena.petrova", "accounting", "accept")

    assert shown == {"report": "met", "money": "open"}
    assert carried.state == "closed"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"requested": "40001", "total_cost": "85001"}, "more than the ceiling of USD 40,000 by"),
        ({"participating_countries": ["MOZ", "AGO"]}, "Fewer than three developing countries"),
        ({"participating_countries": ["MOZ", "AGO", "NOR"]}, "Fewer than three developing"),
        ({"matching": "34999", "total_cost": "69999"}, "less than what is asked of the fund by"),
        ({"total_cost": "90000"}, "differ from the total by"),
        ({"planned_end": "2026-01-01"}, "ends before it starts"),
    ],
)
def test_what_is_not_eligible_cannot_be_sent_and_is_named(
    world: World, changed: dict[str, Any], said: str
) -> None:
    carried = written(world, **changed)

    with pytest.raises(Incomplete) as refused:
        carried.answer("joao.lima", "sending", "send")

    assert any(said in str(each) for each in refused.value.missing)
    assert carried.state == "draft"


def test_at_the_ceiling_it_can_be_sent(world: World) -> None:
    carried = written(world, requested="40000", matching="40000", total_cost="80000")

    carried.answer("joao.lima", "sending", "send")

    assert carried.state == "endorsement"


def test_nobody_endorses_it_without_the_letters_of_matching_money(world: World) -> None:
    carried = written(world)
    carried.answer("joao.lima", "sending", "send")

    with pytest.raises(Refusal, match="not possible yet"):
        carried.answer("graca.mabunda", "endorsing", "endorse")
    chosen = review(world, carried.ref, "endorsing", "graca.mabunda").chosen

    assert chosen is not None
    needed = {each.kind: each for each in chosen.choices[0].needs}
    assert (needed["proposal"].writable, needed["proposal"].roles) == (
        False,
        ("Proposing institution",),
    )


@pytest.mark.parametrize(
    ("last", "end"),
    [
        (("jane.okello", "screening", "refuse"), "rejected"),
        (("jane.okello", "screening", "return"), "returned"),
        (("joao.lima", "withdrawing", "withdraw"), "withdrawn"),
    ],
)
def test_it_can_end_or_come_back_at_the_screening(
    world: World, last: tuple[str, str, str], end: str
) -> None:
    carried = written(world)
    endorsed(carried)

    carried.answer(*last, "Two of the countries only send visitors.")

    assert carried.state == end


def test_what_the_experts_do_not_recommend_ends(world: World) -> None:
    carried = written(world)
    endorsed(carried)
    carried.answer("jane.okello", "screening", "eligible")
    carried.answer("ravi.chand", "advising", "against", "The banks are there already.")

    assert carried.state == "rejected"


def test_what_the_ministers_do_not_approve_ends(world: World) -> None:
    carried = written(world)
    endorsed(carried)
    carried.answer("jane.okello", "screening", "eligible")
    carried.answer("ravi.chand", "advising", "recommend")
    carried.board("deciding", "reject", "The year's means are given.")

    assert carried.state == "rejected"


def test_what_comes_after_the_window_waits_for_the_next_year(world: World) -> None:
    carried = written(world)
    due = carried.due("sending")
    world.clock.at = datetime(2026, 5, 1, 3, 59, tzinfo=UTC)
    within = carried.ready("joao.lima")
    world.clock.at = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)
    after = carried.ready("joao.lima")

    with pytest.raises(RoundClosed, match="the next one opens on 2027-01-01"):
        carried.answer("joao.lima", "sending", "send")
    world.clock.at = datetime(2027, 1, 4, 12, 0, tzinfo=UTC)
    sweep(world.engine)
    carried.answer("joao.lima", "sending", "send")

    assert due == datetime(2026, 5, 1, 4, 0, tzinfo=UTC), "it ends with 30 April in New York"
    assert (within, after) == (True, False)
    assert carried.state == "endorsement"


def test_what_missed_its_window_is_due_as_the_next_one_closes_and_not_late(world: World) -> None:
    carried = written(world)
    world.clock.at = datetime(2026, 5, 2, 12, 0, tzinfo=UTC)

    sweep(world.engine)
    again = sweep(world.engine)
    first = carried.due("sending")
    world.clock.at = datetime(2027, 5, 2, 12, 0, tzinfo=UTC)
    sweep(world.engine)

    assert not again
    assert first == datetime(2027, 5, 1, 4, 0, tzinfo=UTC)
    assert carried.due("sending") == datetime(2028, 5, 1, 4, 0, tzinfo=UTC)
    assert verify(world.engine.database).sound


def test_what_was_returned_may_be_completed_after_the_window(world: World) -> None:
    carried = written(world)
    endorsed(carried)
    carried.answer("jane.okello", "screening", "return", "The budget of Angola is missing.")
    world.clock.at = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
    carried.world.file(carried.ref, "proposal", "joao.lima", {**GRANT, "matching": "45000.00"})
    carried.answer("joao.lima", "completing", "send", "Angola's part is in it.")

    assert carried.state == "endorsement"


def asked(world: World) -> Carried:
    """A grant that is screened, five days after which the secretariat asks the institution."""
    carried = written(world)
    endorsed(carried)
    carried.wait(days=5)
    carried.open("jane.okello", "asking_back", "Which bank keeps the register?")
    return carried


def test_while_a_question_is_open_the_clock_of_the_screening_stands_still(world: World) -> None:
    carried = written(world)
    endorsed(carried)
    before = carried.due("screening")
    carried.wait(days=5)
    carried.open("jane.okello", "asking_back", "Which bank keeps the register?")
    stopped, owed = carried.due("screening"), carried.ready("joao.lima")
    carried.wait(days=3)
    carried.answer("joao.lima", "asking_back", "explain", "That of Praia.")

    assert (stopped, owed) == (None, True)
    assert before is not None
    assert carried.due("screening") == before + timedelta(days=3)
    assert carried.state == "screening", "nothing was sent back"
    assert verify(world.engine.database).sound


def test_a_question_that_nobody_answers_lets_the_clock_go_on_when_its_time_is_up(
    world: World,
) -> None:
    carried = asked(world)
    end = carried.due("asking_back")
    carried.wait(days=14, hours=1)

    assert end is not None
    assert carried.due("screening") == world.clock.at - timedelta(hours=1) + timedelta(days=25)
    assert carried.state == "screening"


def test_the_screening_may_be_decided_while_a_question_is_open(world: World) -> None:
    carried = asked(world)
    carried.answer("jane.okello", "screening", "eligible")

    assert carried.state == "experts"
    assert carried.ready("ravi.chand")
    assert verify(world.engine.database).sound


def test_a_second_question_is_asked_once_the_first_is_answered(world: World) -> None:
    carried = asked(world)
    with pytest.raises(RoundClosed, match="already open"):
        carried.open("jane.okello", "asking_back", "And who pays for it?")
    carried.answer("joao.lima", "asking_back", "explain", "That of Praia.")
    carried.open("jane.okello", "asking_back", "And who pays for it?")

    assert carried.due("screening") is None
    assert carried.ready("joao.lima")


def test_nobody_else_asks_the_institution(world: World) -> None:
    carried = written(world)
    endorsed(carried)

    with pytest.raises(Refusal):
        carried.open("li.wei", "asking_back", "Which bank?")


def test_the_history_tells_the_question_and_its_answer(world: World) -> None:
    carried = asked(world)
    carried.answer("joao.lima", "asking_back", "explain", "That of Praia.")

    told = page(world, carried.ref).lines

    assert [line.reason for line in told if line.reason][:2] == [
        "That of Praia.",
        "Which bank keeps the register?",
    ]
    said = " ".join(str(line.says) for line in told)
    assert "The clock of “Screening” was stopped" in said
    assert "The clock of “Screening” went on" in said
