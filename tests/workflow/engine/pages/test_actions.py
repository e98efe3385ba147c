"""What somebody may do about a case: initiatives, seats, and nothing that the command would not take."""

from uuid import uuid4

from tests.support.world import World
from tests.workflow.engine.pages.opened import initiative, what_can_be_done
from workflow.engine import commands
from workflow.engine.commands import OpenRound


def test_an_initiative_in_one_act_is_offered_with_its_consequence(world: World) -> None:
    ref = world.programme("screening")

    found = initiative(world, ref, "withdrawal", "joao.lima")

    assert found.chosen is not None
    assert found.chosen.seat is None
    assert [choice.onward.state for choice in found.chosen.choices] == ["Withdrawn"]
    assert not found.opening


def test_an_initiative_that_hears_others_lists_whom_it_would_ask(world: World) -> None:
    ref = world.programme("active")

    found = initiative(world, ref, "suspension", "elena.petrova")

    assert found.opening
    assert {p.part.value for p in found.positions} == {"decides", "consulted"}
    assert found.chosen is not None
    assert found.chosen.allowed


def test_an_initiative_waits_for_the_round_it_comes_after(world: World) -> None:
    ref = world.programme("consultation")

    before = what_can_be_done(world, ref, "elena.petrova")
    world.clock.pass_time(days=31)
    after = what_can_be_done(world, ref, "elena.petrova")

    closing = "consultation_closing:Special Unit for South-South Cooperation"
    assert not before[closing].allowed
    assert "waits until" in str(before[closing].reasons[0])
    assert after[closing].allowed


def test_actions_hold_every_open_seat_and_every_initiative_of_the_state(world: World) -> None:
    ref = world.programme("active")

    found = what_can_be_done(world, ref, "beatriz.costa")

    assert {action.round_key for action in found.values()} == {
        "completion",
        "asking_for_an_amendment",
        "planning_the_evaluation",
        "raising_a_blocker",
        "telling_a_lesson",
        "suspension",
        "cancellation",
    }
    completion = next(a for a in found.values() if a.round_key == "completion")
    assert completion.allowed
    assert completion.path == f"rounds/completion/1?seat={completion.seat}"


def test_an_initiative_under_way_is_no_longer_offered(world: World) -> None:
    ref = world.programme("active")
    elena = world.person("elena.petrova")
    command = OpenRound(ref, "suspension", "The road is closed.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, elena, command)

    found = what_can_be_done(world, ref, "elena.petrova")

    suspensions = [action for action in found.values() if action.round_key == "suspension"]
    assert all(action.seat is not None for action in suspensions)
    assert len(suspensions) == 8


def test_an_action_offered_is_one_the_command_takes(world: World) -> None:
    ref = world.programme("decision")
    offered = [a for a in what_can_be_done(world, ref, "carla.duarte").values() if a.allowed]

    receipt = world.answer(ref, offered[0].round_key, "carla.duarte", "approve")

    assert [action.party for action in offered] == ["Brazil"]
    assert receipt.verdict == "Approve"
