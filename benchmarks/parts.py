"""Where the processor's time of a sign-off goes: by samples, which make no call dearer than it is."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import FrameType

from benchmarks.figures import MILLISECONDS, Figure
from benchmarks.signing import sign_with
from benchmarks.staging import Stage
from workflow.assembly.engine import open_engine

ROOT = f"{Path(__file__).resolve().parents[1]}/"
EVERY, WARM = 0.0005, 20
OTHER = "everything else"
# What a frame belongs to, by its file, or by its file and its function; the innermost that is named counts.
DRIVER = "the database's own library: statements, rows, commit"
PARTS: tuple[tuple[str, str], ...] = (
    ("workflow/transactions/wire.py:", DRIVER),
    ("workflow/transactions/pipeline.py:_exchange", DRIVER),
    ("workflow/transactions/statements.py:rows", DRIVER),
    ("workflow/database.py:_begin_sqlite", DRIVER),
    ("sqlalchemy/engine/default.py:do_commit", DRIVER),
    ("/psycopg/", DRIVER),
    ("/sqlalchemy/", "SQLAlchemy: the pool, the connection, values of the driver's kinds"),
    ("workflow/transactions/", "values and rows of statements composed before"),
    ("workflow/database.py", "values and rows of statements composed before"),
    ("workflow/audit/", "the event: canonical form, hashes, commitments"),
    ("workflow/clock.py", "the event: canonical form, hashes, commitments"),
    ("workflow/lifecycles/", "the rule, and what it says in words"),
    ("workflow/phrase.py", "the rule, and what it says in words"),
    ("workflow/engine/permissions/", "permission and duties"),
    ("workflow/engine/", "what is known, decided and owed"),
    ("workflow/", "what is known, decided and owed"),
)


def measure(stage: Stage, place: str, ref: str, acts: int) -> Iterator[Figure]:
    """How much of a sign-off's processor each part of it takes, over so many sign-offs."""
    engine = open_engine(stage.url)
    sign = sign_with(engine)
    signs = stage.signs(stage.copies(ref, cases=(acts + WARM) // 2 + 1))
    for wish in signs[:WARM]:
        sign(wish)
    found: Counter[str] = Counter()
    began = process_time()
    with sampled(lambda frame: found.update([part_of(frame)])):
        for wish in signs[WARM : WARM + acts]:
            sign(wish)
    spent = 1000 * (process_time() - began) / acts
    engine.database.dispose()
    samples = found.total() or 1
    for part, times in found.most_common():
        share = {"% of it": round(100 * times / samples, 1)}
        yield Figure("parts", place, part, MILLISECONDS, spent * times / samples, detail=share)


@contextmanager
def sampled(look: Callable[[FrameType], object]) -> Iterator[None]:
    """Look at what runs, again and again as this process spends time of the processor."""
    before = signal.signal(signal.SIGPROF, lambda _number, frame: look(frame) if frame else None)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def part_of(frame: FrameType) -> str:
    """The part that a frame belongs to, or else whoever called it."""
    at: FrameType | None = frame
    while at is not None:
        place = f"{at.f_code.co_filename.removeprefix(ROOT)}:{at.f_code.co_name}"
        part = next((part for named, part in PARTS if named in place), None)
        if part is not None:
            return part
        at = at.f_back
    return OTHER
