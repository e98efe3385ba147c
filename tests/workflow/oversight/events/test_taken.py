"""Events taken away: all of them and each once, however many a portion holds, on both databases."""

import pytest

from tests.support.world import World
from workflow.clock import written
from workflow.oversight.events import taken
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.events.taken import at_most, cases_of, portions, rights

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


@pytest.mark.parametrize("size", [1, 7, 500])
def test_what_is_taken_away_is_the_whole_selection_the_newest_first(
    world: World, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    ref = world.programme("consultation")
    catch_up_wholly(world.engine)
    monkeypatch.setattr(taken, "PORTION", size)
    asked, marie, now = EventFilters(ref=ref), world.person(AUDITOR), world.engine.now()

    lines = [line for portion in portions(world.engine, marie, asked, now) for line in portion]

    with world.engine.reading() as session:
        assert len(lines) == at_most(session, marie, asked, now)
    seqs = [line.line.seq for line in lines]
    assert seqs == sorted(seqs, reverse=True)
    assert len(set(seqs)) == len(seqs)


def test_no_more_are_counted_than_are_asked_for(world: World) -> None:
    world.programme("consultation")
    catch_up_wholly(world.engine)
    marie, now = world.person(AUDITOR), world.engine.now()

    with world.engine.reading() as session:
        assert at_most(session, marie, EventFilters(), now, 5) == 5
        assert at_most(session, marie, EventFilters(party="nowhere"), now, 5) == 0
        assert cases_of(session, marie, EventFilters(kind="case.opened"), now) == 1


def test_a_file_rests_on_the_private_histories_that_its_reader_knows_of(world: World) -> None:
    own, other = world.programme("draft"), world.programme("screening")
    catch_up_wholly(world.engine)
    now = world.engine.now()

    with world.engine.reading() as session:
        of_joao = rights(session, world.person("joao.lima"), EventFilters(), now)
        of_jane = rights(session, world.person(OFFICER), EventFilters(), now)
        of_marie = rights(session, world.person(AUDITOR), EventFilters(ref=other), now)

    assert {each.pop("at") for each in (of_joao, of_jane, of_marie)} == {written(now)}
    assert of_joao == {"audited": False, "private": [own]}
    assert of_jane == {"audited": False, "private": []}
    assert of_marie == {"audited": True, "private": []}
