"""The whole of `primemover bench`: what is asked for, on every place where it can be measured."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import (
    acting,
    paging,
    parts,
    profiling,
    queueing,
    scaling,
    signing,
    staffing,
    starting,
    verifying,
)
from benchmarks.figures import NUMBER, Figure, Report, machine
from benchmarks.staging import Stage, refuse_inhabited

# What needs a portfolio of its own, pages, start, profiles and scale, and staffing is measured when it is asked for.
USUAL = ("signing", "acts", "queueing", "verifying")
# Sign-offs whose processor is sampled: some thousand samples.
SAMPLED = 500
SHARED_MEMORY = Path("/dev/shm")
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured, how much of it, and on which PostgreSQL database beside SQLite."""

    kinds: tuple[str, ...]
    postgresql: str | None
    clients: int
    turns: int
    events: int
    cases: int
    sizes: tuple[int, ...]
    seed: int
    portfolios: Path | None


def measure(say: Say, kinds: tuple[str, ...], **asked: Any) -> Report:
    """Measure what is asked for; whatever was written for it verifies at the end.

    Refuses a PostgreSQL database in which there is something: portfolios take its place.
    """
    wanted = Wanted(kinds or USUAL, **asked)
    if wanted.postgresql:
        refuse_inhabited(wanted.postgresql)
    return Report(machine(), wanted.seed, list(_figures(wanted, say)))


def _figures(wanted: Wanted, say: Say) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        if set(wanted.kinds) & set(USUAL):
            for place, url in _places(wanted, Path(folder)):
                say(f"Preparing {place} …")
                yield from _of_stage(wanted, place, url, say)
        if "staffing" in wanted.kinds:
            say("Asking whether people are left …")
            yield from staffing.measure(wanted.seed)
        if {"pages", "start", "scale", "profiles"} & set(wanted.kinds):
            yield from _of_portfolios(wanted, wanted.portfolios or Path(folder), say)


def _places(wanted: Wanted, folder: Path) -> Iterator[tuple[str, str]]:
    yield "SQLite on disk", f"sqlite:///{folder}/bench.sqlite"
    if "signing" in wanted.kinds and os.access(SHARED_MEMORY, os.W_OK):
        with tempfile.TemporaryDirectory(dir=SHARED_MEMORY) as memory:
            yield "SQLite on tmpfs", f"sqlite:///{memory}/bench.sqlite"
    if wanted.postgresql:
        yield "PostgreSQL", wanted.postgresql


def _of_stage(wanted: Wanted, place: str, url: str, say: Say) -> Iterator[Figure]:
    stage = Stage(url)
    say(f"Measuring {place} …")
    elsewhere = place != "SQLite on tmpfs"
    if "verifying" in wanted.kinds and elsewhere:
        yield from verifying.measure(stage, place, wanted.events)
    if "signing" in wanted.kinds:
        for when, in_time in (("in time", True), ("overdue", False)):
            ref = stage.programme("decision", in_time=in_time)
            for clients in dict.fromkeys((1, wanted.clients if elsewhere else 1)):
                yield from signing.measure(stage, place, ref, (clients, wanted.turns), when)
            yield from parts.measure(stage, f"{place}, {when}", ref, SAMPLED)
    if "queueing" in wanted.kinds and elsewhere:
        yield queueing.measure(stage, place, wanted.cases)
    if "acts" in wanted.kinds and elsewhere:
        yield from acting.measure(stage, place)
    yield Figure("soundness", place, "events that verify", NUMBER, verifying.sound(stage))
    stage.database.dispose()


def _of_portfolios(wanted: Wanted, folder: Path, say: Say) -> Iterator[Figure]:
    sizes = wanted.sizes if "scale" in wanted.kinds else wanted.sizes[:1]
    say(f"Making portfolios of {', '.join(f'{size:,}' for size in sizes)} programmes …")
    made = scaling.bring(sizes, folder, wanted.seed)
    say("Opening pages …")
    with scaling.standing(made, sizes[0], folder) as url:
        if "pages" in wanted.kinds:
            place = f"SQLite, {sizes[0]:,} programmes"
            for read in paging.measure(url):
                yield scaling.of_page("pages", place, read)
        if "start" in wanted.kinds:
            yield from starting.measure(url)
        if "profiles" in wanted.kinds:
            yield from profiling.measure(url)
    if "scale" in wanted.kinds:
        yield from scaling.measure(sizes, made, wanted.postgresql, folder)
