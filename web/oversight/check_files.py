"""The file of a check of everything: a line for each history, and one for each difference besides."""

from collections.abc import Iterator

from flask_babel import gettext

from web.orders.kind import Kind, Task, Wanted
from web.tables.comma_separated import write_table
from workflow.audit.verification.verify import Difference, Examined
from workflow.engine.engine import Engine
from workflow.orders.kinds import OrderKind, Said
from workflow.oversight.checks.report import check_everything
from workflow.oversight.events import access_log

NAME = "verification.csv"
CHECKED = ("history", "verifies", "events", "rows", "erased", "at_event", "difference")


def _make(task: Task) -> Said:
    """Check everything and write down what was found, history by history."""
    counted = {"cases": 0, "differences": 0}

    def rows() -> Iterator[tuple[object, ...]]:
        for each in check_everything(task.engine, task.person, task.progress):
            different = each if isinstance(each, Difference) else each.difference
            counted["cases"] += isinstance(each, Examined)
            counted["differences"] += different is not None
            yield _row(each, different)

    write_table(task.to, CHECKED, rows())
    return counted


def _row(each: Examined | Difference, different: Difference | None) -> tuple[object, ...]:
    figures = (each.events, each.rows, each.erased) if isinstance(each, Examined) else ("", "", "")
    return (
        each.ref,
        gettext("no") if different else gettext("yes"),
        *figures,
        different.seq if different and different.seq is not None else "",
        different.sentence if different else "",
    )


def _tell(engine: Engine, person: int, _wanted: Wanted, made: Said) -> None:
    """Tell that the result is taken away."""
    access_log.record_taken(engine, person, NAME, "", made["cases"])


VERIFICATION = Kind(
    key=OrderKind.VERIFICATION,
    roles=frozenset({"auditor"}),
    name=lambda _wanted: NAME,
    media_type=lambda _wanted: "text/csv; charset=utf-8",
    make=_make,
    told=_tell,
)
