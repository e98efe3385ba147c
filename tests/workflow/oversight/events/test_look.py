"""What is looked for among events: by one filter's index, among no more than is said, missing none."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine as Database

from tests.support.world import World
from workflow.database import Base, connect
from workflow.oversight.events import look as looking
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.events.look import Look, Place, number_of
from workflow.oversight.events.page import events_page

AUDITOR, EVALUATOR = "marie.laurent", "nadia.haddad"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """Tables in which there is nothing, to be asked how they would be read."""
    path: Path = tmp_path_factory.mktemp("looking") / "empty.sqlite"
    database = connect(f"sqlite:///{path}")
    Base.metadata.create_all(database)
    return database


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"verdict": "approve"}, "ix_event_facet_verdict"),
        ({"role": "board_member"}, "ix_event_facet_role"),
        ({"stage": "approval"}, "ix_event_facet_stage"),
        ({"stage": "approval", "role": "board_member"}, "ix_event_facet_role"),
        ({"kind": "signoff.given", "verdict": "approve"}, "ix_event_facet_verdict"),
        ({"person": 7}, "ix_event_facet_person"),
        ({"framework": "F7"}, "ix_event_facet_at"),
    ],
)
def test_one_filter_leads_by_an_index_that_keeps_the_order(
    empty: Database, asked: dict[str, Any], index: str
) -> None:
    class AnAuditor(Look):
        def _narrows(self, facet: Any) -> list[Any]:
            return looking.conditions(self.besides, facet)

    with empty.connect() as connection:
        look = AnAuditor.of(None, 1, EventFilters(**asked), None)  # type: ignore[arg-type]
        words = look.newest(51, "at", "event_id").compile(
            empty, compile_kwargs={"literal_binds": True}
        )
        plan = [row[3] for row in connection.exec_driver_sql(f"explain query plan {words}")]

    assert [step for step in plan if index in step], plan
    assert not [step for step in plan if step == "SCAN event"], plan


def look(world: World, who: str = AUDITOR, **asked: Any) -> list[tuple[str, int]]:
    """Everything that is found, from page to page."""
    found, before = [], None
    while True:
        page = at(world, who, before, **asked)
        found += [(line.ref, line.line.seq) for line in page.lines]
        before = page.older
        if before is None:
            return found


def at(world: World, who: str, before: Place | None, **asked: Any) -> Any:
    with world.engine.reading() as session:
        filters = EventFilters(**asked, before=before)
        return events_page(session, world.engine, world.person(who), filters, world.engine.now())


@pytest.mark.proof(apart=True)
def test_what_few_events_have_together_is_found_however_deep_it_lies(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Open licences.")
    world.programme("formulation")
    catch_up_wholly(world.engine)
    asked = {"role": "pivotal_focal", "kind": "signoff.given", "party": "bra", "framework": "F7"}
    several: tuple[dict[str, Any], ...] = (
        asked,
        {"stage": "consultation", "framework": "F7"},
        {"person": world.person("paulo.sa"), "kind": "signoff.given"},
        {"framework": "F1"},
    )
    whole = [look(world, **each) for each in several]
    first = at(world, AUDITOR, None, **several[-1])

    monkeypatch.setattr(looking, "LOOKED_AT", 10)
    in_steps = [look(world, **each) for each in several]
    shallow = at(world, AUDITOR, None, **several[-1])

    assert in_steps == whole
    assert (ref, whole[0][-1][1]) in whole[0]
    assert (first.lines, first.older, first.counts.more) == ((), None, False)
    assert (shallow.lines, shallow.counts.found, shallow.counts.more) == ((), 0, True)
    assert shallow.older is not None


def test_who_is_no_auditor_finds_no_draft_of_others(world: World) -> None:
    draft, known = world.programme("draft"), world.programme("screening")
    catch_up_wholly(world.engine)

    hers, everything = look(world, EVALUATOR), look(world)

    assert {ref for ref, _ in hers} == {known}
    assert draft in {ref for ref, _ in everything}


def test_what_takes_a_long_look_counts_as_much(world: World) -> None:
    world.programme("consultation")
    catch_up_wholly(world.engine)
    with world.engine.reading() as session:
        me, now = world.person(AUDITOR), world.engine.now()

        def many(depth: int, **asked: Any) -> int:
            return number_of(Look.of(session, me, EventFilters(**asked), now, depth), 100)

        deep, shallow, plain = (
            many(500, framework="F1"), many(3, framework="F1"), many(3, kind="case.opened")
        )  # fmt: skip

    assert (deep, shallow, plain) == (0, 100, 1)
