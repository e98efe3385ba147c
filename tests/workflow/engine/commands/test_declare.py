"""Interests declared before papers are shown: owed, kept from whoever has one, and on the record."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import NOON, World
from tests.workflow.engine.commands.test_sign import decision, trail
from tests.workflow.engine.permissions.test_mandates import mandate
from workflow.engine import commands, round_state
from workflow.engine.commands import DeclareInterest, RecuseSeat
from workflow.engine.commands.receipts import Receipt
from workflow.engine.models import LifecycleCase
from workflow.engine.pages.review import ReviewPage, of_round
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, NotFound, RoundClosed
from workflow.people.commands import appoint
from workflow.people.models import Appointment

RAVI, OTHER = "ravi.chand", "jane.okello"
OWED = "Say first whether you have an interest"
WHY = "My brother works for the agency."


def seat(world: World, ref: str, who: str = RAVI) -> int:
    found = world.seat(ref, "appraisal", world.person(who))
    assert found is not None
    return found


def declare(
    world: World, ref: str, who: str = RAVI, *, interest: bool = False, at: int | None = None
) -> Receipt:
    command = DeclareInterest(
        ref, "appraisal", at or seat(world, ref, who), world.version(ref), uuid4().hex,
        WHY if interest else "", interest,
    )  # fmt: skip
    return commands.declare(world.engine, world.person(who), command)


def advise(world: World, ref: str, who: str = RAVI, at: int | None = None) -> Receipt:
    """Advise without declaring anything, as `World.answer` would."""
    command = decision(world, ref, "appraisal", "recommend", seat=at or seat(world, ref, who))
    return commands.sign(world.engine, world.person(who), command)


def page(world: World, ref: str, who: str = RAVI) -> ReviewPage:
    with world.engine.reading() as session:
        person, now = world.person(who), world.engine.now()
        case = visible_case(session, ref, person, now)
        viewer = CaseViewer.of(session, world.engine, case, person, now)
        return of_round(viewer, "appraisal", 1)


def status(world: World, ref: str, at: int) -> str:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        round_ = round_state.latest(session, case, "appraisal")
    seat_state = round_.seat(at) if round_ else None
    assert seat_state is not None
    return seat_state.status


def colleague(world: World) -> None:
    """A second member of the committee."""
    with world.engine.transaction() as session:
        appoint(
            session, world.person(OTHER), "pac_member", world.party("special-unit"), NOON.date(),
            by=world.person(OTHER), now=world.engine.now(),
        )  # fmt: skip


def test_nobody_signs_who_has_not_said_whether_they_have_an_interest(world: World) -> None:
    ref = world.programme("appraisal")

    with pytest.raises(ConflictOfDuties, match=OWED):
        advise(world, ref)

    declare(world, ref)
    assert advise(world, ref).verdict == "Advise to approve"
    assert trail(world, ref).count("interest.declared") == 1


def test_the_papers_are_shown_to_a_member_who_declared_to_have_no_interest(world: World) -> None:
    ref = world.programme("appraisal")
    before = page(world, ref)

    declare(world, ref)

    after = page(world, ref)
    assert (before.withheld, before.documents, before.chosen and before.chosen.choices) == (
        True, (), (),
    )  # fmt: skip
    assert not after.withheld
    assert (len(before.answered_remarks), len(after.answered_remarks)) == (0, 1)
    assert [document.key for document in after.documents] == ["project_document"]


def test_papers_are_withheld_from_nobody_whom_the_definition_does_not_ask(world: World) -> None:
    ref = world.programme("appraisal")

    shown = page(world, ref, "graca.mabunda")

    assert not shown.withheld
    assert shown.documents
    with pytest.raises(NotFound):
        declare(world, ref, "graca.mabunda")


def test_an_interest_of_the_only_holder_takes_the_seat_out_of_the_round(world: World) -> None:
    ref = world.programme("appraisal")
    at = seat(world, ref)

    declare(world, ref, interest=True)

    assert status(world, ref, at) == "recused"
    assert trail(world, ref)[-2:] == ["interest.declared", "seat.recused"]
    assert page(world, ref).withheld


def test_an_interest_of_one_of_several_leaves_the_seat_to_the_others(world: World) -> None:
    ref = world.programme("appraisal")
    colleague(world)
    at = seat(world, ref)

    declare(world, ref, interest=True)

    assert status(world, ref, at) == "open"
    with pytest.raises(ConflictOfDuties, match="You declared an interest"):
        advise(world, ref, at=at)
    shown = next(each for each in page(world, ref).seats if each.seat == at)
    assert shown.who_can == ("Jane Okello",)
    declare(world, ref, OTHER, at=at)
    advise(world, ref, OTHER, at=at)
    assert status(world, ref, at) == "answered"


def test_whoever_has_an_interest_does_not_act_through_somebody_else(world: World) -> None:
    ref = world.programme("appraisal")
    colleague(world)
    at = seat(world, ref)
    declare(world, ref, interest=True)
    with world.engine.reading() as session:
        held = session.scalars(
            select(Appointment.id).where(
                Appointment.person_id == world.person(RAVI), Appointment.role == "pac_member"
            )
        ).one()
    mandate(world, RAVI, "paulo.sa", appointment_id=held)

    for act in (declare, advise):
        with pytest.raises(ConflictOfDuties, match="a mandate cannot lift that"):
            act(world, ref, "paulo.sa", at=at)


def test_what_was_declared_is_not_declared_again(world: World) -> None:
    ref = world.programme("appraisal")
    declare(world, ref)

    with pytest.raises(RoundClosed, match="You have said so already"):
        declare(world, ref, interest=True)


def test_an_interest_is_named(world: World) -> None:
    ref = world.programme("appraisal")
    before = trail(world, ref)
    command = DeclareInterest(
        ref, "appraisal", seat(world, ref), world.version(ref), uuid4().hex, " ", interest=True
    )

    with pytest.raises(Invalid, match="needs to be named"):
        commands.declare(world.engine, world.person(RAVI), command)

    assert trail(world, ref) == before


def test_a_stranger_declares_nothing(world: World) -> None:
    ref = world.programme("appraisal")

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        declare(world, ref, "paulo.sa", at=seat(world, ref))


def test_stepping_back_needs_no_declaration(world: World) -> None:
    ref = world.programme("appraisal")
    command = RecuseSeat(
        ref, "appraisal", seat(world, ref), "Too busy.", world.version(ref), "k" * 8
    )

    commands.recuse(world.engine, world.person(RAVI), command)

    assert trail(world, ref)[-1] == "seat.recused"
