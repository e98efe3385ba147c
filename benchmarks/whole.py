"""Measures all that docs/performance.md tells, on a PostgreSQL server of its own, and writes the page.

`make performance` runs this: some ten minutes on a machine that does nothing else.
"""

import sys

from benchmarks.page import KEPT, PAGE, kept
from benchmarks.suite import measure
from tests.support.clusters import private_cluster

KINDS = ("signing", "acts", "queueing", "verifying", "pages", "start", "profiles", "scale")
AMOUNTS = {"clients": 4, "turns": 9, "events": 10_000, "cases": 300, "seed": 20_261_126}
# As an installation has them: nothing that was committed is lost with the power.
DURABLE = {"fsync": "on"}


def write(sizes: tuple[int, ...]) -> None:
    """Measure on portfolios of these sizes, keep the figures, and write the page from them."""
    with private_cluster(**DURABLE) as own:
        report = measure(print, KINDS, postgresql=own.url, sizes=sizes, portfolios=None, **AMOUNTS)
    KEPT.write_text(report.written(), encoding="utf-8")
    PAGE.write_text(kept(), encoding="utf-8")


if __name__ == "__main__":
    write(tuple(int(size) for size in sys.argv[1].split(",")))
