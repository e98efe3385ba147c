"""Where the processor's time goes: the functions that take most of it, in what people do most."""

import cProfile
import pstats
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.figures import MILLISECONDS, Figure
from benchmarks.paging import PEOPLE, site
from benchmarks.signing import sign_with
from benchmarks.staging import BOARD, approvals
from workflow.assembly.engine import open_engine

ROOT = Path(__file__).resolve().parents[1]
MOST, TIMES, WARM = 8, 12, 2
INSIDE = re.compile(r".*/(?:site-packages|python3\.\d+)/")
PAGES = (
    ("queue of an officer", "officer", "/queue"),
    ("a programme", "auditor", "/programmes/{ref}"),
)


def measure(url: str) -> Iterator[Figure]:
    """The three hottest profiles on a portfolio: a sign-off, a queue, a programme's page."""
    engine = open_engine(url)
    signs = iter(approvals(engine.database, BOARD, TIMES + WARM))
    sign = sign_with(engine)
    yield from _profiled("a sign-off", lambda: sign(next(signs)))
    engine.database.dispose()
    with site(url) as measured:
        for name, kind, page in PAGES:
            browser = measured.enter(PEOPLE[kind])
            address = page.format(ref=measured.ref)
            yield from _profiled(name, lambda browser=browser, at=address: browser.get(at))


def _profiled(name: str, act: Callable[[], Any]) -> Iterator[Figure]:
    for _ in range(WARM):
        act()
    profile = cProfile.Profile(process_time)
    profile.enable()
    for _ in range(TIMES):
        act()
    profile.disable()
    told: Any = pstats.Stats(profile)
    whole = told.total_tt
    hottest = sorted(told.stats.items(), key=lambda item: -item[1][2])[:MOST]
    for place, (_, calls, own, _, _) in hottest:
        share = {"% of it": round(100 * own / whole, 1), "calls": round(calls / TIMES, 1)}
        yield Figure(
            "profile", name, _called(place), MILLISECONDS, 1000 * own / TIMES, detail=share
        )


def _called(place: tuple[str, int, str]) -> str:
    """A function as the page names it: by its file inside its package, and its name."""
    file, _, function = place
    if file == "~":
        return function
    inside = INSIDE.sub("", file).removeprefix(f"{ROOT}/")
    return f"{inside}: {function}"
