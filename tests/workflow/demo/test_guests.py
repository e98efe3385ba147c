"""What waits for the people of the demo: answers, papers, and whoever has to write first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.support.statements import asked
from tests.support.world import PROPOSAL, TEXTS, World
from tests.workflow.lifecycles.evaluations.evaluated import asked_for
from workflow.demo.guests import Demand, Load, StoryStart, demand
from workflow.engine.benches import OfficeKey

TITLE = str(PROPOSAL["title"])

OF_AN_EVALUATION = (
    ("evaluator", "evaluation-office"),
    ("executing_agency", "undp"),
    ("quality_assurer", "special-unit"),
)


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    yield world
    world.close()


def told(world: World) -> Demand:
    party = world.party("moz")
    with world.engine.reading() as session:
        return demand(session, world.engine, party, world.engine.now())


def load(world: World, role: str, party: str) -> Load:
    return told(world).loads.get(OfficeKey(role, world.party(party)), Load())


def test_a_seat_that_asks_for_a_decision_is_one_to_answer(world: World) -> None:
    world.programme("screening")

    found = load(world, "unit_officer", "special-unit")

    assert (found.answers, found.papers, found.late) == (1, 0, 0)
    assert found.due is not None
    assert load(world, "submitter", "moz") == Load()


def test_a_seat_whose_text_its_own_office_writes_is_one_to_write(world: World) -> None:
    world.programme("draft")
    world.programme("formulation")

    assert load(world, "submitter", "moz").papers == 1
    assert load(world, "executing_agency", "undp").papers == 1


def test_who_waits_for_the_paper_of_another_is_asked_nothing_yet(world: World) -> None:
    ref = world.programme("operational_closure")

    before = load(world, "unit_head", "special-unit")
    writer = load(world, "finance_officer", "special-unit")
    statement = TEXTS["final_financial_statement"]
    world.file(ref, "final_financial_statement", "tom.becker", statement)
    world.attach(ref, "asset_transfer", "tom.becker", "asset-transfer.pdf")

    assert before == Load()
    assert writer.papers == 1
    assert load(world, "unit_head", "special-unit").answers == 1


def test_an_evaluation_asks_its_writers_one_after_the_other(world: World) -> None:
    evaluation = asked_for(world, world.programme("operational_closure"))

    asked = [load(world, *office) for office in OF_AN_EVALUATION]
    evaluation.terms_set()
    evaluation.named()
    evaluation.answer("nadia.haddad", "taking_on", "take_on")

    assert [each.papers for each in asked] == [0, 0, 1]
    assert [load(world, *office).papers for office in OF_AN_EVALUATION] == [1, 0, 0]


def test_what_is_overdue_is_late(world: World) -> None:
    world.programme("screening")
    world.clock.at += timedelta(days=60)

    assert load(world, "unit_officer", "special-unit").late == 1


def test_the_stories_begin_where_something_can_be_screened_and_something_came_back(
    world: World,
) -> None:
    first = told(world).openings
    returned = world.programme("screening")
    world.answer(returned, "screening", "jane.okello", "return", "Say how many.")
    waiting = world.programme("screening")

    then = told(world).openings

    assert (first.to_screen, first.came_back, first.returned) == (None, None, None)
    assert then.to_screen == StoryStart(waiting, TITLE)
    assert then.came_back == then.returned == StoryStart(returned, TITLE)


def test_loads_of_two_offices_are_one_load_with_the_earlier_day(world: World) -> None:
    now = world.engine.now()

    both = Load(1, 0, 1, now) + Load(0, 2, 0, now - timedelta(days=1)) + Load()

    assert both == Load(1, 2, 1, now - timedelta(days=1))


def test_it_asks_few_questions_however_much_waits(world: World) -> None:
    for state in ("draft", "screening", "consultation", "formulation"):
        world.programme(state)
    told(world)

    with asked(world.engine.database) as found:
        told(world)

    assert found.read <= 6, found.told()
