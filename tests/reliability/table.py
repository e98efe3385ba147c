"""Writes `docs/reliability.md` from what the trials of a run have kept: `python -m tests.reliability.table`.

The trials keep their rows when they are run: `make proof TESTS=tests/reliability/faults SIZE=10`.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.reliability.faults.trial import ROWS, Row
from tests.support.programs import ROOT

PAGE = ROOT / "docs" / "reliability.md"
HEAD = """\
# What a fault costs

An installation that is no demonstration is made and served by the recipe of the README, with {workers}
processes that answer; on PostgreSQL another worker runs beside it, as on another machine. Home and
database lie on a small disk in memory, which can be filled. In rows that begin with "hosts" there are two
hosts with pages and three with a worker, each with a home of its own, and every request goes to the next host.
Each is in a network namespace of its own, with one line to the database and another to its people, so that it can
be cut off from the one alone; where a run may make none, the line on which the figures were taken says so, and
nobody is cut off. "Everything at once" is one host killed, one that stands still, one cut off, and the
database restarted meanwhile. Four people answer consultations through its pages, all at once; in the middle
a fault strikes. Whoever gets no answer sends the same form again, under the same key. Afterwards each
acknowledged receipt is looked up in the trail, each deadline and each letter is counted, nothing may
wait behind the pages any more, and every history and the log are verified.

This page is written by `python -m tests.reliability.table` from the rows that the tests in
`tests/reliability/faults/` leave in `build/reliability/`; nobody writes in it by hand. `make test`
tries each fault on a few programmes, with shorter waits between rounds of background work;
`make proof SIZE=n` tries more of them, from 10 on at the true pace.

"""
COLUMNS = (
    "Fault",
    "Database",
    "Size",
    "Acknowledged",
    "Lost",
    "Doubled",
    "Deadlines: due / unsettled / twice",
    "Letters: promised / lost / twice",
    "Fault lasted, s",
    "Longest silence, s",
    "All done after, s",
    "Verified",
)
FOOT = """\

*Size*: how much of the whole was tried, in per cent; 0 is what `make test` tries, with shorter waits.
*Acknowledged*: answers whose receipt a person was shown. *Lost*: those that are not in the trail.
*Doubled*: seats with more than one answer. *Deadlines*: rounds that only their time could settle.
*Letters*: those that the programmes of the trial promised. None is lost. One can come twice, under the
same Message-ID, by which mail servers and readers know it again: where its sender was killed, or its mail
server died, after the letter was handed over and before it was answered for, which nobody can tell from a
letter that was not taken. *Fault lasted*:
what the trial itself took, such as the time for which a server was away. *Longest silence*: the
longest time from the strike on in which nobody was shown a receipt. *All done after*: from the end of
the fault until every event had its place in the signed log, every deadline was settled and every
letter was sent; what is owed afterwards is then done as well, or the row says what is left.
"""


def rows(folder: Path = ROWS) -> list[Row]:
    """Every row that was kept, by fault and database."""
    kept = [Row(**json.loads(file.read_text("utf-8"))) for file in sorted(folder.glob("*.json"))]
    return sorted(kept, key=lambda row: (row.fault != "none", row.fault, row.database))


def page(kept: Sequence[Row]) -> str:
    """The page that tells these rows."""
    workers = " or ".join(sorted({str(row.workers) for row in kept}))
    told = [_line(COLUMNS), _line(["---"] * 2 + ["--:"] * (len(COLUMNS) - 3) + ["---"])]
    told += [_line(_cells(row)) for row in kept]
    return HEAD.format(workers=workers) + "".join(_runs(kept)) + "\n" + "".join(told) + FOOT


def _runs(kept: Iterable[Row]) -> list[str]:
    """When and on what the figures were taken, one line for each kind of run."""
    runs = sorted({(row.at, row.machine, row.size, row.quick) for row in kept})
    return [
        f"Taken on {at}: {machine}; size {size}, {'shortened waits' if quick else 'true pace'}.\n"
        for at, machine, size, quick in runs
    ]


def _cells(row: Row) -> list[str]:
    deadlines = (row.deadlines, row.deadlines_unsettled, row.deadlines_twice)
    letters = (row.letters, row.letters_lost, row.letters_twice)
    return [
        row.fault,
        row.database,
        str(row.size),
        str(row.acknowledged),
        str(row.lost),
        str(row.doubled),
        " / ".join(map(str, deadlines)),
        " / ".join(map(str, letters)),
        _seconds(row.lasted),
        _seconds(row.silence),
        _seconds(row.behind) if not row.left else f"never: {row.left}",
        "yes" if row.verified else "**no**",
    ]


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    found = rows()
    if not found:
        sys.exit("No trial has kept a row: run the tests in tests/reliability/faults first.")
    PAGE.write_text(page(found), encoding="utf-8")
