"""A round of silence on its page: when it ends, and that silence is not approval."""

from uuid import uuid4

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter
from tests.support.world import World
from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.commands.settle_due import sweep

SILENCE = "decision_by_silence"
MEMBER = "carla.duarte"


def under_silence(world: World) -> str:
    ref = world.programme("decision")
    wish = OpenRound(ref, SILENCE, "No session soon.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person("arjun.mehta"), wish)
    return ref


def test_a_running_silence_tells_its_end_and_who_has_not_objected(
    world: World, enter: Enter
) -> None:
    ref = under_silence(world)

    page = enter(MEMBER).page(round_page(world, ref, SILENCE, MEMBER))

    assert "The silence ends" in page
    assert page.count("No objection received so far") >= 3
    assert "One objection breaks it." in page
    assert "Not yet answered" not in page


def test_a_silence_that_was_kept_shows_nobody_as_approving(world: World, enter: Enter) -> None:
    ref = under_silence(world)
    address = round_page(world, ref, SILENCE, MEMBER)
    world.clock.pass_time(days=20)
    sweep(world.engine)

    page = enter(MEMBER).page(address)

    assert page.count("No objection received") >= 3
    assert "Approve" not in page


def test_an_objection_sent_after_the_end_is_answered_with_a_receipt_that_says_late(
    world: World, enter: Enter
) -> None:
    ref = under_silence(world)
    address = round_page(world, ref, SILENCE, MEMBER)
    world.clock.pass_time(days=20)
    carla = enter(MEMBER)

    answer = decide(carla, address, {"verdict": "object", "reason": "The budget."})

    assert answer.status_code == 303
    assert "came late, and has no effect" in carla.page(answer.headers["Location"])
