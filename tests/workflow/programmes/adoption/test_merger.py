"""Several records of one effort stand under one of them, which alone lives on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from tests.support import databases
from tests.support.world import World
from tests.workflow.engine.cases.family import told
from tests.workflow.programmes.records import ADOPTABLE, RECORDS
from workflow.audit.verification.verify import Difference, verify
from workflow.engine.models import LifecycleCase
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, RoundClosed
from workflow.programmes.adoption import acts
from workflow.vocabulary import Footing

OTHERS = ("SSC-P059", "SSC-P060", "SSC-P061")
OFFICER, HEAD = "jane.okello", "elena.petrova"


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


def confirm(world: World, ref: str, into: str = ADOPTABLE, who: str = HEAD) -> None:
    acts.taken_in(world.engine, world.person(who), ref, into)


def both(world: World, ref: str, into: str = ADOPTABLE) -> None:
    """One officer proposes it, and the head of the house confirms it."""
    merge(world, ref, into)
    confirm(world, ref, into)


def case(world: World, ref: str) -> LifecycleCase:
    with world.engine.reading() as session:
        return session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()


def test_several_records_stand_under_the_one_that_lives_on(world: World) -> None:
    for ref in OTHERS:
        both(world, ref)

    parent = case(world, ADOPTABLE)
    children = [case(world, ref) for ref in OTHERS]
    assert {child.parent_id for child in children} == {parent.id}
    assert {child.footing for child in children} == {Footing.KEPT}
    assert parent.footing == Footing.RECORD
    assert told(world, ADOPTABLE)[-3:] == ["record.taken_in"] * 3
    assert told(world, OTHERS[0])[-2:] == ["record.merger_proposed", "record.merged"]
    assert verify(world.engine.database).sound


def test_nothing_of_a_record_changes_before_somebody_else_confirms_it(world: World) -> None:
    merge(world, "SSC-P059")
    waits = case(world, "SSC-P059")

    with pytest.raises(ConflictOfDuties, match="somebody else has to confirm it"):
        confirm(world, "SSC-P059", who=OFFICER)
    with pytest.raises(NotAuthorised):
        confirm(world, "SSC-P059", who="kenji.watanabe")

    assert waits.footing == Footing.RECORD
    assert case(world, "SSC-P059").footing == Footing.RECORD
    assert told(world, ADOPTABLE)[-1] != "record.taken_in"
    confirm(world, "SSC-P059")
    assert case(world, "SSC-P059").footing == Footing.KEPT


def test_what_is_declined_stays_as_it_was_and_may_be_proposed_elsewhere(world: World) -> None:
    merge(world, "SSC-P059")
    with pytest.raises(Invalid, match="Say why"):
        acts.not_merged(world.engine, world.person(HEAD), "SSC-P059", "")
    acts.not_merged(world.engine, world.person(HEAD), "SSC-P059", "They only share a fund.")
    back = case(world, "SSC-P059")

    with pytest.raises(Invalid, match="No such record"):
        confirm(world, "SSC-P059")
    both(world, "SSC-P059", "SSC-P060")

    assert (back.footing, back.parent_id) == (Footing.RECORD, None)
    assert case(world, "SSC-P059").parent_id == case(world, "SSC-P060").id
    assert verify(world.engine.database).sound


def test_a_record_that_is_let_go_stands_under_no_other_any_more(world: World) -> None:
    both(world, "SSC-P059")
    head = world.person(HEAD)

    with pytest.raises(RoundClosed, match="let go there first"):
        world.answer("SSC-P059", "record_reopened", OFFICER, "reopen", "It was another effort.")
    with pytest.raises(Invalid, match="Say why"):
        acts.let_go(world.engine, head, "SSC-P059", ADOPTABLE, "")
    acts.let_go(world.engine, head, "SSC-P059", ADOPTABLE, "It was another effort.")

    back = case(world, "SSC-P059")
    assert (back.footing, back.parent_id) == (Footing.RECORD, None)
    assert told(world, ADOPTABLE)[-1] == "record.let_go"
    assert told(world, "SSC-P059")[-1] == "record.separated"
    assert verify(world.engine.database).sound
    both(world, "SSC-P059", "SSC-P060")
    assert case(world, "SSC-P059").parent_id == case(world, "SSC-P060").id


def test_no_two_records_come_under_each_other_nor_one_that_has_some_under_another(
    world: World,
) -> None:
    merge(world, "SSC-P059", "SSC-P060")

    with pytest.raises(Invalid) as mutual:
        merge(world, "SSC-P060", "SSC-P059")
    confirm(world, "SSC-P059", "SSC-P060")
    with pytest.raises(Invalid) as above:
        merge(world, "SSC-P060", ADOPTABLE)
    with pytest.raises(Invalid) as below:
        merge(world, "SSC-P061", "SSC-P059")

    assert "itself proposed" in str(mutual.value.faults["into"])
    assert "came under this one already" in str(above.value.faults["into"])
    assert "kept as a record only" in str(below.value.faults["into"])


def test_two_that_were_proposed_into_each_other_at_once_are_both_refused(world: World) -> None:
    """As two officers may do at the same moment, each under the lock of the other record."""
    merge(world, "SSC-P059", "SSC-P060")
    world.honest = False
    with world.engine.database.begin() as connection:
        connection.execute(
            update(LifecycleCase)
            .where(LifecycleCase.ref == "SSC-P060")
            .values(parent_id=case(world, "SSC-P059").id)
        )

    for record, into in (("SSC-P059", "SSC-P060"), ("SSC-P060", "SSC-P059")):
        with pytest.raises(RoundClosed, match="itself proposed"):
            confirm(world, record, into)


def test_what_is_taken_into_management_meanwhile_is_proposed_no_more(world: World) -> None:
    merge(world, "SSC-P059", ADOPTABLE)
    keep = ("record_only", "keep")
    acts.decide(world.engine, world.person(OFFICER), "SSC-P059", keep, "Nothing is known.")

    assert case(world, "SSC-P059").parent_id is None
    with pytest.raises(Invalid, match="No such record"):
        confirm(world, "SSC-P059")
    assert verify(world.engine.database).sound


def test_a_record_put_under_another_behind_the_engine_is_found(world: World) -> None:
    both(world, "SSC-P059")
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
    both(world, "SSC-P060")

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
    with pytest.raises(RoundClosed, match="proposed already"):
        merge(world, "SSC-P059")
    confirm(world, "SSC-P059")

    with pytest.raises(RoundClosed, match="kept as a record only"):
        merge(world, "SSC-P059")
