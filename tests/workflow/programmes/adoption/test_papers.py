"""Papers of elsewhere are brought in with the day they bear, by whoever writes the record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.world import World
from tests.workflow.programmes.records import ADOPTABLE, DIGEST, RECORDS
from workflow.engine.document_models import Attachment
from workflow.engine.documents.file_store import File
from workflow.errors import Invalid, NotAuthorised, RoundClosed
from workflow.programmes.adoption.papers import BroughtIn, asked_for, bring_in
from workflow.programmes.outline import chosen

FILE = File("agreement.pdf", "application/pdf", 9, DIGEST)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def brought(world: World, who: str, *, kind: str = "project_document", day: date) -> int:
    paper = BroughtIn(kind, FILE, day)
    return bring_in(world.engine, world.person(who), ADOPTABLE, paper)


def test_a_paper_keeps_the_day_it_bears(world: World) -> None:
    number = brought(world, "jane.okello", day=date(2012, 1, 1))

    with world.engine.reading() as session:
        row = session.execute(select(Attachment).where(Attachment.id == number)).scalar_one()
        assert (row.dated, row.filed_at.date()) == (date(2012, 1, 1), world.engine.now().date())


def test_the_same_paper_twice_is_one(world: World) -> None:
    first = brought(world, "jane.okello", day=date(2012, 1, 1))

    assert brought(world, "jane.okello", day=date(2012, 1, 1)) == first


@pytest.mark.parametrize(
    ("kind", "day", "field", "said"),
    [
        ("project_document", date(2031, 1, 1), "dated", "cannot bear a day to come"),
        ("proposal", date(2012, 1, 1), "kind", "Choose again."),
    ],
)
def test_a_day_to_come_and_a_paper_that_no_state_asks_for_are_refused(
    world: World, kind: str, day: date, field: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        brought(world, "jane.okello", kind=kind, day=day)

    assert set(refused.value.faults) == {field}
    assert said in str(refused.value.faults[field])


def test_whoever_does_not_write_the_record_brings_nothing_in(world: World) -> None:
    for stranger in ("beatriz.costa", "joao.lima", "marie.laurent"):
        with pytest.raises(NotAuthorised):
            brought(world, stranger, day=date(2012, 1, 1))


def test_nothing_is_brought_in_to_what_is_managed_here(world: World) -> None:
    ref = world.programme("screening")

    with pytest.raises(RoundClosed, match="is managed here"):
        bring_in(
            world.engine,
            world.person("jane.okello"),
            ref,
            BroughtIn("project_document", FILE, date(2012, 1, 1)),
        )


def test_the_documents_that_records_bring_are_those_that_states_ask_for(world: World) -> None:
    _, definition = chosen(world.engine)

    assert [kind.key for kind in asked_for(definition)] == [
        "project_document",
        "annual_work_plan",
        "final_report",
    ]
