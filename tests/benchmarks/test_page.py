"""The page of performance is what the command writes from the figures beside it, and nothing else."""

from dataclasses import replace

from benchmarks.figures import Figure, Report, read, spelt
from benchmarks.page import PAGE, kept, page

KNOWN = {
    "at": "2026-01-01 00:00 UTC",
    "machine": "a machine",
    "system": "a system",
    "versions": {"Python": "3"},
}


def test_the_page_is_what_the_command_writes_from_its_figures() -> None:
    assert PAGE.read_text(encoding="utf-8") == kept(), "python -m benchmarks.page writes it anew"


def test_a_report_is_read_as_it_was_written() -> None:
    figure = Figure("signing", "SQLite", "sign-offs", "/s", 30.0, 90.0, (0.3, 0.33, 0.4), {"n": 2})
    report = Report(KNOWN, 7, [figure])

    assert read(report.written()) == report


def test_growth_names_each_page_once_as_who_waits_longest() -> None:
    one = Figure("scale", "SQLite, 10 programmes", "/ as officer", "ms", 5.0)
    few = [
        replace(one, detail={"SQL ms": 1.0, "statements": 3}),
        replace(one, what="/ as auditor", detail={"SQL ms": 2.0, "statements": 3}),
    ]
    many = [
        replace(each, place="SQLite, 100 programmes", detail={"SQL ms": sql, "statements": 3})
        for each, sql in zip(few, (9.0, 4.0), strict=True)
    ]

    most = [replace(each, place="SQLite, 1,000 programmes") for each in many]

    written = page(Report(KNOWN, 7, []), None, Report(KNOWN, 7, [*few, *many, *most]))

    assert "portfolios of 10, 100 and 1,000 programmes" in written
    assert "| `/`, officer | 1 ms | 9 ms | 9 ms | 9.0, 1.0 |" in written
    assert "auditor" not in written.partition("## How cost grows")[2].partition("## ")[0]


def test_a_page_that_fills_up_is_told_at_each_size_with_what_it_reads() -> None:
    one = Figure(
        "filling", "PostgreSQL, 1,000 programmes", "/queue?text=nurses as officer", "ms", 5.0,
        detail={"SQL ms": 4.0, "statements": 3, "buffers": 500},
    )  # fmt: skip
    more = replace(
        one,
        place="PostgreSQL, 10,000 programmes",
        detail={"SQL ms": 5.0, "statements": 3, "buffers": 2000},
    )
    there = [
        replace(each, place=place, detail={"SQL ms": sql, "statements": 3})
        for each, place, sql in (
            (one, "SQLite, 1,000 programmes", 1.0),
            (one, "SQLite, 10,000 programmes", 3.0),
        )
    ]
    grown = [Figure("scale", "SQLite, 10 programmes", "sign-off", "ms", 5.0)]

    written = page(Report(KNOWN, 7, grown), None, None, Report(KNOWN, 7, [one, more, *there]))

    told = written.partition("### Pages that fill up")[2].partition("\n## ")[0]
    assert "| `/queue?text=nurses`, officer | 4 ms, 500 | 5 ms, 2,000 | 4.0 |" in told
    assert "| `/queue?text=nurses`, officer | 1 ms | 3 ms | 3.0 |" in told


def test_what_a_longer_run_did_not_measure_is_told_as_the_other_one_has_it() -> None:
    one = Figure("scale", "SQLite, 10 programmes", "sign-off", "ms", 5.0)
    longer = replace(one, place="SQLite, 1,000 programmes", ours=6.0)
    elsewhere = replace(one, place="PostgreSQL, 10 programmes", ours=7.0)

    written = page(Report(KNOWN, 7, [one, elsewhere]), None, Report(KNOWN, 7, [longer]))

    told = written.partition("## How cost grows")[2]
    assert "| What | 1,000 | Times |" in told
    assert "| sign-off | 6 ms |" in told
    assert "| sign-off | 7 ms |" in told
    assert "| sign-off | 5 ms |" not in told


def test_what_a_process_costs_stands_in_its_own_table() -> None:
    held = Figure("start", "one process", "held after 200 pages", "MiB", 96.4)

    written = page(Report(KNOWN, 7, [held]))

    assert "## What a process costs" in written
    assert "| held after 200 pages | 96.4 MiB |" in written


def test_a_number_is_as_exact_as_it_deserves() -> None:
    assert [spelt(1234.5, "/s"), spelt(0.4567, "ms"), spelt(16, "")] == [
        "1,234/s",
        "0.457 ms",
        "16",
    ]
