"""A round that somebody opens: who may, and what it hears before it is decided."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests.support.world import NURSES, World
from tests.workflow.engine.commands.test_sign import rows
from workflow.demo import suspensions
from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.models import Round
from workflow.errors import Incomplete, NotAuthorised
from workflow.people.models import Appointment
from workflow.programmes.page.page import programme_page


def test_an_initiative_is_opened_and_answered_in_one_act(world: World) -> None:
    ref = world.programme("appraisal")

    receipt = world.answer(
        ref, "withdrawal", "joao.lima", "withdraw", "The ministry changed course."
    )

    assert receipt.state == "withdrawn"
    with world.engine.reading() as session:
        statuses = set(session.scalars(select(Round.status)))
    assert statuses == {"settled", "overtaken"}


def test_a_suspension_hears_everyone_before_the_director_decides(world: World) -> None:
    ref = world.programme("active")

    suspensions.propose(world, ref, "suspension", "Fighting in the north.")
    suspensions.decide(world, ref, "suspension", "Until the road is safe.")
    assert world.state(ref) == "active"
    for who in suspensions.heard_of(NURSES):
        world.answer(ref, "suspension", who, "agree")

    assert world.state(ref) == "suspended"


def test_only_the_deciding_role_opens_an_initiative(world: World) -> None:
    ref = world.programme("active")
    command = OpenRound(ref, "suspension", "I wish it.", world.version(ref), uuid4().hex)
    before = rows(world)

    with pytest.raises(NotAuthorised):
        commands.initiate(world.engine, world.person("joao.lima"), command)

    assert rows(world) == before


def test_whoever_screens_asks_the_other_countries_for_their_consent(world: World) -> None:
    ref = world.programme("screening")
    command = OpenRound(
        ref, "consent", "Mozambique proposes for Angola.", world.version(ref), uuid4().hex
    )

    commands.initiate(world.engine, world.person("jane.okello"), command)
    for who in ("graca.mabunda", "domingos.neto"):
        last = world.answer(ref, "consent", who, "consent")

    assert (last.outcome, world.state(ref)) == ("complete", "screening")


def test_a_country_that_does_not_consent_is_seen_by_whoever_screens(world: World) -> None:
    ref = world.programme("screening")
    command = OpenRound(ref, "consent", "A proposal for two.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person("jane.okello"), command)

    refused = world.answer(ref, "consent", "domingos.neto", "refuse", "Nobody asked us.")

    assert (refused.outcome, world.state(ref)) == ("declined", "screening")
    with pytest.raises(Incomplete):
        world.answer(ref, "screening", "jane.okello", "open_consultation")
    world.answer(ref, "screening", "jane.okello", "return", "Angola does not consent.")
    assert world.state(ref) == "returned"


def test_a_chair_that_nobody_holds_opens_nothing_and_the_refusal_and_the_page_say_who_mends_it(
    world: World,
) -> None:
    ref = world.programme("decision")
    world.honest = False
    chair = update(Appointment).where(Appointment.role == "board_chair")
    with world.engine.transaction() as session:
        session.execute(chair.values(ends_on=date(2000, 1, 2), starts_on=date(2000, 1, 1)))
    arjun, before = world.person("arjun.mehta"), rows(world)
    command = OpenRound(
        ref, "decision_by_silence", "Nobody can travel.", world.version(ref), uuid4().hex
    )

    with pytest.raises(NotAuthorised, match="as board chair for India: an administrator appoints"):
        commands.initiate(world.engine, arjun, command)

    assert rows(world) == before
    with world.engine.reading() as session:
        page = programme_page(session, world.engine, ref, arjun, world.clock())
    (barred,) = [each for each in page.may_not if each.label == "Decision by silence"]
    assert barred.who_can == (("India", ()),)
