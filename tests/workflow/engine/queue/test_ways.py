"""The ways to a seat: whatever mandates somebody holds, they lead exactly where authority permits."""

from datetime import timedelta
from itertools import chain, combinations
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.support.badges import queue_count
from tests.support.world import World
from tests.workflow.engine.lifecycles import edited, put, written
from tests.workflow.engine.permissions.test_agreement import commands_of, queue_of
from workflow.engine.commands.open_case import publish
from workflow.engine.queue.ways import Scope, WayIn, ways
from workflow.lifecycles.loader.files import load_file
from workflow.people.mandates import Grant, grant
from workflow.people.models import Appointment, Mandate

HOLDER, DELEGATE = "joao.lima", "elena.petrova"
OFFICE = ("submitter", 7)


def two_cases_of_two_rounds(world: World, folder: Path) -> list[str]:
    """Two drafts, each with two open rounds that ask the same office."""
    withdrawable = edited(put("rounds/withdrawal/opens", "on entry"))
    publish(world.engine, load_file(written(folder, withdrawable)))
    return [world.programme("draft"), world.programme("draft")]


def let(world: World, scopes: list[str]) -> list[int]:
    """Mandates for the holder's one office, one of each scope."""
    holder, now = world.person(HOLDER), world.engine.now()
    until = now.date() + timedelta(days=9)
    with world.engine.transaction() as session:
        held = session.scalars(select(Appointment.id).where(Appointment.person_id == holder)).one()
        return [
            grant(
                session, holder,
                Grant(held, world.person(DELEGATE), now.date(), until, "Away", scope), now=now,
            )
            for scope in scopes
        ]  # fmt: skip


def leave(world: World, standing: tuple[int, ...]) -> None:
    """Have these mandates stand and no other, without a word on the register."""
    with world.engine.transaction() as session:
        session.execute(update(Mandate).values(revoked_at=world.engine.now()))
        session.execute(update(Mandate).where(Mandate.id.in_(standing)).values(revoked_at=None))


def test_queue_and_badge_hold_what_authority_permits_under_every_set_of_mandates(
    world: World, tmp_path: Path
) -> None:
    refs = two_cases_of_two_rounds(world, tmp_path)
    everything = [*refs, world.programme("screening")]
    given = let(
        world, ["all", "round:submission", "round:withdrawal", *(f"case:{ref}" for ref in refs)]
    )
    world.honest = False
    delegate, sizes, disagreements = world.person(DELEGATE), set(), []
    sets = chain.from_iterable(combinations(given, size) for size in range(len(given) + 1))

    for standing in sets:
        leave(world, standing)
        refused = [commands_of(world, ref, delegate) for ref in everything]
        may = {seat for each in refused for seat, why in each.items() if not why}
        with world.engine.reading() as session:
            badge = queue_count(session, delegate, world.engine.now())
        queue = queue_of(world, delegate)
        sizes.add(len(may))
        if not (set(queue) == may and badge == len(may)):
            disagreements.append((standing, may, set(queue), badge))

    assert disagreements == []
    assert sizes == {0, 2, 3, 4, 5}


def test_ways_of_one_office_never_meet(world: World, tmp_path: Path) -> None:
    refs = two_cases_of_two_rounds(world, tmp_path)
    let(world, ["round:submission", f"case:{refs[0]}"])

    with world.engine.reading() as session:
        found = ways(session, world.person(DELEGATE), world.engine.now().date())

    at = [
        [way.scope for way in found if way.leads_to(found[-1].office, ref, key)]
        for ref in refs
        for key in ("submission", "withdrawal")
    ]
    assert at == [[Scope.ROUND], [Scope.CASE], [Scope.ROUND], []]


@pytest.mark.parametrize(
    ("way", "leads"),
    [
        (WayIn(Scope.OFFICE, *OFFICE), True),
        (WayIn(Scope.OFFICE, "submitter", 8), False),
        (WayIn(Scope.ROUND, *OFFICE, round_key="submission"), True),
        (WayIn(Scope.ROUND, *OFFICE, round_key="withdrawal"), False),
        (WayIn(Scope.CASE, *OFFICE, ref="SSC-1"), True),
        (WayIn(Scope.CASE, *OFFICE, ref="SSC-2"), False),
        (WayIn(Scope.CASE, *OFFICE, ref="SSC-1", beside=("submission",)), False),
    ],
)
def test_a_way_leads_as_far_as_it_says(way: WayIn, leads: bool) -> None:
    assert way.leads_to(OFFICE, "SSC-1", "submission") is leads
