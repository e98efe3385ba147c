"""A donor joins and never leads: it does not convene, decide, host, or read what is not its own before that is public."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.partners.test_agreement import DONOR, PLANNED, TERMS, Triangular
from tests.workflow.partners.vetted import listed, vetted
from workflow.demo import path
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import Incomplete, Invalid, NotAuthorised, NotFound, Refusal
from workflow.people.commands import appoint
from workflow.people.models import Party


def asked(world: World, ref: str, key: str) -> set[str]:
    """The parties that a round of a case asks."""
    seats = (
        select(Party.key)
        .join(Seat, Seat.party_id == Party.id)
        .join(Round, Round.id == Seat.round_id)
        .join(LifecycleCase, LifecycleCase.id == Round.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key)
    )
    with world.engine.reading() as session:
        return set(session.scalars(seats))


def test_a_donor_as_convenor_is_refused_at_its_field(world: World) -> None:
    texts = {**NURSES.texts, "proposal": {**NURSES.texts["proposal"], "donors": ["nor"]}}
    story = replace(NURSES, texts=texts)
    ref = path.begin(world, story)
    path.carry(world, ref, story, "lead_group")
    for who, (verdict, _) in story.positions.items():
        if verdict == "lead":
            world.answer(ref, "lead_acceptance", who, "accept")

    with pytest.raises(Invalid) as refused:
        world.answer(
            ref, "lead_confirmation", "elena.petrova", "confirm", answers={"convenor": "nor"}
        )

    assert set(refused.value.faults) == {"convenor"}
    assert world.state(ref) == "lead_group"


def test_a_donor_is_asked_neither_to_lead_nor_to_decide(world: World) -> None:
    listed(world)
    vetted(world)
    with world.engine.transaction() as session, pytest.raises(Refusal):
        appoint(
            session, world.person(DONOR), "board_member", world.party("nor"),
            world.clock().date(), by=None, now=world.clock(),
        )  # fmt: skip
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    programme.signed(ref)
    programme.answer("jane.okello", "agreeing", "agreed")

    for key in ("sending", "screening", "concluding", "agreeing", "deciding"):
        assert "nor" not in asked(world, programme.ref, key), key
    assert "nor" in asked(world, programme.ref, "appraising"), "it is heard where that is said"
    with pytest.raises(Refusal):
        programme.answer(DONOR, "deciding", "approve")


@pytest.mark.parametrize("country", ["NOR", "DEU"])
def test_a_donor_does_not_lead_a_triangular_programme(world: World, country: str) -> None:
    listed(world)

    with pytest.raises(Incomplete) as refused:
        Triangular(world, {**PLANNED, "lead_country": [country]})

    assert any("A donor never leads" in str(each) for each in refused.value.missing)


def test_an_agreement_being_written_is_known_to_the_donor_and_the_house_alone(world: World) -> None:
    listed(world)
    programme = Triangular(world, PLANNED)
    (ref,) = programme.agreements()
    world.file(ref, "agreement", DONOR, TERMS)
    known = {}
    for who in (DONOR, "jane.okello", "joao.lima", "graca.mabunda", "li.wei"):
        with world.engine.reading() as session:
            try:
                visible_case(session, ref, world.person(who), world.clock())
                known[who] = True
            except NotFound:
                known[who] = False

    assert known == {
        DONOR: True, "jane.okello": True, "joao.lima": False, "graca.mabunda": False, "li.wei": False,
    }  # fmt: skip


def test_a_donor_writes_no_text_but_its_agreement(world: World) -> None:
    listed(world)
    programme = Triangular(world, PLANNED)

    with pytest.raises(NotAuthorised):
        world.file(programme.ref, "proposal", DONOR, PLANNED)
