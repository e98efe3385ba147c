"""What was confirmed of a programme begun elsewhere is what its facts say from then on."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support import databases
from tests.support.world import World
from tests.workflow.programmes.records import (
    ADOPTABLE,
    CONFIRMING,
    REAL,
    RECORDS,
    bring_papers,
    import_all,
)
from workflow.audit.verification.verify import verify
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid
from workflow.programmes.adopted import follow_record
from workflow.programmes.adoption import acts
from workflow.programmes.adoption.differences import (
    DecideDifference,
    decide_difference,
    differences,
)
from workflow.programmes.models import ImportedProgramme, Programme

OFFICER = "jane.okello"
PROPOSED = {
    "Title": ("Quality of schools", "Letter of 3 March"),
    "Fund": ("IBSA Fund", "Letter of 3 March"),
    "Start": ("2013-02", "Agreement"),
    "End": ("unknown", "Nobody knows"),
    "Planned end": ("2028-12-31", "Agreement"),
    "Budget in US dollars": ("1,250,000", "Agreement"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with databases.fresh(request.param, tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def written(world: World, proposals: acts.Proposals) -> None:
    acts.write_record(world.engine, world.person(OFFICER), ADOPTABLE, "It goes on.", proposals)


def facts(world: World) -> tuple[object, ...]:
    """Title, fund, start, end and budget of the programme, and what it is found by."""
    with world.engine.reading() as session:
        return session.execute(
            select(
                LifecycleCase.title, Programme.fund, Programme.starts, Programme.ends,
                Programme.budget_usd, Programme.search_text,
            )
            .join(Programme, Programme.case_id == LifecycleCase.id)
            .where(LifecycleCase.ref == ADOPTABLE)
        ).one()  # fmt: skip


def test_the_facts_are_those_of_the_source_until_the_record_is_confirmed(world: World) -> None:
    before = facts(world)
    written(world, PROPOSED)
    bring_papers(world, ADOPTABLE, OFFICER)
    acts.put(world.engine, world.person(OFFICER), ADOPTABLE, "adoption", "It goes on.")
    for who in CONFIRMING[:-1]:
        acts.confirm(world.engine, world.person(who), ADOPTABLE, "confirm", "")
    asked = facts(world)

    acts.confirm(world.engine, world.person(CONFIRMING[-1]), ADOPTABLE, "confirm", "")

    *confirmed, found_by = facts(world)
    assert asked == before
    assert confirmed == [
        "Quality of schools", "IBSA Fund", "2013-02", "2028-12-31", Decimal(1250000),
    ]  # fmt: skip
    assert "quality of schools" in str(found_by)
    assert "ibsa fund" in str(found_by)
    assert "cabo verde" in str(found_by)
    with world.engine.reading() as session:
        kept = session.get_one(ImportedProgramme, ADOPTABLE.removeprefix("SSC-"))
        assert (kept.row["title"], kept.row["end"]) == ("Quality of education", "2016-12-31")
    assert verify(world.engine.database).sound


def test_what_was_confirmed_counts_though_a_later_file_was_accepted_after_the_record_was_written(
    world: World,
) -> None:
    written(world, {"End": ("2028-12-31", "Agreement")})
    bring_papers(world, ADOPTABLE, OFFICER)
    import_all(world, REAL.read_bytes().replace(b"Quality of education", b"Quality of schools"))
    with world.engine.reading() as session:
        (later,) = differences(session)
    accepted = DecideDifference(ADOPTABLE, later.number, True, later.version, acts.new_key())
    decide_difference(world.engine, world.person(OFFICER), accepted)
    before = facts(world)
    acts.put(world.engine, world.person(OFFICER), ADOPTABLE, "adoption", "It goes on.")

    for who in CONFIRMING:
        acts.confirm(world.engine, world.person(who), ADOPTABLE, "confirm", "")

    assert before[0] == "Quality of schools"
    assert facts(world)[0] == "Quality of education"
    assert facts(world)[3] == "2028-12-31"
    assert verify(world.engine.database).sound


def test_what_could_be_no_fact_is_not_filed(world: World) -> None:
    before = world.version(ADOPTABLE)

    with pytest.raises(Invalid) as refused:
        written(world, {"End": ("soon", "Somebody said so")})

    assert set(refused.value.faults) == {"fields"}
    assert world.version(ADOPTABLE) == before


def test_without_a_record_nothing_changes(world: World) -> None:
    before = facts(world)

    with world.engine.transaction() as session:
        number = session.scalars(
            select(LifecycleCase.id).where(LifecycleCase.ref == ADOPTABLE)
        ).one()
        said = follow_record(session, number)

    assert (said, facts(world)) == ("", before)
