"""How the page of a framework says its steps and its money."""

from decimal import Decimal

from babel.numbers import format_decimal
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from web.filters import language, short_day
from workflow.framework_pages.course import CourseOfFramework, CourseStep, StepKind, StepName
from workflow.framework_pages.envelope import EnvelopeLine

# A bar is so wide; its parts lie inside one another.
WIDTH = 118
STEPS: dict[StepName, LazyString] = {
    StepName.FORMULATED: lazy_gettext("Formulated"),
    StepName.BOARD: lazy_gettext("Before the Board"),
    StepName.IN_FORCE: lazy_gettext("In force"),
    StepName.REVIEW: lazy_gettext("Mid-term review"),
    StepName.CLOSED: lazy_gettext("Reported, closed"),
}
SOURCES: dict[str, LazyString] = {
    "regular": lazy_gettext("Regular resources"),
    "pivotal": lazy_gettext("Pivotal countries"),
    "triangular": lazy_gettext("Triangular partners"),
    "other": lazy_gettext("Funds and others"),
}


def step_called(step: CourseStep) -> LazyString:
    """The name of a step."""
    return STEPS[step.name]


def step_said(step: CourseStep, course: CourseOfFramework, session: str) -> str:
    """What stands under the name of a step: since when, until when, or that it was not reached."""
    if step.name is StepName.IN_FORCE and step.kind is StepKind.NOW and course.months:
        gone, whole = course.months
        return gettext("%(gone)s of %(whole)s months gone", gone=gone, whole=whole)
    if step.name is StepName.BOARD and step.kind is StepKind.DONE and session:
        return session
    if step.kind is StepKind.SOON and step.on:
        return gettext("due %(day)s", day=short_day(step.on))
    if step.kind is StepKind.AHEAD:
        planned = gettext("planned %(day)s", day=short_day(step.on)) if step.on else ""
        return planned or gettext("not reached")
    if step.on:
        return str(short_day(step.on))
    return gettext("now") if step.kind is StepKind.NOW else gettext("done")


def source_called(key: str) -> LazyString | str:
    """What a source of an envelope is called."""
    return SOURCES.get(key, key)


def dollars(amount: Decimal | None) -> str:
    """An amount in whole dollars; nothing is a dash."""
    if not amount:
        return "–"
    return format_decimal(amount, "#,##0", language())


def drawn(line: EnvelopeLine, widest: Decimal) -> dict[str, float]:
    """How far each part of a bar reaches beside the widest of its table."""
    parts = {
        "envelope": line.envelope or Decimal(),
        "programmed": line.programmed,
        "committed": line.committed,
        "received": line.received,
        "spent": line.spent,
    }
    return {
        name: float(round(amount * WIDTH / widest, 1)) if widest and amount > 0 else 0.0
        for name, amount in parts.items()
    }
