"""Programmes that have ended operationally and are not closed, the oldest first, with what each waits for."""

from collections.abc import Iterable

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, person, signed_in
from web.anchors.checkpoint_copies import carry
from web.filters import word
from web.tables.comma_separated import comma_separated
from workflow.clock import written
from workflow.closures.queue import ClosingLine, closing_queue, whole_queue
from workflow.free_text import searched

bp = Blueprint("closing", __name__)

LONGEST = 80
COLUMNS = (
    "ref", "title", "state", "ended_at", "days", "waits_for", "open_below", "movements_to_certify",
    "checklist_open",
)  # fmt: skip


@bp.get("/closing")
@signed_in
def index() -> ResponseReturnValue:
    """The queue that the person may know of, from one line on."""
    after = searched(request.args.get("after", "")[:LONGEST])
    with engine().reading() as session:
        page = closing_queue(session, engine(), person().id, after, now())
    return render_template("closures/index.html", page=page, after=after)


@bp.get("/closing.csv")
@signed_in
def export() -> ResponseReturnValue:
    """The whole queue, to be taken away."""
    with engine().reading() as session:
        return carry(_file(whole_queue(session, engine(), person().id, now())))


def _file(lines: Iterable[ClosingLine]) -> Response:
    return comma_separated("closing.csv", COLUMNS, map(_row, lines))


def _row(line: ClosingLine) -> tuple[object, ...]:
    return (
        line.ref,
        line.title,
        word(line.state.label),
        written(line.ended_at),
        line.days,
        "; ".join(f"{word(move.label)}: {', '.join(move.parties)}" for move in line.moves),
        "; ".join(f"{word(each.kind)}: {each.number}" for each in line.below),
        line.uncertified,
        "; ".join(word(each.line.label) for each in line.left),
    )
