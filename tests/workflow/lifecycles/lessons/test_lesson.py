"""A lesson is told by whoever learnt it or by a report, validated by somebody else, sent back or withdrawn."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried, CarriedPart
from tests.workflow.lifecycles.shipped.test_progress_report import REPORT
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, concluded, sent
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, Refusal
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.documents.versions import document_page

TOLD: dict[str, Any] = {
    "heading": "Agree on who certifies before the first course begins",
    "context": "Two ministries, each with an examination of its own.",
    "tried": "Courses began while the certificate was still being discussed.",
    "happened": "Ninety nurses waited seven months for a paper.",
    "holds_for": "Wherever training crosses a border; not where one body certifies for both.",
    "language": "en",
}
MANAGER, AGENCY, MOZ, AGO = "beatriz.costa", "kenji.watanabe", "graca.mabunda", "domingos.neto"
OFFICER, OTHER, DIRECTOR, ASSURER = "jane.okello", "ravi.chand", "elena.petrova", "oluwaseun.ade"
READER = "tavita.leota"
BESIDE = ("lesson", "amendment", "follow-up", "blocker", "evaluation")


@pytest.fixture
def lesson(world: World) -> CarriedPart:
    """What the agency learnt in a programme of two countries."""
    return CarriedPart(
        world, "lesson", "undp", executing_agency="undp", beneficiary=("moz", "ago"), donor="nor"
    )


def told(lesson: CarriedPart, **changed: str) -> None:
    """The manager writes the lesson down and tells it."""
    lesson.world.file(lesson.ref, "lesson", MANAGER, {**TOLD, **changed})
    lesson.answer(MANAGER, "telling", "tell")


def title(world: World, ref: str) -> str:
    """What a case is called."""
    with world.engine.reading() as session:
        return session.scalars(select(LifecycleCase.title).where(LifecycleCase.ref == ref)).one()


def reads(world: World, ref: str, who: str) -> bool:
    """Whether somebody reads what a lesson says."""
    with world.engine.reading() as session:
        try:
            page = document_page(
                session, world.engine, world.person(who), ref, kind="lesson", version=None
            )
        except Refusal:
            return False
    return page.content.get("happened") == TOLD["happened"]


def test_it_is_validated_by_somebody_who_did_not_write_it(lesson: CarriedPart) -> None:
    told(lesson)
    before = reads(lesson.world, lesson.ref, READER)
    lesson.answer(OFFICER, "validating", "validate")

    assert (before, reads(lesson.world, lesson.ref, READER)) == (False, True)
    assert (lesson.state, title(lesson.world, lesson.ref)) == ("validated", TOLD["heading"])
    assert verify(lesson.world.engine.database).sound


@pytest.mark.parametrize("who", [OTHER, ASSURER])
def test_any_officer_or_the_assurer_validates_it(lesson: CarriedPart, who: str) -> None:
    told(lesson)
    lesson.answer(who, "validating", "validate")

    assert lesson.state == "validated"


def test_who_wrote_it_never_validates_it(lesson: CarriedPart) -> None:
    lesson.world.file(lesson.ref, "lesson", OFFICER, TOLD)
    lesson.answer(MANAGER, "telling", "tell")

    with pytest.raises(Refusal):
        lesson.answer(OFFICER, "validating", "validate")
    lesson.answer(OTHER, "validating", "validate")

    assert lesson.state == "validated"


def test_it_is_sent_back_with_remarks_and_told_again(lesson: CarriedPart) -> None:
    told(lesson)
    with pytest.raises(Refusal, match="needs a reason"):
        lesson.answer(OFFICER, "validating", "return")
    lesson.answer(OFFICER, "validating", "return", "Which two ministries?")
    back = lesson.state
    lesson.world.file(lesson.ref, "lesson", MANAGER, {**TOLD, "context": "Health and education."})
    lesson.answer(MANAGER, "telling_again", "tell", "It says so now.")
    lesson.answer(OFFICER, "validating", "validate")

    assert (back, lesson.state) == ("returned", "validated")


@pytest.mark.parametrize("who", [MANAGER, OFFICER, ASSURER])
def test_it_is_withdrawn_with_a_reason_even_after_it_was_validated(
    lesson: CarriedPart, who: str
) -> None:
    told(lesson)
    lesson.answer(OTHER, "validating", "validate")
    with pytest.raises(Refusal, match="needs a reason"):
        lesson.answer(who, "withdrawing", "withdraw")
    lesson.answer(who, "withdrawing", "withdraw", "The second course showed otherwise.")

    assert lesson.state == "withdrawn"
    assert verify(lesson.world.engine.database).sound


def test_a_stranger_withdraws_nothing(lesson: CarriedPart) -> None:
    told(lesson)

    with pytest.raises(Refusal):
        lesson.answer(READER, "withdrawing", "withdraw", "I do not like it.")

    assert lesson.state == "checking"


def test_what_was_written_down_goes_on_by_itself_and_what_was_not_ends(world: World) -> None:
    written = CarriedPart(world, "lesson", "undp", executing_agency="undp")
    world.file(written.ref, "lesson", MANAGER, TOLD)
    written.wait(days=14)
    before = written.state
    written.wait(days=2)

    assert (before, written.state) == ("telling", "checking")


def test_what_nobody_wrote_down_ends(lesson: CarriedPart) -> None:
    lesson.wait(days=16)

    assert lesson.state == "untold"


def test_nothing_is_told_that_was_not_written_down(lesson: CarriedPart) -> None:
    with pytest.raises(Refusal):
        lesson.answer(MANAGER, "telling", "tell")

    assert lesson.state == "telling"


@pytest.fixture
def running(world: World) -> Carried:
    """A triangular programme under way, in a house that has what stands beside it."""
    for name in BESIDE:
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    carried = sent(world, ALONE)
    concluded(carried)
    carried.board("deciding", "approve")
    for who in (DIRECTOR, MOZ, AGO, AGENCY):
        carried.answer(who, "signing", "sign")
    return carried


@pytest.mark.parametrize("who", [MANAGER, AGO, OFFICER])
def test_whoever_takes_part_tells_one_and_writes_it_down(running: Carried, who: str) -> None:
    world, ref = running.world, f"{running.ref}.1"
    running.answer(who, "telling_a_lesson", "tell")
    world.file(ref, "lesson", who, TOLD)
    world.answer(ref, "telling", who, "tell")
    world.answer(ref, "validating", OTHER, "validate")

    assert (running.state, world.state(ref)) == ("active", "validated")
    assert verify(world.engine.database).sound


def test_each_lesson_of_an_accepted_final_report_opens_a_case_with_what_it_says(
    running: Carried,
) -> None:
    world = running.world
    rows = [{"number": "1", **TOLD}, {"number": "2", **TOLD, "heading": "Pay the tutors in time"}]
    report = {"results": "Both of them test soil.", "lessons": rows}
    world.file(running.ref, "final_report", AGENCY, report)
    running.answer(AGENCY, "reporting", "report")
    running.answer("joao.lima", "accepting", "accept")
    # The evaluation comes first under it.
    for number in (2, 3):
        world.answer(f"{running.ref}.{number}", "telling", AGENCY, "tell")
        world.answer(f"{running.ref}.{number}", "validating", OFFICER, "validate")

    assert title(world, f"{running.ref}.3") == "Pay the tutors in time"
    assert reads(world, f"{running.ref}.2", READER)
    assert verify(world.engine.database).sound


def test_two_lessons_of_one_number_are_refused(running: Carried) -> None:
    rows = [{"number": "1", **TOLD}, {"number": "1", **TOLD}]

    with pytest.raises(Refusal):
        running.world.file(
            running.ref, "final_report", AGENCY, {"results": "Soil is tested.", "lessons": rows}
        )


def test_each_lesson_of_an_accepted_progress_report_opens_a_case_under_it(world: World) -> None:
    publish(world.engine, load_file(SHIPPED / "lesson.toml"))
    owed = CarriedPart(world, "progress-report", "undp", executing_agency="undp")
    world.file(owed.ref, "report", MANAGER, {**REPORT, "lessons": [{"number": "7", **TOLD}]})
    owed.answer(MANAGER, "reporting", "send")
    owed.answer(OFFICER, "accepting", "accept")
    ref = f"{owed.ref}.1"
    world.answer(ref, "telling", MANAGER, "tell")
    world.answer(ref, "validating", OFFICER, "validate")

    assert (owed.state, world.state(ref)) == ("accepted", "validated")
    assert verify(world.engine.database).sound


def test_a_programme_is_closed_while_its_lessons_go_on(running: Carried) -> None:
    world, ref = running.world, f"{running.ref}.1"
    running.answer(MANAGER, "telling_a_lesson", "tell")
    world.file(running.ref, "final_report", AGENCY, {"results": "Both of them test soil."})
    running.answer(AGENCY, "reporting", "report")
    running.answer("joao.lima", "accepting", "accept")
    world.file(f"{running.ref}.2", "waiver", DIRECTOR, {"reasons": "It is a small one."})
    world.answer(f"{running.ref}.2", "waiving", DIRECTOR, "waive")
    with pytest.raises(Invalid, match="is not validated"):
        running.answer(ASSURER, "closing", "close")
    for who in (ASSURER, DIRECTOR):
        running.answer(who, "closing", "close", "It is validated after the end.")
    world.file(ref, "lesson", MANAGER, TOLD)
    world.answer(ref, "telling", MANAGER, "tell")

    assert (running.state, world.state(ref)) == ("closed", "checking")
