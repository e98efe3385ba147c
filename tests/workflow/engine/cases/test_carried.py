"""Cases that open for the rows of a table: each once, with what its row says filed already."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.audit.verification.test_ends_below import rewritten
from tests.workflow.engine.cases.family import OFFICER, REF, begun, below, events
from tests.workflow.engine.cases.of_rows import ANSWERS, PAPER, of_one, of_rows
from tests.workflow.engine.cases.test_beginnings import parties, titles
from tests.workflow.history.test_reader import page
from workflow.audit import canonical
from workflow.audit.events.cases import ChildOpened
from workflow.audit.events.documents import DocumentFiled
from workflow.audit.verification.verify import verify
from workflow.engine.document_models import Document
from workflow.engine.models import LifecycleCase
from workflow.people.models import Person

CARRIED = {
    "number": "1", "action": "Train two more", "due": "2026-12-31", "asked": "Who does it?",
}  # fmt: skip


@pytest.fixture
def family(world: World) -> World:
    """A house with a case whose answers are filed, in the state in which what they ask for opens."""
    begun(world, of_one(), of_rows())
    world.answer(REF, "start", OFFICER, "go")
    world.file(REF, "paper", OFFICER, PAPER)
    return world


def filed(world: World, ref: str) -> list[tuple[int, dict[str, Any], str]]:
    """Every version of the facts of a case, and who wrote it."""
    wanted = (
        select(Document.version, Document.body, Person.name)
        .join(LifecycleCase, LifecycleCase.id == Document.case_id)
        .join(Person, Person.id == Document.person_id)
        .where(LifecycleCase.ref == ref)
        .order_by(Document.version)
    )
    with world.engine.reading() as session:
        return [(row[0], canonical.parse(row[1]), row[2]) for row in session.execute(wanted)]


def test_each_row_that_counts_opens_one_that_begins_with_what_it_says(family: World) -> None:
    family.answer(REF, "ask", OFFICER, "asked")

    assert titles(family) == ["Action 1: Train two more", "Action 3: A family"]
    assert filed(family, f"{REF}.1") == [(1, CARRIED, "Jane Okello")]
    assert filed(family, f"{REF}.2") == [(1, {"number": "03"}, "Jane Okello")]
    assert verify(family.engine.database).sound


def test_the_first_events_of_both_say_from_which_row_and_version_it_comes(family: World) -> None:
    family.answer(REF, "ask", OFFICER, "asked")

    opening = [each.what for each in events(family, REF) if isinstance(each.what, ChildOpened)]
    first, second = events(family, f"{REF}.1")[:2]
    assert [each.row for each in opening] == ["1", "3"]
    assert isinstance(second.what, DocumentFiled)
    assert (second.what.carried_from, second.what.carried_version) == ("paper", 1)
    assert (first.type, second.person) == ("case.opened", None)
    told = [str(line.says) for line in page(family, f"{REF}.1").lines]
    assert "The Paper begins with what Jane Okello filed above in paper, version 1" in told


def test_the_outcome_twice_opens_no_second_one_for_a_row(family: World) -> None:
    family.answer(REF, "ask", OFFICER, "asked")
    family.answer(REF, "ask", OFFICER, "asked")

    assert below(family) == [f"{REF}.1", f"{REF}.2"]


def test_what_is_filed_anew_opens_the_rows_that_are_new_even_where_others_have_ended(
    family: World,
) -> None:
    family.answer(REF, "ask", OFFICER, "asked")
    family.answer(f"{REF}.1", "task", OFFICER, "done")
    changed = [{**ANSWERS[0], "action": "Train three"}, {**ANSWERS[1], "said": "yes"}]
    family.file(REF, "paper", OFFICER, PAPER | {"answers": changed})
    family.answer(REF, "ask", OFFICER, "asked")

    assert titles(family)[2:] == ["Action 2: Nothing"]
    assert filed(family, f"{REF}.1") == [(1, CARRIED, "Jane Okello")]
    assert verify(family.engine.database).sound


def test_without_the_table_nothing_opens(world: World) -> None:
    begun(world, of_one(), of_rows())
    world.answer(REF, "start", OFFICER, "go")

    world.answer(REF, "ask", OFFICER, "asked")

    assert below(world) == []


def test_the_party_that_a_row_names_speaks_for_it_where_it_takes_part(world: World) -> None:
    begun(world, of_one(), of_rows(speaks="paper:answers.owner"))
    world.answer(REF, "start", OFFICER, "go")
    nobody = [*ANSWERS, {"number": "4", "said": "yes", "owner": "cub"}]
    world.file(REF, "paper", OFFICER, PAPER | {"answers": nobody})

    world.answer(REF, "ask", OFFICER, "asked")

    proposer = parties(world, REF, "proposer")
    spoken = [parties(world, ref, "proposer") for ref in below(world)]
    assert spoken == [["moz"], ["undp"], proposer]


def test_rows_open_on_entry_as_well(world: World) -> None:
    begun(world, of_one(), of_rows(opens="on entry", states=["b"]))
    world.file(REF, "paper", OFFICER, PAPER)

    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "closing", OFFICER, "back")
    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == [f"{REF}.1", f"{REF}.2"]


def test_what_the_form_of_the_case_does_not_take_is_left_for_its_writer(world: World) -> None:
    begun(world, of_one(), of_rows())
    world.answer(REF, "start", OFFICER, "go")
    world.file(REF, "paper", OFFICER, PAPER)
    narrower = of_one(version="2")
    narrower["documents"]["paper"]["sections"][0]["fields"].pop()
    narrower["documents"]["paper"]["sections"][0]["fields"][1] = {
        "key": "action", "label": "Action", "kind": "line", "longest": 5,
    }  # fmt: skip
    begun(world, narrower, of_rows() | {"key": "other"}, ref="FAM-2")

    world.answer(REF, "ask", OFFICER, "asked")

    assert filed(world, f"{REF}.1") == [(1, {"number": "1", "due": "2026-12-31"}, "Jane Okello")]


@pytest.mark.parametrize("changed", ["9", None])
def test_a_row_that_was_altered_behind_the_trail_is_told(
    family: World, changed: str | None
) -> None:
    family.answer(REF, "ask", OFFICER, "asked")

    said = rewritten(family, f"{REF}.1", row_key=changed)

    assert any("row_key" in each for each in said)
