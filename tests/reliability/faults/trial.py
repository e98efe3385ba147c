"""One fault tried on an installation at work, and the row that says what came of it."""

import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.reliability.faults import evidence
from tests.reliability.faults.cases import Batch, batch, people
from tests.reliability.faults.crowd import Crowd, signed_in
from tests.reliability.faults.disks import Disk, Quota
from tests.reliability.faults.evidence import Found
from tests.reliability.faults.house import House, founded
from tests.reliability.faults.post import PostOffice, open_post
from tests.support.clusters import Cluster
from tests.support.programs import ROOT
from tests.support.sizes import LASTING, SIZE, sized
from tests.support.waiting import PATIENCE, until

ROWS = ROOT / "build" / "reliability"
ACTORS = ("priya.menon", "somchai.chaiyasit", "aisyah.rahman", "paulo.sa")
# Nothing may wait longer than this once a fault is over, on a machine that does ten other things.
BOUND = 420.0 if LASTING else PATIENCE
PROGRAMMES, OVERDUE = sized(2, 100), sized(1, 20)


@dataclass(frozen=True, slots=True)
class Row:
    """A fault on a database: what was acknowledged, lost and doubled, and how soon all was well."""

    fault: str
    database: str
    acknowledged: int
    lost: int
    doubled: int
    deadlines: int
    deadlines_unsettled: int
    deadlines_twice: int
    letters: int
    letters_lost: int
    letters_twice: int
    lasted: float
    silence: float | None
    behind: float | None
    left: str
    verified: bool
    size: int
    quick: bool
    workers: int
    at: str
    machine: str

    def keep(self, folder: Path = ROWS) -> None:
        """Write the row where `python -m tests.reliability.table` finds it."""
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.fault} - {self.database}".replace(" ", "_").replace("/", "_")
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Hit:
    """From when to when a fault lasted."""

    struck: float
    over: float


@dataclass(slots=True)
class Ground:
    """An installation with people at its pages, and the post office that it knows."""

    house: House
    post: PostOffice
    crowd: Crowd
    cluster: Cluster | None = None
    disk: Disk | Quota | None = None
    sound: bool = True

    @property
    def database(self) -> str:
        """The kind of its database."""
        name = make_url(self.house.url).get_backend_name()
        return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[name]

    @property
    def machine(self) -> str:
        """What the figures were taken on."""
        return machine()

    def mend(self) -> None:
        """After a trial that went wrong, start anew for the next one."""
        if not self.sound:
            if self.cluster is not None and not self.cluster.runs():
                self.cluster.start()
            self.house.kill_everything()
            self.house.shift(0)
            self.house.serve()
        self.house.aid()
        self.sound = False

    def nothing_waits(self, of: Batch) -> None:
        """Wait until nothing waits behind the pages."""
        seen: list[evidence.Waiting | str] = []

        def done() -> bool:
            seen[:] = [self._left(of)]
            return isinstance(seen[0], evidence.Waiting) and not seen[0]

        until(
            done,
            saying=lambda: f"{seen[0]}\n{self.house.said()}",
            patience=BOUND,
            pause=0.2,
            moving=lambda: seen[0],
        )

    def _left(self, of: Batch) -> evidence.Waiting | str:
        return evidence.waiting(self.house.url, of)

    def row(self, fault: str, of: Batch, hit: Hit, behind: float | None) -> tuple[Row, Found]:
        """Look everything up, and keep what was found."""
        ended = self._left(of)
        found = evidence.found(self.house.url, of, self.crowd.receipts, self.post.taken())
        row = Row(
            fault=fault,
            database=self.database,
            acknowledged=len(self.crowd.receipts),
            lost=found.lost,
            doubled=found.doubled,
            deadlines=len(of.overdue),
            deadlines_unsettled=found.unsettled,
            deadlines_twice=found.settled_twice,
            letters=found.letters,
            letters_lost=found.letters_lost,
            letters_twice=found.letters_twice,
            lasted=round(hit.over - hit.struck, 1),
            silence=_rounded(self.crowd.silence(hit.struck)),
            behind=_rounded(behind),
            left=str(ended) if ended else "",
            verified=not found.differences,
            size=SIZE,
            quick=self.house.quick,
            workers=self.house.workers,
            at=f"{datetime.now(UTC):%Y-%m-%d}",
            machine=self.machine,
        )
        row.keep()
        return row, found


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def tried(
    ground: Ground,
    fault: str,
    strike: Callable[[Batch], object],
    times: int = 1,
    of: Batch | None = None,
    later: Batch | None = None,
) -> Row:
    """Let people act, strike in the middle, and hold that nothing was lost, doubled or left waiting.

    A strike returns when the fault itself is over. `times` as many programmes are acted on where a
    fault takes longer to show; or those of a batch that another release has made, and of a `later`
    one once the fault is over.
    """
    ground.mend()
    of = of or batch(ground.house.url, times * PROGRAMMES, OVERDUE)
    with ground.crowd.giving(of.owed) as crowd:
        crowd.until_acknowledged(1)
        struck = time.monotonic()
        strike(of)
        hit = Hit(struck, time.monotonic())
    return concluded(ground, fault, of, hit, later)


def concluded(ground: Ground, fault: str, of: Batch, hit: Hit, later: Batch | None = None) -> Row:
    """The row of a trial whose answers have been given, once nothing waits, nor anything new."""
    late, behind = "", None
    try:
        ground.nothing_waits(of)
        behind = time.monotonic() - hit.over
        later = later or batch(ground.house.url, 0, 1)
        with ground.crowd.giving(later.owed, anew=False):
            of = of.with_more(later)
        ground.nothing_waits(of)
    except AssertionError as seen:
        late = str(seen)
    row, found = ground.row(fault, of, hit, behind)
    assert not late, late
    assert ground.crowd.refused == []
    assert row.acknowledged == len(of.owed)
    assert found == Found(0, 0, 0, 0, found.letters, 0, found.letters_twice, ()), found
    assert found.letters > 0
    ground.sound = True
    return row


@contextmanager
def at_work(
    house: House, cluster: Cluster | None = None, disk: Disk | Quota | None = None
) -> Iterator[Ground]:
    """The installation with its people signed in and its post office open."""
    with open_post() as post:
        house.more["SMTP_URL"] = post.url
        with founded(house):
            people(house.url)
            yield Ground(house, post, signed_in(ACTORS, house.address), cluster, disk)


def machine() -> str:
    """What the figures were taken on."""
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )
