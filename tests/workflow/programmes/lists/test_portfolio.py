from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from tests.support.world import NURSES, PROPOSAL, World
from tests.workflow.programmes.samples import a_file
from workflow.oversight.events.histories import HistoriesPage, HistoriesWanted, histories
from workflow.programmes.imports.run import import_programmes, read_content
from workflow.programmes.lists.counts import stages_by_framework
from workflow.programmes.lists.filters import ProgrammeFilters
from workflow.programmes.lists.portfolio import PAGE, PortfolioPage, portfolio, whole_portfolio
from workflow.vocabulary import Stage

OFFICER, AUDITOR, SUBMITTER = "jane.okello", "marie.laurent", "joao.lima"


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


def bring_in(world: World, *rows: dict[str, str]) -> None:
    definition_id, definition = world.engine.published("programme-standard")
    states = {key: state.stage.value for key, state in definition.states.items()}
    with world.engine.transaction() as session:
        import_programmes(
            session, read_content("programmes.csv", a_file(*rows)), now=world.engine.now(),
            opener=None, definition_id=definition_id, states=states,
        )  # fmt: skip


def titled(world: World, title: str, state: str = "screening", **changed: Any) -> str:
    story = replace(
        NURSES, texts={**NURSES.texts, "proposal": {**PROPOSAL, "title": title, **changed}}
    )
    return world.programme(state, story)


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


@pytest.mark.parametrize(
    "words", ["ÁGUA", "agua potavel", "potável  água", "ssc-2026-001", "mozambique agua"]
)
def test_a_search_knows_neither_accents_nor_order_nor_case(world: World, words: str) -> None:
    ref = titled(world, "Água potável")
    titled(world, "Solar pumps", participating_countries=["TLS", "AGO"])

    assert refs(look(world, text=words)) == [ref]


@pytest.mark.parametrize("words", ["%", "_", "50%_", "\\", "'; drop table programme; --"])
def test_a_search_takes_no_sign_for_a_wildcard(world: World, words: str) -> None:
    titled(world, "Solar pumps")

    assert refs(look(world, text=words)) == []


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
    bring_in(world, *({"title": "Same"} for _ in range(PAGE + 5)))

    first, second, beyond = (look(world, sort="title", page=number) for number in (1, 2, 3))

    assert (first.pages, len(first.lines), len(second.lines)) == (2, PAGE, 5)
    assert len({*refs(first), *refs(second)}) == PAGE + 5
    assert beyond.lines == ()


def test_a_page_takes_as_many_statements_for_many_programmes_as_for_one(world: World) -> None:
    bring_in(world, {})
    one = statements(world)
    bring_in(world, *({} for _ in range(20)))

    many = statements(world)

    assert many == one
    assert one <= 12


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
    bring_in(world, *({} for _ in range(PAGE + 1)))

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

    assert len(taken) == PAGE + 1


def test_frameworks_count_what_the_person_may_know_of(world: World) -> None:
    world.programme("draft")
    world.programme("screening")

    with world.engine.reading() as session:
        counts = [
            stages_by_framework(session, world.person(who), world.engine.now())
            for who in (OFFICER, AUDITOR)
        ]

    assert [each["F7"][Stage.PROPOSAL] for each in counts] == [1, 2]


def listed(world: World, who: str, text: str = "", page: int = 1) -> HistoriesPage:
    with world.engine.reading() as session:
        return histories(
            session,
            world.engine,
            world.person(who),
            HistoriesWanted(text, page),
            world.engine.now(),
        )


def test_histories_say_what_happened_last(world: World) -> None:
    ref = world.programme("screening")

    (line,) = listed(world, OFFICER).lines

    assert (line.ref, line.events) == (ref, 9)
    assert str(line.says).startswith("“Screening” opened: it asks Special Unit")
    assert line.first < line.last


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


def test_the_one_event_of_an_imported_programme_says_from_where(world: World) -> None:
    bring_in(world, {})

    (line,) = listed(world, OFFICER).lines

    assert str(line.says) == "Imported in state Closed from Fund pages, confidence high"
