"""Events of several histories, samples and past states as files to be taken away."""

from collections.abc import Iterable

from flask import Response
from flask_babel import gettext

from web.filters import word
from web.spreadsheet import comma_separated
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
DRAWN = ("place", "draw", "seed", "population", "fingerprint")
STOOD = (
    "ref", "title", "framework", "stage", "state", "since", "events", "last_event", "state_today",
    "as_it_stood_on",
)  # fmt: skip


def events_file(name: str, lines: Iterable[EventLine]) -> Response:
    """One row for each event; the hashes are whole."""
    return comma_separated(name, COLUMNS, map(_event, lines))


def sample_file(drawn: Sample) -> Response:
    """One row for each event of the sample, in the order of the draws, with what drew it."""
    rows = (
        (
            place,
            draw(drawn.seed, each.line.hash).hex(),
            drawn.seed,
            drawn.population,
            drawn.fingerprint,
            *_event(each),
        )
        for place, each in enumerate(drawn.lines, 1)
    )
    return comma_separated("sample.csv", (*DRAWN, *COLUMNS), rows)


def stood_file(day: str, lines: Iterable[CaseThen]) -> Response:
    """One row for each programme as it stood."""
    rows = ((*_stood(line), day) for line in lines)
    return comma_separated(f"programmes-{day}.csv", STOOD, rows)


def _event(each: EventLine) -> tuple[object, ...]:
    line = each.line
    return (
        each.ref,
        each.title,
        line.seq,
        written(line.at),
        written(line.effective or line.at),
        line.type,
        unset(plainly(line.says)),
        line.who,
        line.role,
        line.party,
        line.verdict,
        gettext("erased") if line.reason is None else line.reason,
        each.stage,
        gettext("late") if line.late else "",
        gettext("under a mandate") if each.mandated else "",
        gettext("overridden") if each.overridden else "",
        line.hash.hex(),
    )


def _stood(line: CaseThen) -> tuple[object, ...]:
    return (
        line.ref,
        line.title,
        line.framework,
        line.stage,
        word(line.state),
        written(line.since),
        line.events,
        written(line.last),
        word(line.state_now),
    )
