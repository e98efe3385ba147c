"""The portfolio as a file to be taken away."""

from collections.abc import Iterable

from flask import Response
from flask_babel import gettext

from web.filters import stage_label, word
from web.tables.comma_separated import comma_separated
from web.wording import area_label
from workflow.clock import written
from workflow.programmes.lists.portfolio import ProgrammeLine

COLUMNS = (
    "ref", "title", "framework", "lead_countries", "beneficiaries", "areas", "stage", "state",
    "since", "whose_move", "due", "budget_usd", "regions", "interregional",
)  # fmt: skip


def portfolio_file(lines: Iterable[ProgrammeLine]) -> Response:
    """One row for each programme."""
    return comma_separated("programmes.csv", COLUMNS, map(_row, lines))


def _row(line: ProgrammeLine) -> tuple[object, ...]:
    dues = [move.due for move in line.moves if move.due]
    return (
        line.ref,
        line.title,
        line.framework,
        "; ".join(line.leads),
        "; ".join(line.beneficiaries),
        "; ".join(map(area_label, line.areas)),
        stage_label(line.stage.value),
        word(line.state.label),
        written(line.since),
        "; ".join(_move(line)) or gettext("nobody"),
        written(min(dues)) if dues else "",
        line.budget,
        "; ".join(map(word, line.regions)),
        gettext("yes") if line.interregional else gettext("no"),
    )


def _move(line: ProgrammeLine) -> Iterable[str]:
    return dict.fromkeys(
        f"{word(owing.role_label)}, {owing.party}" for move in line.moves for owing in move.owing
    )
