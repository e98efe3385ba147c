"""Events verified per second, against hashing the same bytes and doing nothing else."""

import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import process_time

from sqlalchemy import select

from benchmarks.cloning import CASE, EVENT
from benchmarks.staging import Stage
from workflow.audit.chain import EventRow, links, start
from workflow.audit.verification import verify as auditing

ROUNDS = 3
Chains = Sequence[tuple[str, Sequence[EventRow]]]


@dataclass(frozen=True, slots=True)
class Speed:
    """Events per second of one core: hashed, their chains checked, and verified in full."""

    events: int
    size: float
    hashed: float
    chained: float
    verified: float
    seconds: float


def measure(stage: Stage, events: int) -> Speed:
    """Verify so many events of copies of a closed programme."""
    stage.copies(stage.programme("closed"), events=events)
    chains = _chains(stage)
    rows = [row for _, chain in chains for row in chain]
    bodies = [row.body for row in rows]
    seconds = _seconds(lambda: _verify(stage))
    return Speed(
        events=len(rows),
        size=sum(map(len, bodies)) / len(bodies),
        hashed=len(rows) / min(_seconds(lambda: _hash(bodies)) for _ in range(ROUNDS)),
        chained=len(rows) / min(_seconds(lambda: _follow(chains)) for _ in range(ROUNDS)),
        verified=len(rows) / seconds,
        seconds=seconds,
    )


def _hash(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        hashlib.sha256(body).digest()


def _follow(chains: Chains) -> None:
    for ref, rows in chains:
        deque(links(rows, start(ref)), maxlen=0)


def _verify(stage: Stage) -> None:
    result = auditing.verify(stage.database)
    if not result.sound:
        raise RuntimeError(f"The benchmark's own data is not sound: {result.differences[0]}")


def _chains(stage: Stage) -> Chains:
    with stage.database.connect().execution_options(reading=True) as connection:
        cases = connection.execute(select(CASE.c.id, CASE.c.ref)).all()
        stored = select(
            EVENT.c.case_id, EVENT.c.seq, EVENT.c.type, EVENT.c.person_id, EVENT.c.at,
            EVENT.c.body, EVENT.c.hash, EVENT.c.prev,
        ).order_by(EVENT.c.case_id, EVENT.c.seq)  # fmt: skip
        rows: dict[int, list[EventRow]] = {}
        for case_id, *event in connection.execute(stored):
            rows.setdefault(case_id, []).append(EventRow._make((*event, {})))
    return [(ref, rows.get(case_id, [])) for case_id, ref in cases]


def _seconds(act: Callable[[], None]) -> float:
    """The seconds of processor that an act takes."""
    began = process_time()
    act()
    return process_time() - began
