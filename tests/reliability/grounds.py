"""Prepared cases to race on, copied afresh for each few races: setting up costs far more than racing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import select

from tests.support.databases import Template
from tests.support.sizes import sized
from tests.support.world import NOON, NURSES, World, furnish
from workflow.audit.models import Event
from workflow.demo import suspensions
from workflow.demo.play import Play
from workflow.engine.models import LifecycleCase

RACES = sized(3, 1000)
GENEROUS = 5 if RACES > 100 else 1
Copies = Callable[[Template], AbstractContextManager[str]]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a race begins: the state of its case, and how many such cases one copy holds."""

    state: str
    cases: int
    prepare: Callable[[Play, str], None]

    def refs(self, world: World) -> list[str]:
        """The prepared cases of a fresh copy."""
        standing = select(LifecycleCase.ref).where(LifecycleCase.state == self.state)
        with world.engine.reading() as session:
            return list(session.scalars(standing.order_by(LifecycleCase.id)))


def _two_seats_left(play: Play, ref: str) -> None:
    play.answer(ref, "decision", "arjun.mehta", "approve")


def _to_endorse(play: Play, ref: str) -> None:
    play.file(ref, "project_document", "kenji.watanabe", NURSES.texts["project_document"])
    play.answer(ref, "presentation", "kenji.watanabe", "present")


def _one_position_left(play: Play, ref: str) -> None:
    for who in ("paulo.sa", "aisyah.rahman"):
        play.answer(ref, "consultation", who, "support")


def _review_and_suspension(play: Play, ref: str) -> None:
    play.file(ref, "final_report", "beatriz.costa", NURSES.texts["final_report"])
    play.answer(ref, "completion", "beatriz.costa", "finish")
    for who in ("arjun.mehta", "carla.duarte"):
        play.answer(ref, "final_review", who, "accept")
    suspensions.propose(play, ref, "suspension", "The road is closed.")
    for who in suspensions.heard_of(NURSES):
        play.answer(ref, "suspension", who, "agree")


BOARD = Start("decision", 4 * GENEROUS, _two_seats_left)
ENDORSEMENT = Start("formulation", 2 * GENEROUS, _to_endorse)
CONSULTATION = Start("consultation", 2 * GENEROUS, _one_position_left)
DELIVERY = Start("active", 2 * GENEROUS, _review_and_suspension)
STARTS = (BOARD, ENDORSEMENT, CONSULTATION, DELIVERY)


def _fill(url: str) -> None:
    furnish(url)
    world = World(url)
    for start in STARTS:
        for _ in range(start.cases):
            world.clock.at = NOON
            start.prepare(world, world.programme(start.state))
    world.close()


PREPARED = Template("prepared", _fill)


def grounds(copies: Copies, start: Start, races: int = RACES) -> Iterator[tuple[World, str]]:
    """A world and a case for each race; what happened in a copy is verified before the next."""
    left = races
    while left:
        with copies(PREPARED) as url:
            world = World(url)
            refs = start.refs(world)[:left]
            for number, ref in enumerate(refs):
                _set_clock(world, ref, days=2 * number)
                yield world, ref
            left -= len(refs)
            world.close()


def ground(copies: Copies, start: Start) -> Iterator[tuple[World, str]]:
    """One prepared case."""
    return grounds(copies, start, 1)


def _set_clock(world: World, ref: str, days: int) -> None:
    """Begin a race after its case was last told of, and after mandates of earlier races are over."""
    last = (
        select(Event.at)
        .join(LifecycleCase, LifecycleCase.id == Event.case_id)
        .where(LifecycleCase.ref == ref)
        .order_by(Event.seq.desc())
        .limit(1)
    )
    with world.engine.reading() as session:
        world.clock.at = session.scalars(last).one()
    world.clock.pass_time(days=days, minutes=1)
