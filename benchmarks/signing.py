"""Sign-offs per second: the engine's and the floor's in turns, so that noise strikes both alike."""

import gc
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

from benchmarks.figures import A_SECOND, MILLISECONDS, Figure, quartiles
from benchmarks.floor import floor_of
from benchmarks.staging import Sign, Stage
from workflow.assembly.engine import open_engine
from workflow.engine import commands
from workflow.engine.engine import Engine
from workflow.engine.rounds.decision import Decision

SLICE, PATIENCE = 10, 120.0
# The beginning, the end, the seconds of processor and the number of acts of one turn.
Turn = tuple[float, float, float, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What one kind of client did, turn by turn: per second, and the processor's seconds for each."""

    rates: tuple[float, ...]
    processor: tuple[float, ...]


def sign_with(engine: Engine) -> Callable[[Sign], object]:
    """Signs as a page does it: every check, under a key of its own."""
    return lambda wish: commands.sign(
        engine,
        wish.person,
        Decision(wish.ref, "decision", "approve", wish.version, uuid4().hex, wish.seat_id),
    )


def measure(
    stage: Stage, place: str, ref: str, amount: tuple[int, int], when: str
) -> Iterator[Figure]:
    """Let so many processes sign at once, in so many turns with as many that do the floor's writes."""
    clients, turns = amount
    taken = _taken(stage, ref, clients, turns)
    ours, floor = taken["engine"], taken["floor"]
    who = "1 client" if clients == 1 else f"{clients} clients"
    what = f"sign-offs {when}, {who}"
    yield _figure(place, what, A_SECOND, (ours.rates, floor.rates))
    spent = [tuple(1000 * each for each in of.processor) for of in (ours, floor)]
    yield _figure(
        place, f"processor of a sign-off {when}, {who}", MILLISECONDS, (spent[0], spent[1])
    )


def _figure(
    place: str, what: str, unit: str, of: tuple[tuple[float, ...], tuple[float, ...]]
) -> Figure:
    ours, floor = of
    ratios = [mine / best for mine, best in zip(ours, floor, strict=True)]
    medians = statistics.median(ours), statistics.median(floor)
    return Figure("signing", place, what, unit, *medians, ratio=quartiles(ratios))


def _taken(stage: Stage, ref: str, clients: int, turns: int) -> dict[str, Taken]:
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
    return {
        kind: Taken(
            tuple(did / (end - begin) for begin, end, _, did in turns),
            tuple(spent / did for _, _, spent, did in turns),
        )
        for kind, turns in taken.items()
    }


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
    """Sign what comes until nothing does; what is there before is not looked through for rubbish.

    That is how the processes that answer browsers are begun as well.
    """
    sign = sign_with(open_engine(url)) if kind == "engine" else floor_of(url).sign
    gc.collect()
    gc.freeze()
    for signs in iter(partial(pipe.recv), None):
        began, spent = monotonic(), process_time()
        for wish in signs:
            sign(wish)
        pipe.send((began, monotonic(), process_time() - spent, len(signs)))
