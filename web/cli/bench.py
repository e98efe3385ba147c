"""Measuring: what the program does on this machine, against what the machine does at best."""

import platform
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import sqlalchemy
from rich.table import Table

from web.cli.output import Said, console

Line = tuple[str, ...]
KINDS = ("signing", "queueing", "verifying")


@click.command()
@click.option(
    "--postgresql",
    metavar="URL",
    help="Measure on this PostgreSQL database too; it must be empty, and is left full.",
)
@click.option("--only", type=click.Choice(KINDS), multiple=True, help="Measure only this.")
@click.option("--clients", default=4, show_default=True, help="Processes that sign at once.")
@click.option("--turns", default=3, show_default=True, help="Turns that each signs, with 10 each.")
@click.option("--events", default=10_000, show_default=True, help="Events to verify.")
@click.option("--programmes", default=300, show_default=True, help="Programmes in the queue.")
@click.option(
    "--perf",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with other floor scripts (bench_signoff.py), to compare ours with.",
)
def bench(postgresql: str | None, only: tuple[str, ...], perf: Path | None, **amounts: int) -> None:
    """Measure how fast this installation signs, lists and verifies.

    Everything happens in a new SQLite file that is removed afterwards; nothing of yours is
    touched. Each figure is a ratio to the floor: the same writes by hand-written SQL, taken in
    turns with ours, or the bare hashing of the same bytes. Ratios can be compared between machines;
    rates per second cannot. Takes about a minute.
    """
    staging = _benchmarks("staging")
    chosen = only or KINDS
    console.print(_machine())
    with tempfile.TemporaryDirectory() as folder:
        for url in filter(None, (f"sqlite:///{folder}/bench.sqlite", postgresql)):
            name = url.partition(":")[0].partition("+")[0]
            with console.status(f"Preparing {name} …"):
                stage = staging.Stage(url)
            table = Table("What", "Ours", "Floor", "Ratio", title=name, box=None, padding=(0, 3))
            with console.status(f"Measuring {name} …"):
                for row in _rows(stage, chosen, amounts):
                    table.add_row(*row)
            console.print(table)
            stage.database.dispose()
    if perf and "signing" in chosen:
        with console.status("Running the other floor …"):
            told = _benchmarks("elsewhere").measure(perf)
        for line in told:
            console.print(line)


def _benchmarks(name: str) -> ModuleType:
    """The benchmarks lie beside the program where it was checked out, and nowhere else."""
    try:
        return import_module(f"benchmarks.{name}")
    except ModuleNotFoundError as fault:
        if fault.name not in {"benchmarks", f"benchmarks.{name}"}:
            raise
        raise Said("The benchmarks are not installed: run this from a checkout.") from fault


def _rows(stage: Any, chosen: tuple[str, ...], amounts: Mapping[str, int]) -> Iterator[Line]:
    if "verifying" in chosen:
        speed = _benchmarks("verifying").measure(stage, amounts["events"])
        limit = f"{speed.hashed:,.0f}/s"
        whole = f"verified in full ({speed.events:,} events in {speed.seconds:.1f} s)"
        yield _row("events, chain of stored bytes", speed.chained, limit, speed.hashed)
        yield _row(f"events {whole}", speed.verified, limit, speed.hashed)
    if "signing" in chosen:
        ref = stage.programme("decision")
        for number in dict.fromkeys((1, amounts["clients"])):
            rate = _benchmarks("signing").measure(stage, ref, number, amounts["turns"])
            what = "1 client" if number == 1 else f"{number} clients"
            ratios = f"{rate.ratio:.2f} ({min(rate.ratios):.2f} to {max(rate.ratios):.2f})"
            yield f"sign-offs, {what}", f"{rate.engine:,.0f}/s", f"{rate.floor:,.0f}/s", ratios
            ours, least = (1000 * each for each in (rate.processor, rate.floor_processor))
            yield f"  processor, {what}", f"{ours:.2f} ms", f"{least:.2f} ms", f"{least / ours:.2f}"
    if "queueing" in chosen:
        read = _benchmarks("queueing").measure(
            stage, stage.programme("decision"), amounts["programmes"]
        )
        what = f"queue, {read.shown} of {read.waiting:,} waiting"
        ratio = f"{read.by_hand / read.page:.2f}"
        yield what, f"{read.page:.1f} ms", f"{read.by_hand:.1f} ms", ratio


def _row(what: str, ours: float, limit: str, floor: float) -> Line:
    return what, f"{ours:,.0f}/s", limit, f"{ours / floor:.3f}"


def _machine() -> str:
    """The date, the machine and the versions that the figures belong to."""
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {cpu_count()} cores, "
        f"{platform.system()} {platform.release()}\nPython {platform.python_version()}, "
        f"SQLAlchemy {sqlalchemy.__version__}, SQLite {sqlite3.sqlite_version}, "
        f"psycopg {version('psycopg')}"
    )
