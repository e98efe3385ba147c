"""What stands beside a triangular programme: amendments while it runs."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.history.test_reader import page
from tests.workflow.lifecycles.amendments.amended import ENTRY, OFFICER
from tests.workflow.lifecycles.amendments.test_amendment import EXTENSION, MINOR
from tests.workflow.lifecycles.donors.test_agreement import begun
from tests.workflow.lifecycles.donors.test_agreement import sent as sent_agreement
from tests.workflow.lifecycles.shipped.carrying import BOARD, SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_triangular import (
    AGENCY,
    ALONE,
    MANAGER,
    concluded,
    sent,
)
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase
from workflow.errors import Refusal
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.models import Programme


@pytest.fixture
def running(world: World) -> Carried:
    """A triangular programme that was approved, in a house that has what stands beside it."""
    for name in ("amendment", "blocker"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    carried = sent(world, ALONE)
    concluded(carried)
    carried.board("deciding", "approve")
    return carried


def signed(running: Carried) -> None:
    """It is signed, so that it runs."""
    for who in ("elena.petrova", "graca.mabunda", "domingos.neto", AGENCY):
        running.answer(who, "signing", "sign")


def asked(running: Carried, request: dict[str, Any]) -> str:
    """The manager asks for an amendment and sends it; its reference."""
    running.answer(MANAGER, "amending", "ask", "The site was flooded.")
    below = f"{running.ref}.1"
    running.world.file(below, "request", MANAGER, request)
    running.world.answer(below, "sending", MANAGER, "send")
    return below


def test_an_amendment_runs_beside_the_programme_which_goes_on(running: Carried) -> None:
    signed(running)
    below = asked(running, MINOR)
    world = running.world
    meanwhile = running.state, world.state(below)
    world.answer(below, "classing", OFFICER, "confirm")
    world.file(below, "entry", OFFICER, ENTRY)
    world.answer(below, "putting_in_effect", OFFICER, "effect")

    assert meanwhile == ("active", "classing")
    assert (running.state, world.state(below)) == ("active", "in_effect")
    assert verify(world.engine.database).sound


def figures(running: Carried) -> tuple[str, Decimal | None]:
    """When the programme ends and what it costs, as its lists say."""
    case = select(LifecycleCase.id).where(LifecycleCase.ref == running.ref).scalar_subquery()
    asked = select(Programme.ends, Programme.budget_usd).where(Programme.case_id == case)
    with running.world.engine.reading() as session:
        return tuple(session.execute(asked).one())


def test_once_it_is_in_effect_the_figures_of_the_programme_are_those_of_the_amendment(
    running: Carried,
) -> None:
    signed(running)
    before = figures(running)
    below = asked(running, EXTENSION)
    world = running.world
    world.answer(below, "classing", OFFICER, "confirm")
    for who in BOARD:
        world.answer(below, "deciding", who, "approve")
    running.wait(hours=1)
    agreed = figures(running)
    world.file(below, "entry", OFFICER, ENTRY)
    world.answer(below, "putting_in_effect", OFFICER, "effect")
    running.wait(hours=1)
    told = [str(line.says) for line in page(world, running.ref).lines]

    assert before == agreed == ("2028-06-30", Decimal("500000.00"))
    assert figures(running) == ("2029-06-30", Decimal("500000.00"))
    assert f"What was approved is changed by {below}: dates and money are as its text says" in told
    assert verify(world.engine.database).sound


def test_an_amendment_that_is_refused_changes_nothing(running: Carried) -> None:
    signed(running)
    below = asked(running, EXTENSION)
    running.world.answer(below, "classing", OFFICER, "refuse", "This is another programme.")
    running.wait(hours=1)

    assert running.world.state(below) == "refused"
    assert figures(running) == ("2028-06-30", Decimal("500000.00"))


def test_the_board_of_the_programme_and_its_countries_are_asked_about_it(running: Carried) -> None:
    signed(running)
    below = asked(running, {**EXTENSION, "class": "substantive", "changes": ["end", "outputs"]})
    world = running.world
    world.answer(below, "classing", OFFICER, "confirm")
    for who in BOARD:
        world.answer(below, "deciding", who, "approve")
    for who in ("elena.petrova", "graca.mabunda", "domingos.neto", AGENCY):
        world.answer(below, "signing", who, "sign")

    assert world.state(below) == "agreed"


def test_a_second_amendment_is_asked_for_while_the_first_is_under_way(running: Carried) -> None:
    signed(running)
    first = asked(running, MINOR)
    running.answer(MANAGER, "amending", "ask", "And the tutors change.")

    assert running.world.state(first) == "classing"
    assert running.world.state(f"{running.ref}.2") == "draft"


def test_nobody_else_asks_for_one(running: Carried) -> None:
    signed(running)

    with pytest.raises(Refusal):
        running.answer(OFFICER, "amending", "ask", "The site was flooded.")


def test_the_programme_is_taken_back_before_its_agreement_is_signed(world: World) -> None:
    programme, ref = begun(world)
    sent_agreement(world, ref)
    programme.answer("joao.lima", "withdrawing", "withdraw", "Nobody sends people.")
    sweep(world.engine)

    assert (programme.state, world.state(ref)) == ("withdrawn", "programme_over")
