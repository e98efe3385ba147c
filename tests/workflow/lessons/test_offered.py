"""Lessons offered to a programme that is planned, weighed there, and counted where everybody may know of it."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lessons.house import CERTIFY, RAINS, SALT, TUTORS, with_lessons
from tests.workflow.lifecycles.lessons.test_lesson import OTHER
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_triangular import ALONE
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.engine.commands.receipts import Receipt
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.lessons.counts import Counted, tallied
from workflow.lessons.programme import LessonsForProgramme, lessons_for
from workflow.lessons.weigh import LessonSays, WeighLesson, weigh
from workflow.programmes.knowledge.models import ListedLesson

WRITER, OFFICER, STRANGER = "joao.lima", "jane.okello", "tavita.leota"
PLAN = {**ALONE, "title": "Nurses of two provinces", "areas": ["health", "agriculture"]}


@pytest.fixture
def lessons(world: World) -> tuple[Carried, Carried]:
    return with_lessons(world)


@pytest.fixture
def draft(lessons: tuple[Carried, Carried]) -> Carried:
    """A proposal about health that Mozambique is writing."""
    return Carried(lessons[0].world, "triangular", PLAN)


def seen(draft: Carried, who: str = WRITER) -> LessonsForProgramme:
    """What somebody is shown."""
    world = draft.world
    with world.engine.reading() as session:
        return lessons_for(session, world.engine, world.person(who), draft.ref)


def said(
    draft: Carried,
    lesson: str,
    verdict: LessonSays = LessonSays.USED,
    reason: str = "",
    who: str = WRITER,
    key: str = "",
) -> Receipt:
    """Somebody says something of a lesson."""
    world = draft.world
    command = WeighLesson(
        draft.ref, lesson, verdict, world.version(draft.ref), key or uuid4().hex, reason
    )
    return weigh(world.engine, world.person(who), command)


def told(draft: Carried) -> int:
    """How often something was told of a lesson on the trail of the programme."""
    with draft.world.engine.reading() as session:
        asked = (
            select(Event.id)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == draft.ref, Event.type == "lesson.weighed")
        )
        return len(session.scalars(asked).all())


def numbers(world: World, lesson: str) -> Counted:
    """In how many programmes a lesson is used, and found not to be for them."""
    with world.engine.reading() as session:
        number = session.scalars(
            select(ListedLesson.case_id)
            .join(LifecycleCase, LifecycleCase.id == ListedLesson.case_id)
            .where(LifecycleCase.ref == lesson)
        ).one()
        return tallied(session, [number]).get(number, Counted())


def test_those_about_the_same_are_offered_with_why(draft: Carried) -> None:
    found = seen(draft).offered

    assert [each.line.heading for each in found] == [SALT, RAINS, TUTORS, CERTIFY]
    assert [str(why) for why in found[0].reasons] == [
        "same area: Agriculture, food and rural development and Health", "tried in Angola, which takes part", "the same modality",
    ]  # fmt: skip
    assert "Nobody has looked at this one" not in {each.line.heading for each in found}


def test_what_was_learnt_in_the_programme_itself_is_not_offered_to_it(
    lessons: tuple[Carried, Carried],
) -> None:
    found = seen(lessons[1], OFFICER).offered

    assert [each.line.heading for each in found] == [TUTORS, CERTIFY]
    with pytest.raises(Invalid, match="in this programme itself"):
        said(lessons[1], f"{lessons[1].ref}.1", who=OFFICER)


def test_what_is_said_is_told_on_the_trail_and_offered_no_more(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    said(draft, f"{lessons[1].ref}.1", LessonSays.USED, "We sow before the rains.")
    said(draft, f"{lessons[1].ref}.2", LessonSays.NOT_FOR_US, "There is no salt here.")

    page = seen(draft)
    assert [each.line.heading for each in page.offered] == [TUTORS, CERTIFY]
    assert [(each.line.heading, each.said) for each in page.weighed] == [
        (SALT, "not_for_us"), (RAINS, "used"),
    ]  # fmt: skip
    assert told(draft) == 2
    assert verify(draft.world.engine.database).sound


def test_said_twice_it_is_told_once_and_a_change_of_mind_is_one_more_event(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    lesson = f"{lessons[0].ref}.1"
    said(draft, lesson, key="the-same-key")
    said(draft, lesson, key="the-same-key")
    said(draft, lesson)
    once = told(draft)
    said(draft, lesson, LessonSays.NOT_FOR_US, "We have one ministry.")

    assert (once, told(draft)) == (1, 2)
    assert [each.said for each in seen(draft).weighed] == ["not_for_us"]
    assert verify(draft.world.engine.database).sound


def test_a_draft_that_nobody_may_know_of_is_not_counted_before_it_is_sent(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    world, lesson = draft.world, f"{lessons[0].ref}.1"
    said(draft, lesson)
    before = numbers(world, lesson)
    draft.answer(WRITER, "sending", "send")
    sent = numbers(world, lesson)
    said(draft, lesson, LessonSays.NOT_FOR_US, "We have one ministry.", who=OFFICER)

    assert (before, sent) == (Counted(), Counted(used=1))
    assert numbers(world, lesson) == Counted(not_for_us=1)


def test_one_that_was_withdrawn_unsent_is_never_counted(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    said(draft, f"{lessons[0].ref}.1")
    draft.answer(WRITER, "withdrawing", "withdraw", "We changed our minds.")

    assert numbers(draft.world, f"{lessons[0].ref}.1") == Counted()


def test_not_for_us_says_why(lessons: tuple[Carried, Carried], draft: Carried) -> None:
    with pytest.raises(Invalid, match="Say why"):
        said(draft, f"{lessons[0].ref}.1", LessonSays.NOT_FOR_US)

    assert told(draft) == 0


@pytest.mark.parametrize("who", [STRANGER, "marie.laurent"])
def test_who_takes_no_part_says_nothing(
    lessons: tuple[Carried, Carried], draft: Carried, who: str
) -> None:
    draft.answer(WRITER, "sending", "send")

    with pytest.raises(NotAuthorised):
        said(draft, f"{lessons[0].ref}.1", who=who)
    assert told(draft) == 0


def test_a_stranger_is_not_told_that_there_is_a_draft(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    with pytest.raises(NotFound):
        said(draft, f"{lessons[0].ref}.1", who=STRANGER)
    with pytest.raises(NotFound):
        seen(draft, STRANGER)


@pytest.mark.parametrize("number", [3, 9])
def test_nothing_is_said_of_what_nobody_validated(
    lessons: tuple[Carried, Carried], draft: Carried, number: int
) -> None:
    with pytest.raises(NotFound):
        said(draft, f"{lessons[0].ref}.{number}")


def test_a_page_older_than_the_programme_is_refused(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    world, old = draft.world, draft.world.version(draft.ref)
    draft.answer(WRITER, "sending", "send")
    command = WeighLesson(draft.ref, f"{lessons[0].ref}.1", LessonSays.USED, old, uuid4().hex, "")

    with pytest.raises(Stale):
        weigh(world.engine, world.person(OFFICER), command)


def test_of_a_lesson_that_was_withdrawn_it_is_still_shown_what_was_said(
    lessons: tuple[Carried, Carried], draft: Carried
) -> None:
    lesson = f"{lessons[1].ref}.1"
    said(draft, lesson)
    draft.world.answer(lesson, "withdrawing", OTHER, "withdraw", "It rained all the same.")

    (weighed,) = seen(draft).weighed
    assert (weighed.line.heading, weighed.line.shown) == (RAINS, False)
    with pytest.raises(NotFound):
        said(draft, lesson, LessonSays.NOT_FOR_US, "It was withdrawn.")
