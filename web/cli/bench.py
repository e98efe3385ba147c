"""Measuring: what the program does on this machine, against what the machine does at best."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from rich.table import Table

from web.cli.output import Said
from web.cli.terminal import console, console_for

KINDS = (
    "signing",
    "acts",
    "queueing",
    "verifying",
    "pages",
    "start",
    "profiles",
    "scale",
    "staffing",
)
HEADS = ("What", "Ours", "Floor", "Ratio")


@click.command()
@click.option(
    "--postgresql",
    metavar="URL",
    help="Measure on this PostgreSQL database too; it must be empty, and is left full.",
)
@click.option("--only", "kinds", type=click.Choice(KINDS), multiple=True, help="Measure only this.")
@click.option("--clients", default=4, show_default=True, help="Processes that sign at once.")
@click.option("--turns", default=5, show_default=True, help="Turns that each signs, with 10 each.")
@click.option("--events", default=10_000, show_default=True, help="Events to verify.")
@click.option("--waiting", "cases", default=300, show_default=True, help="Programmes in the queue.")
@click.option(
    "--programmes", default="1000", show_default=True, help="Sizes of portfolios, by commas."
)
@click.option("--seed", default=20_261_126, show_default=True, help="What portfolios are drawn by.")
@click.option(
    "--portfolios",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder where portfolios lie from the last time, and are made where they are missing.",
)
@click.option(
    "--json", "kept", type=click.Path(dir_okay=False, path_type=Path), help="Keep the figures here."
)
@click.option(
    "--perf",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with other floor scripts (bench_signoff.py), to compare ours with.",
)
def bench(kept: Path | None, perf: Path | None, programmes: str, **asked: Any) -> None:
    """Measure how fast this installation signs, lists, verifies and answers.

    Everything happens in new SQLite files that are removed afterwards, and in the empty PostgreSQL
    database that is named for it; nothing of yours is touched. Each figure is a ratio to the floor: the
    same writes by hand-written SQL, taken in turns with ours, or the bare hashing of the same bytes.
    Ratios can be compared between machines; rates per second cannot. Takes some minutes; pages,
    start, profiles, scale and staffing are measured when they are asked for.
    """
    with console.status("Beginning …") as status:
        report = _benchmarks("suite").measure(status.update, sizes=_sizes(programmes), **asked)
    shown = console_for(screen=sys.stdout.isatty())
    shown.print(report.heading)
    for place, figures in report.of().items():
        table = Table(*HEADS, title=place, box=None, padding=(0, 3))
        for figure in figures:
            table.add_row(*figure.row())
        shown.print(table)
    if kept:
        kept.write_text(report.written(), encoding="utf-8")
    if perf and "signing" in (asked["kinds"] or KINDS):
        for line in _benchmarks("elsewhere").measure(perf):
            shown.print(line)


def _sizes(programmes: str) -> tuple[int, ...]:
    try:
        return tuple(int(size) for size in programmes.replace("_", "").split(","))
    except ValueError as fault:
        raise Said("--programmes takes whole numbers with commas between them.") from fault


def _benchmarks(name: str) -> ModuleType:
    """The benchmarks lie beside the program where it was checked out, and nowhere else."""
    try:
        return import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as fault:
        if fault.name not in {"benchmarks", f"benchmarks.{name}"}:
            raise
        raise Said("The benchmarks are not installed: run this from a checkout.") from fault
