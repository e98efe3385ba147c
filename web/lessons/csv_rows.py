"""Lessons as a file to be taken away."""

from collections.abc import Iterable

from flask import Response

from web.lessons.words import goal_name, language_name, modality_name
from web.tables.comma_separated import comma_separated
from web.wording import area_label
from workflow.clock import written
from workflow.lessons.lines import LessonLine

COLUMNS = (
    "ref", "lesson", "validated_at", "areas", "goals", "countries", "modality", "language",
    "programme", "title",
    "used", "not_for_us",
)  # fmt: skip


def lessons_file(lines: Iterable[LessonLine]) -> Response:
    """One row for each lesson, the newest first."""
    return comma_separated("lessons.csv", COLUMNS, map(_row, lines))


def _row(line: LessonLine) -> tuple[object, ...]:
    return (
        line.ref,
        line.heading,
        written(line.validated_at),
        "; ".join(map(area_label, line.areas)),
        "; ".join(map(goal_name, line.goals)),
        "; ".join(line.countries),
        modality_name(line.modality),
        language_name(line.language) if line.language else "",
        line.programme.ref if line.programme else "",
        line.programme.title if line.programme else "",
        line.counted.used,
        line.counted.not_for_us,
    )
