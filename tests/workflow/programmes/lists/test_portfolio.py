from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.world import PROPOSAL, World
from tests.workflow.programmes.lists.portfolios import (
    AUDITOR,
    OFFICER,
    SUBMITTER,
    bring_in,
    group,
    titled,
)
from workflow.people.groupings.commands import MembershipWish, change_membership
from workflow.people.groupings.days import days_said
from workflow.people.groupings.listed import labels
from workflow.people.groupings.page import grouping_page
from workflow.programmes.lists.filters import ProgrammeFilters
from workflow.programmes.lists.portfolio import PAGE, PortfolioPage, portfolio, whole_portfolio
from workflow.vocabulary import Stage


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def look(world: World, who: str = OFFICER, **asked: Any) -> PortfolioPage:
    with world.engine.reading() as session:
        return portfolio(
            session, world.engine, world.person(who), ProgrammeFilters(**asked), world.engine.now()
        )


def refs(page: PortfolioPage) -> list[str]:
    return [line.ref for line in page.lines]


def many(world: World) -> None:
    """Two pages and some more, of which each two have the same title."""
    bring_in(world, *({"title": f"Rice {number // 2:02d}"} for number in range(2 * PAGE + 5)))


def test_a_draft_is_seen_by_its_own_party_and_auditors_alone(world: World) -> None:
    ref = world.programme("draft")

    assert refs(look(world, SUBMITTER)) == [ref]
    assert refs(look(world, AUDITOR)) == [ref]
    assert look(world).counts.total == 0


def test_a_line_says_where_the_programme_stands_and_whose_move_it_is(world: World) -> None:
    world.programme("consultation")
    (line,) = look(world).lines

    (move,) = line.moves
    assert (line.stage, line.state.key) == (Stage.CONSULTATION, "consultation")
    assert line.beneficiaries == ("Angola", "Mozambique")
    assert move.parties == ("Brazil", "India", "Malaysia", "Thailand")
    assert (move.answered, move.asked) == (0, 4)


def test_what_ended_is_nobodys_move_and_counts_as_ended(world: World) -> None:
    bring_in(world, {})

    page = look(world)

    assert page.lines[0].moves == ()
    assert page.lines[0].imported
    assert (page.counts.total, page.counts.live, page.counts.stages[Stage.END]) == (1, 0, 1)


def test_a_search_knows_neither_accents_nor_order_nor_case(world: World) -> None:
    ref = titled(world, "Água potável")
    agreements = [*PROPOSAL["agreements"], {**PROPOSAL["agreements"][0], "country": "TLS"}]
    titled(world, "Solar pumps", participating_countries=["TLS", "AGO"], agreements=agreements)

    for words in ("ÁGUA", "agua potavel", "potável  água", "ssc-2026-001", "mozambique agua"):
        assert refs(look(world, text=words)) == [ref], words


def test_a_search_takes_no_sign_for_a_wildcard(world: World) -> None:
    titled(world, "Solar pumps")

    for words in ("%", "_", "50%_", "\\", "'; drop table programme; --"):
        assert refs(look(world, text=words)) == [], words


def test_filters_narrow_by_framework_stage_country_region_and_area(world: World) -> None:
    nurses = world.programme("screening")
    bring_in(world, {})

    assert refs(look(world, framework="F7")) == [nurses]
    assert refs(look(world, stage="proposal")) == [nurses]
    assert refs(look(world, stage="end")) == ["SSC-T1"]
    assert refs(look(world, country="AGO")) == [nurses]
    assert refs(look(world, country="IND")) == ["SSC-T1"]
    assert refs(look(world, area="hiv-aids")) == [nurses]
    assert set(refs(look(world, region="Africa"))) == {nurses, "SSC-T1"}
    assert refs(look(world, region="Nowhere")) == []
    assert refs(look(world, country="AGO", area="agriculture")) == []


def test_subregions_and_groupings_narrow_as_they_stand_today(world: World) -> None:
    group(world)
    nurses = world.programme("screening")
    bring_in(world, {})

    assert set(refs(look(world, subregion="Western Africa"))) == {"SSC-T1"}
    assert refs(look(world, subregion="Middle Africa")) == [nurses]
    assert refs(look(world, subregion="Nowhere")) == []
    assert set(refs(look(world, grouping="sadc"))) == {nurses, "SSC-T1"}
    assert refs(look(world, grouping="ecowas", region="Africa")) == ["SSC-T1"]
    assert refs(look(world, grouping="nothing")) == []
    assert look(world, grouping="mercosur").counts.total == 1

    ended = MembershipWish(days=days_said("1991", "2024"), ground="A letter.")
    with world.engine.transaction() as session:
        (brazil,) = (
            line for line in grouping_page(session, "mercosur", date(2020, 1, 1)).lines if line.iso3 == "BRA"
        )  # fmt: skip
        change_membership(session, brazil.number, ended, by=None, now=world.engine.now())

    assert refs(look(world, grouping="mercosur")) == []


def test_every_grouping_is_offered_by_its_label(world: World) -> None:
    group(world)
    offered = dict(look(world).choices.groupings)

    assert offered.keys() == labels().keys()
    assert offered["asean"] == "Association of Southeast Asian Nations"
    assert list(offered.values()) == sorted(offered.values())
    assert "asean" not in dict(look(world).choices.frameworks)


def test_counts_of_stages_hold_under_every_filter_but_the_stage(world: World) -> None:
    world.programme("screening")
    bring_in(world, {}, {})

    page = look(world, stage="end", country="GNB")

    assert (page.found, page.counts.total) == (2, 2)
    assert look(world, stage="proposal").counts.total == 3


def test_an_unknown_stage_or_order_is_left_out(world: World) -> None:
    ref = world.programme("screening")

    assert refs(look(world, stage="nonsense", sort="1; drop table")) == [ref]


def test_what_waits_comes_before_what_ended(world: World) -> None:
    ref = world.programme("screening")
    world.clock.pass_time(days=3)
    bring_in(world, {})

    assert refs(look(world)) == [ref, "SSC-T1"]


def test_sorting_follows_the_title_the_reference_and_the_budget(world: World) -> None:
    bring_in(
        world,
        {"title": "b rice", "budget_usd": "10"},
        {"title": "A rice", "budget_usd": ""},
        {"title": "C rice", "budget_usd": "30.50"},
    )

    assert refs(look(world, sort="title")) == ["SSC-T2", "SSC-T1", "SSC-T3"]
    assert refs(look(world, sort="ref")) == ["SSC-T1", "SSC-T2", "SSC-T3"]
    assert refs(look(world, sort="budget")) == ["SSC-T3", "SSC-T1", "SSC-T2"]


def test_pages_hold_every_programme_once_in_a_stable_order(world: World) -> None:
    world.made("many", many)

    *full, last, beyond = (look(world, sort="title", page=number) for number in (1, 2, 3, 4))

    assert [len(page.lines) for page in (*full, last)] == [PAGE, PAGE, 5]
    assert last.pages == 3
    assert len({ref for page in (*full, last) for ref in refs(page)}) == 2 * PAGE + 5
    assert beyond.lines == ()


def test_a_page_takes_as_many_statements_for_many_programmes_as_for_one(world: World) -> None:
    bring_in(world, {})
    one = statements(world)
    bring_in(world, *({} for _ in range(20)))

    many = statements(world)

    assert many == one
    assert one <= 14


def statements(world: World) -> int:
    """How many statements the list takes."""
    person, told = world.person(OFFICER), []
    database = world.engine.database

    def count(*_: object) -> None:
        told.append(1)

    event.listen(database, "before_cursor_execute", count)
    with world.engine.reading() as session:
        portfolio(session, world.engine, person, ProgrammeFilters(), world.engine.now())
    event.remove(database, "before_cursor_execute", count)
    return len(told)


def test_what_is_taken_away_is_the_whole_selection(world: World) -> None:
    world.made("many", many)

    with world.engine.reading() as session:
        taken = list(
            whole_portfolio(
                session,
                world.engine,
                world.person(OFFICER),
                ProgrammeFilters(country="GNB"),
                world.engine.now(),
            )
        )

    assert len(taken) == 2 * PAGE + 5


def test_a_page_goes_on_where_the_one_before_it_ended_and_back(world: World) -> None:
    world.made("many", many)

    for order in ("since", "title", "ref", "budget"):
        first = look(world, sort=order)
        assert first.older
        second = look(world, **asdict(first.older))
        assert second.older
        assert second.newer
        third, again = look(world, **asdict(second.older)), look(world, **asdict(second.newer))
        every = look(world, sort=order, page=1), look(world, sort=order, page=2)

        assert [refs(first), refs(second)] == [refs(page) for page in every]
        assert len({*refs(first), *refs(second), *refs(third)}) == 2 * PAGE + 5
        assert (third.older, again.newer, refs(again)) == (None, None, refs(first))


def test_letters_that_stand_for_many_words_are_looked_for_as_any_other(world: World) -> None:
    world.programme("screening")

    assert refs(look(world, text="ﷺ" * 200)) == []


def test_a_cursor_that_makes_no_sense_begins_anew(world: World) -> None:
    ref = world.programme("screening")

    for cursor in (
        *("x", "1", "1_x_y", "9999999999999_1_2026-01-01", "1_2_", "²_1_1"),
        *("1_99999_2026-01-01", "1_2_0001-01-01T00:00:00+14:00", "1_2_9999-12-31T23:00:00-14:00"),
    ):
        assert refs(look(world, after=cursor)) == [ref], cursor
        assert refs(look(world, before=cursor)) == [ref], cursor
