import json

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover


@pytest.mark.parametrize("state", ["screening", "active"])
def test_a_programme_says_how_it_will_go_and_on_whom_it_waits(
    world: World, primemover: PrimeMover, state: str
) -> None:
    ref = world.programme(state)

    said = primemover("programme", "forecast", ref, "--runs", "40", database_url=world.url)

    assert said.exit_code == 0, said.output
    assert said.stdout.startswith(f"{ref}: 40 runs of South-South programme, standard")
    assert ("Decision: in half of the runs by " in said.stdout) == (state == "screening")
    assert "End: in half of the runs by 20" in said.stdout
    assert "It waits for Programme" in said.stdout
    assert "assumed." in said.stdout


def test_programs_are_told_the_same_each_time(world: World, primemover: PrimeMover) -> None:
    ref = world.programme("screening")
    words = ("programme", "forecast", ref, "--runs", "20", "--json")

    one, again = (json.loads(primemover(*words, database_url=world.url).stdout) for _ in range(2))

    assert one["ref"] == ref
    assert one["runs"] == 20
    assert one["awaited"] == again["awaited"]


def test_what_is_not_there_or_has_ended_is_refused_in_a_sentence(
    world: World, primemover: PrimeMover
) -> None:
    ref = world.programme("closed")

    ended = primemover("programme", "forecast", ref, database_url=world.url)
    nothing = primemover("programme", "forecast", "PM-9999", database_url=world.url)

    assert (ended.exit_code, nothing.exit_code) == (1, 1)
    assert f"{ref} has ended or is not managed here" in ended.stderr
    assert "There is no case PM-9999." in nothing.stderr
