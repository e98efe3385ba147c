"""A history as a file to be taken away."""

from collections.abc import Iterable

from flask import Response
from flask_babel import gettext

from web.filters import word
from web.oversight.words import kind_label
from web.tables.comma_separated import comma_separated
from web.wording import plainly
from workflow.clock import written
from workflow.free_text.characters import unset
from workflow.history import Line
from workflow.history.context import Text

COLUMNS = (
    "case", "event", "recorded_at", "effective_at", "type", "sentence", "who", "role", "party",
    "appointment", "verdict", "reason", "texts", "rule", "state_before", "state_after", "details",
    "late", "hash", "statement", "content",
)  # fmt: skip


def history_file(ref: str, lines: Iterable[Line]) -> Response:
    """One row for each event, the oldest first; the hashes are whole."""
    rows = (_row(ref, line) for line in lines)
    return comma_separated(f"history-{ref}.csv", COLUMNS, rows)


def _row(ref: str, line: Line) -> tuple[object, ...]:
    return (
        ref,
        line.seq,
        written(line.at),
        written(line.effective or line.at),
        kind_label(line.type),
        unset(plainly(line.says)),
        line.who,
        word(line.role),
        line.party,
        unset(plainly(line.office)) if line.office else "",
        word(line.verdict),
        gettext("erased") if line.reason is None else line.reason,
        "; ".join(_text(text) for text in line.texts),
        word(line.rule),
        word(line.moved[0]),
        word(line.moved[1]),
        unset("; ".join(map(plainly, line.under))),
        gettext("late") if line.late else "",
        line.hash.hex(),
        word(line.statement),
        line.content,
    )


def _text(text: Text) -> str:
    """A text that was filed: what it is, which version, and its digest."""
    return " ".join(filter(None, (word(text.label), str(text.version or ""), text.digest)))
