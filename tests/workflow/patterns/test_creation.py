"""Creation patterns: who may do the work, settled by the definition."""

import pytest
from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.engine.commands.test_sign import decision
from tests.workflow.patterns.asking import parties, queued, round_
from workflow.engine import commands
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import SignOff
from workflow.errors import ConflictOfDuties, NotAuthorised
from workflow.people.commands import appoint


def named_as(world: World, who: str, role: str, party: str) -> None:
    """Let somebody hold a further office from today."""
    now = world.engine.now()
    with world.engine.transaction() as session:
        person, of = world.person(who), world.party(party)
        appoint(session, person, role, of, now.date(), by=None, now=now)


def test_wrp_01_direct_distribution(world: World) -> None:
    """A seat names one office, such as the Director's, and its holder alone is asked."""
    ref = world.programme("lead_group")
    for who in ("priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "lead_acceptance", who, "accept")

    (seat,) = round_(world, ref, "lead_confirmation").seats

    assert (seat.role, seat.party_key) == ("unit_head", "special-unit")
    assert (ref, "lead_confirmation") in queued(world, "elena.petrova")
    assert (ref, "lead_confirmation") not in queued(world, "jane.okello")


def test_wrp_02_role_based_distribution(world: World) -> None:
    """A seat asks a role of a party: every holder has it in the queue, and any may answer."""
    ref = world.programme("screening")

    both = [(ref, "screening") in queued(world, who) for who in ("jane.okello", "ravi.chand")]
    world.answer(ref, "screening", "ravi.chand", "open_consultation")

    assert both == [True, True]
    assert world.state(ref) == "consultation"


def test_wrp_03_deferred_distribution(world: World) -> None:
    """Seats are worked out from the programme when the round opens: its countries endorse it."""
    ref = world.programme("formulation")

    world.file(ref, "project_document", "kenji.watanabe", NURSES.texts["project_document"])
    world.answer(ref, "presentation", "kenji.watanabe", "present")

    assert parties(world, ref, "endorsement") == {"moz", "ago", "ind", "tha"}


def test_wrp_04_authorization(world: World) -> None:
    """Whoever does not hold the office of the seat is refused, by the same code as the button."""
    ref = world.programme("screening")

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        commands.sign(
            world.engine,
            world.person("paulo.sa"),
            decision(world, ref, "screening", "open_consultation"),
        )


def test_wrp_05_separation_of_duties(world: World) -> None:
    """Nobody decides on a text that they wrote, whatever office they hold besides."""
    ref = world.programme("screening")
    named_as(world, "joao.lima", "unit_officer", "special-unit")

    with pytest.raises(ConflictOfDuties, match="wrote the text"):
        commands.sign(
            world.engine,
            world.person("joao.lima"),
            decision(world, ref, "screening", "open_consultation"),
        )


def test_wrp_10_organisational_distribution(world: World) -> None:
    """A seat asks a role within one organisation; the same role elsewhere does not count."""
    ref = world.programme("screening")
    named_as(world, "paulo.sa", "unit_officer", "evaluation-office")

    with pytest.raises(NotAuthorised):
        commands.sign(
            world.engine,
            world.person("paulo.sa"),
            decision(world, ref, "screening", "open_consultation"),
        )


def test_wrp_11_automatic_execution(world: World) -> None:
    """A deadline answers its own seat: a returned proposal lapses with nobody acting."""
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "The letter is missing.")
    world.clock.pass_time(days=61)

    sweep(world.engine)

    with world.engine.reading() as session:
        lapse = session.scalars(select(SignOff).where(SignOff.verdict == "lapse")).one()
    assert (world.state(ref), lapse.person_id) == ("withdrawn", None)
