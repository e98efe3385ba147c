"""Counts hold what the person may know of, and what the filters offer is what some programme has."""

from collections.abc import Iterator

import pytest

from tests.support.world import World
from tests.workflow.programmes.lists.portfolios import AUDITOR, OFFICER, SUBMITTER, bring_in
from workflow.programmes.lists.counts import choices, stages_by_framework
from workflow.vocabulary import Stage


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def test_frameworks_count_what_the_person_may_know_of(world: World) -> None:
    world.programme("draft")
    world.programme("screening")

    with world.engine.reading() as session:
        counts = [
            stages_by_framework(session, world.person(who), world.engine.now())
            for who in (OFFICER, AUDITOR)
        ]

    assert [each["F7"][Stage.PROPOSAL] for each in counts] == [1, 2]


def test_what_only_a_private_programme_has_is_offered_to_nobody_else(world: World) -> None:
    world.programme("draft")
    bring_in(world, {})

    offered = {}
    for who in (OFFICER, SUBMITTER, AUDITOR):
        with world.engine.reading() as session:
            offered[who] = choices(session, world.person(who), world.engine.now())

    countries = {who: {iso3 for iso3, _ in each.countries} for who, each in offered.items()}
    assert "MOZ" not in countries[OFFICER]
    assert "MOZ" in countries[SUBMITTER] & countries[AUDITOR]
    assert "hiv-aids" not in offered[OFFICER].areas
    assert "hiv-aids" in offered[SUBMITTER].areas
    assert set(offered[OFFICER].areas) < set(offered[AUDITOR].areas)
