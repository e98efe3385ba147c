"""Whether an entry still holds: asked before a year is over, kept by its country, lapsed in silence."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.sharing.shared import (
    BRAZIL,
    INDIA,
    OFFICER,
    TODAY,
    confirmed,
    consent,
    entered,
    listed,
)
from tests.workflow.sharing.test_word import page, titles
from workflow.audit.models import Event
from workflow.errors import NotAuthorised, Stale
from workflow.sharing.content import EXPERT
from workflow.sharing.lists import SharingFilters, sharing_list
from workflow.sharing.renewal import ask_and_lapse, keep


def kept(world: World, number: int, who: str = BRAZIL) -> None:
    with world.engine.transaction() as session:
        keep(session, number, by=world.person(who), now=world.engine.now())


def told(world: World) -> list[str]:
    with world.engine.reading() as session:
        kinds = session.scalars(
            select(Event.type).where(Event.type.like("sharing.%")).order_by(Event.id)
        )
        return list(kinds)


def test_a_country_is_asked_once_in_the_last_month_and_what_it_keeps_is_listed_on(
    world: World,
) -> None:
    number = listed(world)
    world.clock.at += timedelta(days=334)
    early = ask_and_lapse(world.engine)
    world.clock.at += timedelta(days=1)

    asked = [ask_and_lapse(world.engine), ask_and_lapse(world.another_engine())]
    open_question = page(world, number).asked
    kept(world, number)

    assert (early, asked, open_question) == (0, [1, 0], True)
    assert not page(world, number).asked
    assert page(world, number).holds_until == world.clock.at.date() + timedelta(days=365)
    assert told(world)[-2:] == ["sharing.questioned", "sharing.kept"]


def test_what_nobody_keeps_is_not_listed_on_the_day_after_whether_or_not_time_was_told(
    world: World,
) -> None:
    number = listed(world)
    world.clock.at += timedelta(days=365)
    last = titles(world)
    world.clock.at += timedelta(days=1)
    after = titles(world)

    ask_and_lapse(world.engine)

    assert (last, after) == (["Human milk banks"], [])
    assert page(world, number, BRAZIL).state == "lapsed"
    kept(world, number)
    assert titles(world) == ["Human milk banks"]


def test_only_the_country_says_that_it_holds_and_only_of_what_was_confirmed(world: World) -> None:
    number, waiting = listed(world), entered(world)

    for who in (INDIA, OFFICER):
        with pytest.raises(NotAuthorised):
            kept(world, number, who)
    with pytest.raises(Stale, match="waits for a second person"):
        kept(world, waiting)

    assert told(world).count("sharing.kept") == 0


@pytest.mark.parametrize(("lasts", "listed_for"), [(100, 100), (500, 365)])
def test_an_expert_is_listed_to_the_end_of_a_year_or_of_the_consent_whichever_comes_first(
    world: World, lasts: int, listed_for: int
) -> None:
    until = TODAY + timedelta(days=listed_for)
    number = entered(world, EXPERT, agreed=consent(until=TODAY + timedelta(days=lasts)))

    said = confirmed(world, number)

    assert (said, page(world, number).holds_until) == (until, until)
    with world.engine.reading() as session:
        found = sharing_list(session, world.person(INDIA), SharingFilters(), world.engine.now())
    assert [line.holds_until for line in found.lines] == [until]
    world.clock.at += timedelta(days=listed_for)
    assert len(titles(world)) == 1
    world.clock.at += timedelta(days=1)
    assert titles(world) == []


def test_what_is_listed_to_the_end_of_a_consent_is_kept_by_a_new_consent_alone(
    world: World,
) -> None:
    number = listed(world, EXPERT, agreed=consent(until=TODAY + timedelta(days=400)))
    world.clock.at += timedelta(days=350)

    kept(world, number)

    assert page(world, number).holds_until == TODAY + timedelta(days=400)
    before = told(world)
    with pytest.raises(Stale, match="to the end of the consent"):
        kept(world, number)
    assert told(world) == before
