"""A programme on a lifecycle that is shipped beside the standard one, carried by the demo's people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.engine.small_cases import opened, take_part
from workflow.engine.commands import OpenRound, initiate
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase, Round
from workflow.engine.queue.page import page
from workflow.engine.queue.query import QueueFilters
from workflow.lifecycles.loader.files import load_file
from workflow.people.commands import appoint
from workflow.programmes.commands import propose
from workflow.programmes.models import Programme

SHIPPED = Path("config/lifecycles")
BOARD = ("arjun.mehta", "carla.duarte", "sipho.dlamini")


def due_of(world: World, ref: str, round_key: str) -> datetime | None:
    """When the newest opening of a round of a case is due; nothing while its clock stands still."""
    rounds = select(Round.due_at).join(LifecycleCase, LifecycleCase.id == Round.case_id)
    newest = rounds.where(LifecycleCase.ref == ref, Round.key == round_key)
    with world.engine.reading() as session:
        return session.scalars(newest.order_by(Round.turn.desc())).first()


class Carried:
    """One programme on a lifecycle, begun by Mozambique's submitter with its facts filled in."""

    def __init__(self, world: World, name: str, content: Mapping[str, Any]) -> None:
        self.world = world
        self.definition = load_file(SHIPPED / f"{name}.toml")
        publish(world.engine, self.definition)
        party = world.party("moz")
        begun = propose(
            world.engine, world.person("joao.lima"), party, content, lifecycle=self.definition.key
        )
        self.ref = begun.ref

    @property
    def state(self) -> str:
        """The state it stands in."""
        return self.world.state(self.ref)

    def answer(self, who: str, round_key: str, verdict: str, reason: str = "") -> None:
        """One person gives one answer."""
        self.world.answer(self.ref, round_key, who, verdict, reason)

    def open(self, who: str, round_key: str, reason: str) -> None:
        """One person opens a round for others to answer."""
        world = self.world
        wish = OpenRound(self.ref, round_key, reason, world.version(self.ref), uuid4().hex)
        initiate(world.engine, world.person(who), wish)

    def due(self, round_key: str) -> datetime | None:
        """When the newest opening of a round is due; nothing while its clock stands still."""
        return due_of(self.world, self.ref, round_key)

    def board(self, round_key: str, verdict: str, reason: str = "") -> None:
        """The seats of the Board give the same answer, until it is settled."""
        before = self.state
        for who in BOARD:
            if self.state == before:
                self.answer(who, round_key, verdict, reason)

    def ready(self, who: str) -> bool:
        """Whether it stands in somebody's queue as something that they can do now."""
        world = self.world
        with world.engine.reading() as session:
            found = page(session, world.engine, world.person(who), QueueFilters(), world.clock())
        (row,) = (each for each in found.rows if each.ref == self.ref)
        return row.ready

    def wait(self, **span: int) -> None:
        """Let time pass, and have it act."""
        self.world.clock.at += timedelta(**span)
        sweep(self.world.engine)

    def appoint(self, who: str, role: str, party: str) -> None:
        """Give one of the demo's people an office more."""
        world = self.world
        with world.engine.transaction() as session:
            appoint(
                session, world.person(who), role, world.party(party),
                world.clock().date(), by=None, now=world.clock(),
            )  # fmt: skip


class CarriedPart(Carried):
    """One case that is no programme: of a party, with others taking their parts in it."""

    def __init__(
        self, world: World, name: str, party: str, **taking: str | tuple[str, ...]
    ) -> None:
        self.world, self.ref = world, f"SSC-{name}"
        self.definition = load_file(SHIPPED / f"{name}.toml")
        number = publish(world.engine, self.definition)
        title = self.definition.title
        with opened(
            world, number, self.ref, who="jane.okello", title=title, proposer=party
        ) as work:
            work.session.execute(insert(Programme).values(case_id=work.case.id))
            take_part(world, work, **taking)
