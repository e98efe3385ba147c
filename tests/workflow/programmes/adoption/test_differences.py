"""A later file is accepted or declined on what has moved on here, and writes over nothing by itself."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import World
from tests.workflow.programmes.records import (
    ADOPTABLE,
    CONFIRMING,
    REAL,
    RECORDS,
    bring_papers,
    import_all,
    write_record,
)
from workflow.audit.verification.verify import verify
from workflow.engine.models import LifecycleCase
from workflow.errors import NotAuthorised, NotFound, RoundClosed, Stale
from workflow.programmes.adoption import acts
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.adoption.differences import (
    DecideDifference,
    LaterRecord,
    decide_difference,
    differences,
)
from workflow.programmes.models import ImportedProgramme, Programme

OFFICER = "jane.okello"
LATER = REAL.read_bytes().replace(b"Quality of education", b"Quality of schools")


def settle(url: str) -> None:
    """Keep a record as a record only, and bring in a later file that calls it otherwise."""
    with closing(World(url)) as world:
        keep = ("record_only", "keep")
        acts.decide(world.engine, world.person(OFFICER), ADOPTABLE, keep, "Nothing is known.")
        import_all(world, LATER)


DIFFERING = Template("differing", settle, RECORDS)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """A record that was kept as a record only, and a later file that calls it otherwise."""
    with databases.fresh(request.param, tmp_path, DIFFERING) as url:
        world = World(url)
        yield world
        world.close()


def waiting(world: World) -> tuple[LaterRecord, ...]:
    with world.engine.reading() as session:
        return differences(session)


def decided(world: World, *, accept: bool, who: str = OFFICER, seen: int | None = None) -> None:
    (difference,) = waiting(world)
    command = DecideDifference(
        difference.ref,
        difference.number,
        accept,
        difference.version if seen is None else seen,
        new_key(),
        "The source is older.",
    )
    decide_difference(world.engine, world.person(who), command)


def kept(world: World) -> tuple[str, str, str]:
    """The title of the case, of its source, and the state it stands in."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ADOPTABLE)).one()
        record = session.scalars(
            select(ImportedProgramme).where(ImportedProgramme.case_id == case.id)
        ).one()
        assert session.get(Programme, case.id) is not None
        return case.title, record.row["title"], case.state


def test_a_difference_waits_column_by_column_and_changes_nothing(world: World) -> None:
    (difference,) = waiting(world)

    assert difference.ref == ADOPTABLE
    assert ("title", "Quality of education", "Quality of schools") in difference.columns
    assert kept(world)[:2] == ("Quality of education", "Quality of education")
    assert verify(world.engine.database).sound


def test_what_is_accepted_changes_the_source_and_no_state(world: World) -> None:
    state = kept(world)[2]

    decided(world, accept=True)

    assert kept(world) == ("Quality of schools", "Quality of schools", state)
    assert waiting(world) == ()
    assert verify(world.engine.database).sound


def test_a_programme_is_found_by_the_words_that_were_accepted(world: World) -> None:
    decided(world, accept=True)

    with world.engine.reading() as session:
        (searched,) = session.execute(
            select(Programme.search_text)
            .join(LifecycleCase, LifecycleCase.id == Programme.case_id)
            .where(LifecycleCase.ref == ADOPTABLE)
        ).one()
    assert "quality of schools" in searched
    assert "quality of education" not in searched
    assert "cabo verde" in searched


def test_what_is_declined_changes_nothing_and_is_not_asked_again(world: World) -> None:
    decided(world, accept=False)
    import_all(world, LATER)

    assert kept(world)[1] == "Quality of education"
    assert waiting(world) == ()
    assert verify(world.engine.database).sound


def test_only_officers_decide_on_the_page_as_it_is(world: World) -> None:
    with pytest.raises(NotAuthorised):
        decided(world, accept=True, who="kenji.watanabe")
    with pytest.raises(Stale):
        decided(world, accept=True, seen=1)
    gone = DecideDifference(ADOPTABLE, 999, True, world.version(ADOPTABLE), new_key())
    with pytest.raises(NotFound):
        decide_difference(world.engine, world.person(OFFICER), gone)

    assert len(waiting(world)) == 1


@pytest.fixture
def record(tmp_path: Path) -> Iterator[World]:
    """A record that is before those who confirm it, and a later file that calls it otherwise."""
    with databases.fresh("sqlite", tmp_path, RECORDS) as url:
        world = World(url)
        write_record(world, ADOPTABLE, OFFICER)
        bring_papers(world, ADOPTABLE, OFFICER)
        acts.put(world.engine, world.person(OFFICER), ADOPTABLE, "adoption", "It goes on.")
        import_all(world, LATER)
        yield world
        world.close()


def test_what_others_are_confirming_is_not_changed_under_their_hands(record: World) -> None:
    with pytest.raises(RoundClosed, match="is being confirmed"):
        decided(record, accept=True)

    assert kept(record)[:2] == ("Quality of education", "Quality of education")
    assert len(waiting(record)) == 1


def test_what_was_confirmed_stays_whatever_a_later_file_says(record: World) -> None:
    for who in CONFIRMING:
        record.answer(ADOPTABLE, "adoption", who, "confirm")

    decided(record, accept=True)

    assert kept(record)[:2] == ("Quality of education", "Quality of schools")
    assert waiting(record) == ()
    assert verify(record.engine.database).sound
