"""The register of approaches as a file to be taken away."""

from collections.abc import Iterable

from flask import Response

from web.approaches.words import answer_called
from web.filters import word
from web.tables.comma_separated import comma_separated
from web.wording import area_label
from workflow.approaches.lines import ApproachLine

COLUMNS = (
    "ref", "country", "country_name", "area", "area_in_words", "framework", "asked_on", "asked_by", "channel",
    "state", "answer", "answer_in_words", "answered_on", "valid_until", "ask_again_on", "days_without_answer", "due",
)  # fmt: skip


def approaches_file(lines: Iterable[ApproachLine]) -> Response:
    """One row for each approach, the newest first."""
    return comma_separated("approaches.csv", COLUMNS, map(_row, lines))


def _row(line: ApproachLine) -> tuple[object, ...]:
    days = (line.answered_on, line.valid_until, line.again_on)
    return (
        line.ref,
        line.iso3,
        line.country,
        line.area,
        area_label(line.area),
        line.framework,
        line.asked_on.isoformat(),
        line.asker,
        word(line.channel),
        word(line.state.label),
        line.answer,
        answer_called(line.answer),
        *(each.isoformat() if each else "" for each in days),
        line.days if line.waits else "",
        line.due.date().isoformat() if line.due else "",
    )
