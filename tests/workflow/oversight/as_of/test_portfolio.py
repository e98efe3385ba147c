"""All programmes as they stood: each as it is told alone, and no more looked at than a stretch."""

from datetime import date
from typing import Any

import pytest

from tests.support.world import NURSES, PROPOSAL, World
from tests.workflow.engine.lifecycles import put, rename
from tests.workflow.engine.migration.second_version import everywhere, moving, seen, version
from workflow.demo import path
from workflow.engine.migration.migrate import migrate_all
from workflow.oversight.as_of import portfolio
from workflow.oversight.as_of.case import AsOfPage, as_of_page
from workflow.oversight.as_of.portfolio import PortfolioThen, portfolio_as_of, portions_as_of
from workflow.oversight.events.indexer import catch_up_wholly

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


def on(world: World, ref: str, day: date) -> AsOfPage:
    with world.engine.reading() as session:
        return as_of_page(
            session, world.engine, world.person(AUDITOR), ref, day, world.engine.now()
        )


def all_on(world: World, day: date, who: str = AUDITOR, **asked: Any) -> PortfolioThen:
    catch_up_wholly(world.engine)
    with world.engine.reading() as session:
        return portfolio_as_of(
            session, world.engine, world.person(who), day, world.engine.now(), **asked
        )


def today(world: World) -> date:
    return world.engine.now().date()


def carry(world: World, ref: str, state: str) -> None:
    path.carry(world, ref, NURSES, state)


def through(world: World, day: date, **asked: Any) -> list[list[str]]:
    """The references on each page, as whoever goes on from page to page sees them."""
    pages, page = [], all_on(world, day, **asked)
    pages.append([line.ref for line in page.lines])
    while page.further:
        page = all_on(world, day, **asked, after=page.further)
        pages.append([line.ref for line in page.lines])
    return pages


def test_a_draft_of_others_stands_on_no_day(world: World) -> None:
    ref = world.programme("draft")

    hidden, shown = all_on(world, today(world), OFFICER), all_on(world, today(world))

    assert (hidden.total, hidden.lines) == (0, ())
    assert [line.ref for line in shown.lines] == [ref]


def test_the_portfolio_tells_each_day_as_each_case_does(world: World) -> None:
    first = world.programme("draft")
    begun = today(world)
    world.clock.pass_time(days=3)
    second = world.programme("screening")
    between = today(world)
    world.clock.pass_time(days=3)
    carry(world, first, "consultation")
    carry(world, second, "formulation")

    pages = {day: all_on(world, day) for day in (begun, between, today(world))}

    assert [len(page.lines) for page in pages.values()] == [1, 2, 2]
    for day, page in pages.items():
        for line in page.lines:
            alone = on(world, line.ref, day)
            assert (line.state, line.stage, line.events) == (
                alone.state, alone.stage, alone.events
            )  # fmt: skip
            assert line.since == alone.since
    assert (pages[between].stages or {})["proposal"] == 2
    assert all(line.moved for line in pages[between].lines)
    assert not any(line.moved for line in pages[today(world)].lines)


def test_a_day_before_a_move_is_told_in_the_words_of_the_version_of_then(world: World) -> None:
    renamed = version(
        rename("states/consultation", "hearing"),
        put("states/hearing/label", "Hearing of countries"),
        everywhere("consultation", "hearing"),
    )
    moved, stays = world.programme("consultation"), world.programme("consultation")
    before = today(world)
    world.clock.pass_time(days=1)
    mapping = {"states": {"consultation": "hearing"}, "rounds": {"consultation": "hearing"}}
    (done,) = migrate_all(world.engine, seen(world, moved), moving(world, renamed, **mapping))

    then, now = all_on(world, before), all_on(world, today(world))

    assert done.moves, done.reasons
    assert [line.state for line in then.lines] == [on(world, moved, before).state] * 2
    assert {line.ref: line.state for line in now.lines}[moved] == "Hearing of countries"
    assert {line.ref: line.state_now for line in then.lines}[moved] == "Hearing of countries"
    assert {line.ref: line.state for line in now.lines}[stays] == then.lines[0].state


def test_the_portfolio_is_narrowed_to_a_stage_and_taken_away_whole(world: World) -> None:
    world.programme("screening")
    world.programme("consultation")

    page = all_on(world, today(world), stage="consultation")
    portions = portions_as_of(world.engine, world.person(AUDITOR), today(world), world.engine.now())
    whole = [line for _, lines in portions for line in lines]

    assert page.stages == {**dict.fromkeys(page.choices, 0), "proposal": 1, "consultation": 1}
    assert (page.total, page.further) == (2, "")
    assert [line.stage for line in page.lines] == ["consultation"]
    assert len(whole) == 2


def test_an_earlier_title_is_told_as_it_was(world: World) -> None:
    ref = world.programme("draft")
    before = today(world)
    world.clock.pass_time(days=2)
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "تعليم الممرضات عن بعد"})

    lines = {day: all_on(world, day).lines[0] for day in (before, today(world))}

    assert lines[before].title == "Distance learning for nurses"
    assert lines[before].titled_now == "تعليم الممرضات عن بعد"
    assert lines[today(world)].title == "تعليم الممرضات عن بعد"


def test_pages_go_on_in_the_order_of_references_and_miss_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = sorted(world.programme("screening") for _ in range(5))
    monkeypatch.setattr(portfolio, "PAGE", 2)

    pages = through(world, today(world))

    assert pages == [refs[:2], refs[2:4], refs[4:]]


def test_a_page_looks_at_a_stretch_and_says_where_to_look_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = sorted(world.programme("screening") for _ in range(3))
    later = world.programme("consultation")
    monkeypatch.setattr(portfolio, "LOOKED_AT", 2)

    first, pages = all_on(world, today(world)), through(world, today(world), stage="consultation")

    assert (first.stages, first.total, first.most) == (None, None, 2)
    assert first.further == refs[1]
    assert [ref for page in pages for ref in page] == [later]
    assert pages[0] == []


def test_what_began_later_is_passed_over_without_an_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        world.programme("screening")
    monkeypatch.setattr(portfolio, "LOOKED_AT", 2)

    pages = through(world, date(2020, 1, 1))

    assert pages == [[], []]
