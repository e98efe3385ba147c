"""The same sign-offs by ours, by the floor and by other engines, in turns: `make bench-peers`.

Each engine signs for two of the three seats of a Board, on SQLite in memory where there is such a
place. Ours checks permission, duties, versions and the text under decision, writes the trail and
what is owed to be told; the peers check only that the seat is free, and keep a chain of events.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from time import monotonic, process_time

from benchmarks.figures import MILLISECONDS, Figure, Report, machine, quartiles
from benchmarks.floor import floor_of
from benchmarks.signing import sign_with
from benchmarks.staging import Sign, Stage
from workflow.assembly.engine import open_engine

ROOT = Path(__file__).resolve().parents[2]
PEERS = {"django-fsm-2": "django_fsm_peer", "SpiffWorkflow": "spiff_peer"}
OURS, FLOOR = "Prime Mover", "floor"
TURNS, SLICE = 9, 20
SHARED_MEMORY = Path("/dev/shm")
# The peers see nothing of ours but the script and what it imports.
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)}
# What one turn took: seconds, processor's seconds and how many sign-offs.
Turn = tuple[float, float, int]
Taker = Callable[[int], Turn]


def compare(python: str) -> Report:
    """Let them all sign in turns, each turn in another order."""
    place = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
    taken: dict[str, list[Turn]] = {}
    with tempfile.TemporaryDirectory(dir=place) as folder, ExitStack() as stack:
        takers = _ours(f"sqlite:///{folder}/ours.sqlite")
        for name, script in PEERS.items():
            path = f"{folder}/{script}.sqlite"
            takers[name] = stack.enter_context(_peer(python, script, path))
        order = list(takers)
        for turn in range(TURNS + 1):
            for name in order[turn % len(order) :] + order[: turn % len(order)]:
                did = takers[name](SLICE)
                if turn:  # The first turn warms up and is not counted.
                    taken.setdefault(name, []).append(did)
    return Report(machine(), 0, list(_figures(taken)))


def _ours(url: str) -> dict[str, Taker]:
    stage = Stage(url)
    ref = stage.programme("decision", in_time=True)
    signs = iter(stage.signs(stage.copies(ref, cases=SLICE * (TURNS + 2))))
    ours, floor = sign_with(open_engine(url)), floor_of(url).sign
    return {OURS: _taker(ours, signs), FLOOR: _taker(floor, signs)}


def _taker(sign: Callable[[Sign], object], signs: Iterator[Sign]) -> Taker:
    def take(wanted: int) -> Turn:
        chosen = list(islice(signs, wanted))
        began, spent = monotonic(), process_time()
        for wish in chosen:
            sign(wish)
        return monotonic() - began, process_time() - spent, len(chosen)

    return take


@contextmanager
def _peer(python: str, script: str, path: str) -> Iterator[Taker]:
    command = [python, "-m", f"benchmarks.peers.{script}", path, str(SLICE * (TURNS + 2))]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as peer:
        assert peer.stdin is not None
        assert peer.stdout is not None
        asks, answers = peer.stdin, peer.stdout
        if answers.readline().strip() != "ready":
            raise RuntimeError(f"{script} did not begin.")

        def take(wanted: int) -> Turn:
            print(wanted, file=asks, flush=True)
            told = json.loads(answers.readline())
            return told["seconds"], told["processor"], told["did"]

        yield take
        asks.close()


def _figures(taken: dict[str, list[Turn]]) -> Iterator[Figure]:
    best = [spent / did for _, spent, did in taken[OURS]]
    for name, turns in taken.items():
        spent = [spent / did for _, spent, did in turns]
        ratios = quartiles([theirs / ours for theirs, ours in zip(spent, best, strict=True)])
        rate = {"a second": round(statistics.median(did / seconds for seconds, _, did in turns))}
        median = 1000 * statistics.median(spent)
        ours = 1000 * statistics.median(best)
        yield Figure(
            "peers", "Processor of a sign-off", name, MILLISECONDS, median, ours, ratios, rate
        )


if __name__ == "__main__":
    report = compare(sys.argv[1])
    print(report.heading)
    print("Processor of a sign-off, and how many times ours it is:")
    for figure in report.figures:
        print(" | ".join((figure.row()[0], figure.row()[1], figure.row()[3])))
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(report.written(), encoding="utf-8")
