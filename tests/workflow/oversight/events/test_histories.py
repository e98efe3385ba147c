"""The list of histories, whether what happened can be found by its facets yet or not."""

from collections.abc import Iterator

import pytest

from tests.support.world import World
from tests.workflow.engine.migration.second_version import moving, seen
from tests.workflow.programmes.lists.portfolios import (
    AUDITOR,
    OFFICER,
    SUBMITTER,
    bring_in,
    group,
    titled,
)
from workflow.engine.migration.migrate import migrate_each
from workflow.history import access_log
from workflow.oversight.events.histories import PAGE, HistoriesPage, histories
from workflow.oversight.events.histories_wanted import HistoriesWanted
from workflow.oversight.events.indexer import catch_up_wholly


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def listed(
    world: World, who: str, text: str = "", page: int = 1, after: str = "", **placed: str
) -> HistoriesPage:
    asked = HistoriesWanted(text, page, after, **placed)
    with world.engine.reading() as session:
        return histories(session, world.engine, world.person(who), asked, world.engine.now())


def test_histories_say_what_happened_last(world: World) -> None:
    ref = world.programme("screening")

    (line,) = listed(world, OFFICER).lines

    assert (line.ref, line.events) == (ref, 9)
    assert str(line.says).startswith("“Screening” opened: it asks Special Unit")
    assert line.first < line.last


def test_a_move_to_another_version_names_both(world: World) -> None:
    ref = world.programme("screening")
    migrate_each(world.engine, seen(world, ref), moving(world))

    (line,) = listed(world, OFFICER).lines

    assert "moved this from version 5 to version 6 of “" in str(line.says)
    assert "to version 6 of “" in str(line.says)


def test_the_register_is_listed_for_auditors_and_drafts_for_their_own(world: World) -> None:
    ref = world.programme("draft")

    assert {line.ref for line in listed(world, AUDITOR).lines} == {"REGISTER", ref}
    assert {line.ref for line in listed(world, SUBMITTER).lines} == {ref}
    assert listed(world, OFFICER).lines == ()


def test_histories_are_found_by_words_without_accents(world: World) -> None:
    ref = titled(world, "Água potável")
    bring_in(world, {})

    assert [line.ref for line in listed(world, AUDITOR, "potavel").lines] == [ref]
    assert [line.ref for line in listed(world, AUDITOR, "register").lines] == ["REGISTER"]
    assert listed(world, AUDITOR, "%").found == 0


def test_histories_are_found_by_where_their_countries_lie_and_belong(world: World) -> None:
    group(world)
    nurses = world.programme("screening")
    bring_in(world, {})

    def found(**placed: str) -> set[str]:
        page = listed(world, AUDITOR, **placed)
        assert page.found == len(page.lines)
        return {line.ref for line in page.lines}

    assert found(region="Africa") == {nurses, "SSC-T1"}
    assert found(subregion="Middle Africa") == {nurses}
    assert found(grouping="ecowas") == {"SSC-T1"}
    assert found(grouping="sadc", text="nothing") == set()
    assert found() == {nurses, "SSC-T1", "REGISTER"}


def test_the_one_event_of_an_imported_programme_says_from_where(world: World) -> None:
    bring_in(world, {})

    (line,) = listed(world, OFFICER).lines

    assert str(line.says) == "Imported in state Closed from Fund pages: checked against its source"


def test_a_history_stands_in_one_place_before_and_after_it_is_found(world: World) -> None:
    first = world.programme("screening")
    world.clock.pass_time(days=1)
    catch_up_wholly(world.engine)
    second = world.programme("screening")

    before = listed(world, OFFICER)
    catch_up_wholly(world.engine)
    after = listed(world, OFFICER)

    assert [line.ref for line in before.lines] == [second, first]
    assert after == before


def test_who_looked_is_no_part_of_what_happened_last_and_moves_nothing(world: World) -> None:
    first = world.programme("screening")
    world.clock.pass_time(days=1)
    second = world.programme("screening")
    before = listed(world, OFFICER)
    world.clock.pass_time(days=1)

    access_log.record_visit(world.engine, world.person(AUDITOR), first)
    access_log.record_copy(world.engine, world.person(AUDITOR), first)

    unfound = listed(world, OFFICER)
    catch_up_wholly(world.engine)
    found, asked_for = listed(world, OFFICER), listed(world, OFFICER, first)
    assert [line.ref for line in before.lines] == [second, first]
    for after in (unfound, found):
        assert [(line.ref, line.says, line.last) for line in after.lines] == [
            (line.ref, line.says, line.last) for line in before.lines
        ]
    assert [line.ref for line in asked_for.lines] == [first]


def test_pages_of_histories_hold_each_once(world: World) -> None:
    bring_in(world, *({} for _ in range(PAGE + 5)))
    catch_up_wholly(world.engine)

    first = listed(world, OFFICER)
    second = listed(world, OFFICER, page=2, after=first.older)

    shown = [line.ref for page in (first, second) for line in page.lines]
    assert (first.found, first.pages, len(shown)) == (PAGE + 5, 2, len(set(shown)))
    assert (second.older, bool(second.newer)) == ("", True)
