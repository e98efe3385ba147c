"""The cases under a programme on its page, and under which one a case stands on its own."""

from datetime import date

from tests.support.world import World
from tests.workflow.engine.cases.family import (
    BY_OUTCOME,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    part,
)
from tests.workflow.engine.cases.test_by_schedule import QUARTERLY
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_three_consents import NEED
from workflow.engine.children.expected import ExpectedCase
from workflow.programmes.page.children import PartOf
from workflow.programmes.page.page import ProgrammePage, programme_page

EACH = {**KIND, "for_each": "beneficiary"}
STRANGER = "priya.menon"


def page(world: World, ref: str, who: str = OFFICER) -> ProgrammePage:
    with world.engine.reading() as session:
        return programme_page(session, world.engine, ref, world.person(who), world.engine.now())


def test_each_kind_is_told_with_its_cases(world: World) -> None:
    begun(world, part(), above(part=EACH, amendment=BY_OUTCOME))
    world.answer(REF, "start", OFFICER, "go")
    world.answer(f"{REF}.1", "task", OFFICER, "failed")

    parts, amendments = page(world, REF).children

    assert [(line.ref, line.party, line.state.label) for line in parts.lines] == [
        (f"{REF}.1", "Angola", "Y"), (f"{REF}.2", "Mozambique", "A"),
    ]  # fmt: skip
    assert (parts.label, parts.hidden, amendments.lines) == ("Part", 0, ())


def test_one_that_a_person_may_not_know_of_is_counted_alone(world: World) -> None:
    child = part()
    child["states"]["a"]["private"] = True
    begun(world, child, above(part=EACH))
    world.answer(REF, "start", OFFICER, "go")

    (told,) = page(world, REF, STRANGER).children

    assert (told.lines, told.hidden) == ((), 2)


def test_what_a_schedule_opens_next_stands_with_its_kind(world: World) -> None:
    begun(world, part(), above(part=KIND, report=QUARTERLY))
    before = [kind.expected for kind in page(world, REF).children]
    world.answer(REF, "start", OFFICER, "go")

    parts, reports = page(world, REF).children

    assert before == []
    assert (parts.expected, reports.lines) == (None, ())
    assert reports.expected == ExpectedCase(
        "report", date(2026, 6, 2), date(2026, 3, 2), date(2026, 6, 1), None, None
    )


def test_a_case_says_of_which_it_is_a_part(world: World) -> None:
    begun(world, part(), above(part=KIND))
    world.answer(REF, "start", OFFICER, "go")

    assert page(world, f"{REF}.1").part_of == PartOf(REF, "A family", known=True)
    assert page(world, REF).part_of is None
    assert page(world, f"{REF}.1").facts.modality == "South-South"


def test_a_programme_whose_lifecycle_opens_none_asks_for_none(world: World) -> None:
    carried = Carried(world, "three-consents", NEED)

    assert page(world, carried.ref, "joao.lima").children == ()
