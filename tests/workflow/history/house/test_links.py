"""Auditors are told where somebody answered soon after a link had set their password."""

from datetime import timedelta

from tests.support.world import World
from workflow.history.filters import HistoryFilters
from workflow.history.house.links import SOON
from workflow.history.reader import history_page
from workflow.people.accounts.invitations import accept, invite, nobodys_password

TOLD = "A link had set their password within"


def under(world: World, ref: str, who: str) -> list[str]:
    """What stands under the answers in a history, as somebody reads it."""
    now, person = world.engine.now(), world.person(who)
    with world.engine.reading() as session:
        page = history_page(
            session, world.engine, ref, person=person, now=now, filters=HistoryFilters()
        )
    said = [str(each) for line in page.lines for each in line.under]
    return [each for each in said if each.startswith(TOLD)]


def screened(world: World, after: timedelta) -> str:
    """A proposal that Jane screened so long after a link had set her password."""
    ref, jane = world.programme("screening"), world.person("jane.okello")
    with world.engine.transaction() as session:
        token = invite(session, jane, by=None, now=world.engine.now())
        accept(session, token, nobodys_password(), now=world.engine.now())
    world.clock.at += after
    found = dict.fromkeys(("countries", "cooperation", "mandate", "money"), True)
    world.answer(ref, "screening", "jane.okello", "open_consultation", answers=found)
    return ref


def test_an_answer_soon_after_a_link_is_told_to_auditors_alone(world: World) -> None:
    ref = screened(world, timedelta(hours=2))

    assert under(world, ref, "marie.laurent") == [f"{TOLD} 3 hours before."]
    assert under(world, ref, "joao.lima") == []


def test_an_answer_long_after_a_link_is_told_as_any_other(world: World) -> None:
    assert under(world, screened(world, SOON), "marie.laurent") == []
