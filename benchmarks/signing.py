"""Sign-offs per second: the engine's and the floor's in turns, so that noise strikes both alike."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic, process_time
from typing import Any
from uuid import uuid4

from benchmarks.floor import floor_of
from benchmarks.staging import Sign, Stage
from workflow.engine import commands
from workflow.engine.engine import Engine
from workflow.engine.rounds.decision import Decision
from workflow.programmes.engine import open_engine

SLICE, PATIENCE = 10, 120.0
# The beginning, the end, the seconds of processor and the number of acts of one turn.
Turn = tuple[float, float, float, int]


@dataclass(frozen=True, slots=True)
class Rate:
    """What both did per second, the ratio of the two turn by turn, and the processor's seconds."""

    clients: int
    engine: float
    floor: float
    ratios: tuple[float, ...]
    processor: float
    floor_processor: float

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)


def sign_with(engine: Engine) -> Callable[[Sign], object]:
    """Signs as a page does it: every check, under a key of its own."""
    return lambda wish: commands.sign(
        engine,
        wish.person,
        Decision(wish.ref, "decision", "approve", wish.version, uuid4().hex, wish.seat_id),
    )


def measure(stage: Stage, ref: str, clients: int, turns: int) -> Rate:
    """Let so many processes sign at once, in turns with as many that do the floor's writes."""
    wanted = 2 * clients * SLICE * (turns + 1)
    signs = iter(stage.signs(stage.copies(ref, cases=-(-wanted // 2))))
    taken: dict[str, list[Turn]] = {"engine": [], "floor": []}
    with (
        _clients(stage.url, "engine", clients) as ours,
        _clients(stage.url, "floor", clients) as by,
    ):
        for number in range(turns + 1):
            pairs = [("engine", ours), ("floor", by)]
            for kind, pipes in pairs if number % 2 else pairs[::-1]:
                turn = _turn(pipes, signs)
                if number:  # The first turn warms up and is not counted.
                    taken[kind].append(turn)
    rates = {kind: [did / (end - begin) for begin, end, _, did in taken[kind]] for kind in taken}
    spent = {
        kind: statistics.median(spent / did for _, _, spent, did in taken[kind]) for kind in taken
    }
    ratios = (mine / best for mine, best in zip(rates["engine"], rates["floor"], strict=True))
    return Rate(
        clients=clients,
        engine=statistics.median(rates["engine"]),
        floor=statistics.median(rates["floor"]),
        ratios=tuple(ratios),
        processor=spent["engine"],
        floor_processor=spent["floor"],
    )


def _turn(pipes: list[Any], signs: Iterator[Sign]) -> Turn:
    for pipe in pipes:
        pipe.send(list(islice(signs, SLICE)))
    done = [_answer(pipe) for pipe in pipes]
    begins, ends, spent, did = zip(*done, strict=True)
    return min(begins), max(ends), sum(spent), sum(did)


def _answer(pipe: Any) -> Turn:
    if not pipe.poll(PATIENCE):
        raise RuntimeError("A client of the benchmark gave no answer.")
    answer: Turn = pipe.recv()
    return answer


@contextmanager
def _clients(url: str, kind: str, number: int) -> Iterator[list[Any]]:
    """So many processes that sign what they are sent."""
    context = get_context("spawn")
    made = []
    for _ in range(number):
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(url, kind, there), daemon=True)
        process.start()
        made.append((here, process))
    try:
        yield [pipe for pipe, _ in made]
    finally:
        for pipe, process in made:
            pipe.send(None)
            process.join(PATIENCE)


def _work(url: str, kind: str, pipe: "Connection[Any, Any]") -> None:
    sign = sign_with(open_engine(url)) if kind == "engine" else floor_of(url).sign
    for signs in iter(partial(pipe.recv), None):
        began, spent = monotonic(), process_time()
        for wish in signs:
            sign(wish)
        pipe.send((began, monotonic(), process_time() - spent, len(signs)))
