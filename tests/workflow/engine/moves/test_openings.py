"""Whoever is heard on a suspension reads why it was opened, and so does whoever must live with it."""

from tests.support.world import NURSES, World
from tests.workflow.engine.pages.opened import page
from workflow.demo import suspensions
from workflow.programmes.page.page import ProgrammePage, programme_page

WHY = "The road to the district is closed."


def opened(world: World) -> str:
    ref = world.programme("active")
    suspensions.propose(world, ref, "suspension", WHY)
    return ref


def programme(world: World, ref: str, who: str) -> ProgrammePage:
    with world.engine.reading() as session:
        return programme_page(session, world.engine, ref, world.person(who), world.engine.now())


def test_those_who_are_heard_read_why_on_the_page_of_the_round(world: World) -> None:
    ref = opened(world)

    found = page(world, ref, "suspension", "graca.mabunda").opening_reason

    assert found is not None
    assert (found.person, found.reason) == ("Elena Petrova", WHY)


def test_a_round_that_opened_by_itself_has_no_such_reason(world: World) -> None:
    ref = world.programme("active")

    assert page(world, ref, "completion", "beatriz.costa").opening_reason is None


def test_the_reason_stands_on_the_programme_while_it_is_suspended(world: World) -> None:
    ref = opened(world)
    for who in suspensions.heard_of(NURSES):
        world.answer(ref, "suspension", who, "agree")
    suspensions.decide(world, ref, "suspension", "As heard.")

    (ended, *_) = programme(world, ref, "beatriz.costa").ended_rounds

    assert ended.opening is not None
    assert ended.opening.reason == WHY


def test_whoever_takes_no_part_reads_no_reason(world: World) -> None:
    ref = opened(world)

    rounds = programme(world, ref, "leilani.tau").open_rounds

    assert [each.opening for each in rounds if each.key == "suspension"] == [None]
