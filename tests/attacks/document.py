"""The page `docs/attacks.md`, made of the catalogue, the lists of columns and the figures."""

import tomllib
from pathlib import Path
from typing import Any

from tests.attacks.catalogue import ATTACKS, NOT_FOUND, Attack
from tests.attacks.columns import UNCOVERED, UNTOLD

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parents[1] / "docs" / "attacks.md"
MEASURED = HERE / "measured.toml"

INTRODUCTION = """\
# Attacks on the trail

What may be done to the record, who finds it, and who does not. *Inside* is what the installation
finds by itself: the guards of its database, `primemover verify` and the signer's own record.
*Outside* is what one copy elsewhere adds: a witness, a checkpoint or a receipt that somebody kept,
or a dossier checked by a policy of one's own. This page is written by `python -m tests.attacks`
from the tests that show it.
"""
PLAINLY = """\
## What is not found without an outside copy

Nothing inside an installation can find what whoever holds all of it made consistent again:
"""
ONLY_A_COPY = """\
One witness, or one checkpoint kept by somebody else, finds T7, T8 and T9. T4 is found by receipts
alone, because no checkpoint covered what was cut off; it ends when the log is signed, a second or
so after the event. And no copy at all shows that the person named is the one who acted.
"""
COLUMNS = """\
## T2: columns that nothing tells of

Every other column of these tables is compared with what events or signatures say, and found when
it is changed. Those below can be changed without anybody noticing; no sign-off depends on them.
"""
TABLES = """\
## T2: tables that are not compared
"""


def document() -> str:
    """The whole page."""
    figures = tomllib.loads(MEASURED.read_text(encoding="utf-8"))
    parts = [INTRODUCTION, _attacks(figures), _run(figures), _plainly(), COLUMNS, _columns()]
    return "\n".join([*parts, TABLES, _tables()])


def _attacks(figures: dict[str, Any]) -> str:
    head = "| # | What is done | Inside | With a copy outside | Tries | Larger run |"
    larger = figures["larger"]
    rows = [
        f"| T{number} | {of.done} | {_by(of.inside)} | {_by(of.outside)} | {of.tries} |"
        f" {larger.get(f'T{number}', '–')} |"
        for number, of in ATTACKS.items()
    ]
    return "\n".join([head, "|---|---|---|---|---|---|", *rows, "", "### Tests", "", *_tests(), ""])


def _by(verdict: list[str]) -> str:
    said, whom = verdict
    return f"**{said}**: {whom}"


def _tests() -> list[str]:
    return [f"- T{number}: {_named(of)}" for number, of in ATTACKS.items()]


def _named(of: Attack) -> str:
    return ", ".join(
        f"`{test.rpartition('::')[2]}` ({test.partition('::')[0]})" for test in of.tests
    )


def _run(figures: dict[str, Any]) -> str:
    run = figures["run"]
    return (
        f"*Tries* is what every run of the tests does. *Larger run* is as measured on {run['date']}"
        f" on {run['machine']}: {run['how']}. A dash says that no larger run was made.\n"
    )


def _plainly() -> str:
    lines = [
        f"- **T{number}**: {of.done} {of.inside[1].capitalize()}."
        for number, of in ATTACKS.items()
        if of.inside[0] == NOT_FOUND
    ]
    return "\n".join([PLAINLY, *lines, "", ONLY_A_COPY])


def _columns() -> str:
    rows = [
        f"| {table} | {column} | {reason} |"
        for table, columns in UNTOLD.items()
        for column, reason in columns.items()
    ]
    return "\n".join(["| Table | Column | Why that may be |", "|---|---|---|", *rows, ""])


def _tables() -> str:
    rows = [f"| {table} | {reason} |" for table, reason in UNCOVERED.items()]
    return "\n".join(["| Table | What it holds, and why |", "|---|---|", *rows]) + "\n"
