"""The page of faults is the same for the same rows, and names every fault that is tried."""

import re
from dataclasses import replace
from pathlib import Path

from tests.reliability.faults.trial import Row
from tests.reliability.table import PAGE, page, rows

ROW = Row(
    fault="kill -9 of the signer",
    database="SQLite",
    acknowledged=8,
    lost=0,
    doubled=0,
    deadlines=1,
    deadlines_unsettled=0,
    deadlines_twice=0,
    letters=16,
    letters_lost=0,
    letters_twice=0,
    lasted=0.0,
    silence=0.25,
    behind=4.0,
    left="",
    verified=True,
    size=0,
    quick=True,
    workers=2,
    at="2026-03-02",
    machine="2 cores, x86_64, Linux, Python 3.12.1",
)
TRIALS = Path(__file__).with_name("faults")
# What a trial is called by, where it strikes.
NAMED = re.compile(r"""(?:tried|concluded)\(\s*\w+(?:\.\w+)?,\s*f?"([^"{]+)""")


def test_a_row_is_a_line_with_every_figure() -> None:
    assert (
        "| kill -9 of the signer | SQLite | 0 | 8 | 0 | 0 | 1 / 0 / 0 | 16 / 0 / 0 | 0.0 | 0.2 | 4.0 | yes |"
        in page([ROW])
    )


def test_rows_of_several_runs_are_told_apart() -> None:
    text = page([ROW, replace(ROW, database="PostgreSQL", size=10, quick=False, at="2026-03-03")])

    assert (
        "Taken on 2026-03-02: 2 cores, x86_64, Linux, Python 3.12.1; size 0, shortened waits."
        in text
    )
    assert "Taken on 2026-03-03: 2 cores, x86_64, Linux, Python 3.12.1; size 10, true pace." in text
    assert "| kill -9 of the signer | PostgreSQL | 10 |" in text


def test_what_never_ended_is_said() -> None:
    never = replace(ROW, silence=None, behind=None, left="74 without a place", verified=False)

    assert "| – | never: 74 without a place | **no** |" in page([never])


def test_rows_are_read_as_they_were_kept(tmp_path: Path) -> None:
    kept = [replace(ROW, fault="none"), ROW, replace(ROW, database="PostgreSQL")]
    for row in kept:
        row.keep(tmp_path)

    assert rows(tmp_path) == [kept[0], kept[2], kept[1]]
    assert page(rows(tmp_path)) == page(rows(tmp_path))


def test_the_page_names_every_fault_that_is_tried() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = {
        name.strip()
        for file in TRIALS.glob("test_*.py")
        for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }

    assert len(named) > 10
    assert [name for name in sorted(named) if name not in text] == []
