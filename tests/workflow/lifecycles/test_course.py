"""The whole course of a lifecycle, read from the definition alone."""

from pathlib import Path

import pytest

from workflow.lifecycles.course import by_round, course
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.lifecycles.next_steps import ways
from workflow.vocabulary import Stage

FILES = sorted(Path("config/lifecycles").glob("*.toml"))


@pytest.fixture(params=FILES, ids=[each.stem for each in FILES])
def definition(request: pytest.FixtureRequest) -> Definition:
    """Each lifecycle that is shipped."""
    return load_file(request.param)


def test_every_state_stands_in_its_stage_once(definition: Definition) -> None:
    laid = course(definition).stages

    assert [stage for stage, _ in laid] == [stage for stage in Stage if stage in dict(laid)]
    assert sorted(s.key for _, states in laid for s in states) == sorted(definition.states)
    assert all(state.stage is stage for stage, states in laid for state in states)


def test_the_passages_are_the_ways_that_lead_elsewhere(definition: Definition) -> None:
    found = course(definition)

    led = {
        (state, way.to.key)
        for state in definition.states for way in ways(definition, state)
        if way.to is not None and way.to.key != state
    }  # fmt: skip
    assert {(each.start.key, each.end.key) for each in found.passages} == led
    assert len(found.passages) == len(led)
    assert all(each.labels for each in found.passages)
    assert {each.end.final for each in found.onward} == {False}


def test_an_end_is_reached_by_the_passages_that_lead_to_one() -> None:
    found = course(load_file(Path("config/lifecycles/emergency.toml")))

    led = {end.key: [each.start.key for each in passages] for end, passages in found.ends}
    assert led == {
        "closed": ["running"], "refused": ["check", "meeting"], "lapsed": ["advance"],
    }  # fmt: skip


def test_ways_are_found_by_their_state_and_round(definition: Definition) -> None:
    found = by_round(definition)

    assert sum(map(len, found.values())) == sum(
        len(ways(definition, state)) for state in definition.states
    )
    assert all(way.round_key == key for (_, key), each in found.items() for way in each)
