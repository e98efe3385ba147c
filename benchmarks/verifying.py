"""Events verified per second, against hashing the same bytes and doing nothing else."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from time import process_time

from sqlalchemy import select

from benchmarks.cloning import CASE, EVENT
from benchmarks.figures import A_SECOND, Figure, exactly
from benchmarks.staging import Stage
from workflow.audit.chain import EventRow, links, start
from workflow.audit.verification import verify as auditing

ROUNDS = 3
Chains = Sequence[tuple[str, Sequence[EventRow]]]


def measure(stage: Stage, place: str, events: int) -> Iterator[Figure]:
    """Verify so many events of copies of a closed programme, on one core."""
    stage.copies(stage.programme("closed"), events=events)
    chains = _chains(stage)
    rows = [row for _, chain in chains for row in chain]
    bodies = [row.body for row in rows]
    hashed = len(rows) / min(_seconds(lambda: _hash(bodies)) for _ in range(ROUNDS))
    chained = len(rows) / min(_seconds(lambda: _follow(chains)) for _ in range(ROUNDS))
    verified = len(rows) / _seconds(lambda: sound(stage))
    size = {"events": len(rows), "bytes each": round(sum(map(len, bodies)) / len(bodies))}
    for what, speed in (("chains of stored bytes", chained), ("verified in full", verified)):
        ratio = exactly(speed / hashed)
        yield Figure("verifying", place, what, A_SECOND, speed, hashed, ratio, size)


def sound(stage: Stage) -> int:
    """Verify everything on a stage; returns how many events, and stops if one is not as recorded."""
    result = auditing.verify(stage.database)
    if not result.sound:
        raise RuntimeError(f"The benchmark's own data is not sound: {result.differences[0]}")
    return result.events


def _hash(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        hashlib.sha256(body).digest()


def _follow(chains: Chains) -> None:
    for ref, rows in chains:
        deque(links(rows, start(ref)), maxlen=0)


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
