"""The demo's lessons: told in reports, validated by somebody else, and weighed where something similar is planned."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase
from workflow.lessons.weigh import LessonSays, WeighLesson, weigh
from workflow.programmes.knowledge.lesson_lines import SUBJECT
from workflow.programmes.knowledge.models import ListedLesson

VALIDATOR = "ravi.chand"
# The place of the report on the whole programme, in the file.
FINAL = "final"
# What a lesson says of itself, in the columns of a report.
SAID = ("heading", "context", "tried", "happened", "holds_for", "language")


def told_in(play: Play, ref: str) -> Mapping[str, Any]:
    """What a report tells of lessons, as its form has them; nothing where the file names none for it."""
    top = ref.partition(".")[0]
    final = ref == top
    with play.engine.reading() as session:
        title = session.scalars(select(LifecycleCase.title).where(LifecycleCase.ref == top)).one()
        own = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
        before = select(func.count()).where(
            LifecycleCase.ref.startswith(f"{top}."),
            LifecycleCase.subject == "report",
            LifecycleCase.id < own,
        )
        place = FINAL if final else session.scalar(before)
    rows = [
        {name: each[name] for name in SAID}
        for each in _told()["lesson"]
        if (each["programme"], each["report"]) == (title, place)
    ]
    numbered = [{"number": str(number), **row} for number, row in enumerate(rows, 1)]
    return {"lessons": numbered} if numbered else {}


def validate(play: Play, ref: str, teller: str) -> None:
    """Who wrote a report tells each of its lessons, and an officer who did not validates it."""
    for lesson in _untold(play, ref):
        play.clock.pass_working_time(1)
        play.answer(lesson, "telling", teller, "tell")
        play.clock.pass_working_time(3)
        play.answer(lesson, "validating", VALIDATOR, "validate")


def _untold(play: Play, ref: str) -> Sequence[str]:
    """The lessons under a case that its report opened and nobody has told yet."""
    opened = select(LifecycleCase.ref).where(
        LifecycleCase.ref.startswith(f"{ref}."),
        LifecycleCase.subject == SUBJECT,
        LifecycleCase.state == "telling",
    )
    with play.engine.reading() as session:
        return list(session.scalars(opened.order_by(LifecycleCase.id)))


def weigh_all(play: Play) -> None:
    """What the file says of lessons in other programmes."""
    for each in _told()["weighed"]:
        ref = _called(play, each["programme"])
        lesson = _lesson(play, each["lesson"])
        wish = WeighLesson(
            ref, lesson, LessonSays(each["said"]), play.version(ref), uuid4().hex, each["reason"]
        )
        weigh(play.engine, play.person(each["who"]), wish)


def _called(play: Play, title: str) -> str:
    """The reference of the programme with this title."""
    wanted = select(LifecycleCase.ref).where(
        LifecycleCase.title == title, LifecycleCase.parent_id.is_(None)
    )
    with play.engine.reading() as session:
        return session.scalars(wanted).one()


def _lesson(play: Play, heading: str) -> str:
    """The reference of the lesson that says this."""
    wanted = select(LifecycleCase.ref).join(ListedLesson, ListedLesson.case_id == LifecycleCase.id)
    with play.engine.reading() as session:
        return session.scalars(wanted.where(ListedLesson.heading == heading)).one()


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads((files("config") / "demo" / "lessons.toml").read_text("utf-8"))
