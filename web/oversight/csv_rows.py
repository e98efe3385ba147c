"""Events of several histories, samples and past states as the rows of files to be taken away."""

from collections.abc import Iterator

from flask import Response
from flask_babel import gettext

from web.filters import stage_label, word
from web.oversight.words import kind_label
from web.tables.comma_separated import comma_separated
from web.wording import plainly
from workflow.clock import written
from workflow.free_text.characters import unset
from workflow.oversight.as_of.portfolio import CaseThen
from workflow.oversight.events.page import EventLine
from workflow.oversight.reviews.sample import Sample, draw

COLUMNS = (
    "case", "title", "event", "recorded_at", "effective_at", "type", "sentence", "who", "role",
    "party", "verdict", "reason", "stage", "late", "under_mandate", "overridden", "hash",
)  # fmt: skip
DRAWN_COLUMNS = ("place", "draw", "seed", "population", "fingerprint", *COLUMNS)
STOOD = (
    "ref", "title", "framework", "stage", "state", "since", "events", "last_event", "state_today",
    "as_it_stood_on",
)  # fmt: skip


def sample_file(drawn: Sample) -> Response:
    """The sample to be taken away."""
    return comma_separated("sample.csv", DRAWN_COLUMNS, drawn_rows(drawn))


def drawn_rows(drawn: Sample) -> Iterator[tuple[object, ...]]:
    """One row for each event of the sample, in the order of the draws, with what drew it."""
    for place, each in enumerate(drawn.lines, 1):
        by = draw(drawn.seed, each.line.hash).hex()
        yield place, by, drawn.seed, drawn.population, drawn.fingerprint, *event_row(each)


def event_row(each: EventLine) -> tuple[object, ...]:
    """An event as a row; its hash is whole."""
    line = each.line
    return (
        each.ref,
        each.title,
        line.seq,
        written(line.at),
        written(line.effective or line.at),
        kind_label(line.type),
        unset(plainly(line.says)),
        line.who,
        word(line.role),
        line.party,
        word(line.verdict),
        gettext("erased") if line.reason is None else line.reason,
        stage_label(each.stage) if each.stage else "",
        gettext("late") if line.late else "",
        gettext("under a mandate") if each.mandated else "",
        gettext("overridden") if each.overridden else "",
        line.hash.hex(),
    )


def stood_row(line: CaseThen, day: str) -> tuple[object, ...]:
    """A programme as it stood on a day, as a row."""
    return (
        line.ref,
        line.title,
        line.framework,
        stage_label(line.stage),
        word(line.state),
        written(line.since),
        line.events,
        written(line.last),
        word(line.state_now),
        day,
    )
