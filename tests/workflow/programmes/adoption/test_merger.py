"""Several records of one effort stand under one of them, which alone lives on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from tests.support import databases
from tests.support.world import World
from tests.workflow.programmes.records import ADOPTABLE, RECORDS
from workflow.audit.verification.verify import Difference, verify
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotAuthorised, RoundClosed
from workflow.programmes.adoption import acts
from workflow.vocabulary import Footing

OTHERS = ("SSC-P059", "SSC-P060", "SSC-P061")
OFFICER = "jane.okello"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield world
        world.close()


def merge(
    world: World, ref: str, into: str = ADOPTABLE, who: str = OFFICER, why: str = "One."
) -> None:
    acts.merged(world.engine, world.person(who), ref, into, why)


def case(world: World, ref: str) -> LifecycleCase:
    with world.engine.reading() as session:
        return session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()


def test_several_records_stand_under_the_one_that_lives_on(world: World) -> None:
    for ref in OTHERS:
        merge(world, ref)

    parent = case(world, ADOPTABLE)
    children = [case(world, ref) for ref in OTHERS]
    assert {child.parent_id for child in children} == {parent.id}
    assert {child.footing for child in children} == {Footing.KEPT}
    assert parent.footing == Footing.RECORD
    assert verify(world.engine.database).sound


def test_a_record_that_is_brought_back_stands_under_no_other_any_more(world: World) -> None:
    merge(world, "SSC-P059")

    world.answer("SSC-P059", "record_reopened", OFFICER, "reopen", "It was another effort.")

    back = case(world, "SSC-P059")
    assert (back.footing, back.parent_id) == (Footing.RECORD, None)
    assert verify(world.engine.database).sound
    merge(world, "SSC-P059", "SSC-P060")
    assert case(world, "SSC-P059").parent_id == case(world, "SSC-P060").id


def test_a_record_put_under_another_behind_the_engine_is_found(world: World) -> None:
    merge(world, "SSC-P059")
    forged = [("SSC-P059", ""), ("SSC-P059", "SSC-P060"), ("SSC-P060", ADOPTABLE)]

    found = [
        (each.ref, "its parent is" in each.sentence)
        for ref, parent in forged
        for each in said_with_parent(world, ref, parent)
    ]

    assert found == [(ref, True) for ref, _ in forged]
    assert verify(world.engine.database).sound


def said_with_parent(world: World, ref: str, parent: str) -> list[Difference]:
    """What verification says while the record stands under `parent`; it is put back."""
    put = text(
        "update lifecycle_case set parent_id = "
        "(select id from lifecycle_case as other where other.ref = :parent) where ref = :ref"
    )
    before = case(world, ref).parent_id
    with world.engine.database.begin() as connection:
        connection.execute(put, {"ref": ref, "parent": parent})
    found = verify(world.engine.database).differences
    back = update(LifecycleCase).where(LifecycleCase.ref == ref).values(parent_id=before)
    with world.engine.database.begin() as connection:
        connection.execute(back)
    return found


@pytest.mark.parametrize("into", ["SSC-P059", "SSC-NONE", "SSC-P060"])
def test_a_record_stands_under_no_other_that_cannot_live_on(world: World, into: str) -> None:
    merge(world, "SSC-P060")

    with pytest.raises(Invalid) as refused:
        merge(world, "SSC-P059", into)

    assert set(refused.value.faults) == {"into"}
    assert case(world, "SSC-P059").footing == Footing.RECORD


def test_merging_needs_a_reason_and_an_officer_and_is_done_once(world: World) -> None:
    with pytest.raises(Invalid):
        merge(world, "SSC-P059", why="")
    with pytest.raises(NotAuthorised):
        merge(world, "SSC-P059", who="kenji.watanabe")
    merge(world, "SSC-P059")

    with pytest.raises(RoundClosed, match="kept as a record only"):
        merge(world, "SSC-P059")
