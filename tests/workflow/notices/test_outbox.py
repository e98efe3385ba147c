"""Notices: owed to the right people, with the reason, in the transaction of their cause."""

import pytest
from sqlalchemy import select

from tests.support.world import NURSES, World
from workflow.engine.models import LifecycleCase
from workflow.errors import Stale
from workflow.notices.models import Notice
from workflow.people.models import Person


def told(world: World, ref: str, kind: str, label: str = "") -> set[tuple[str, str, str]]:
    """Who was told of this kind, as (person, because, role)."""
    query = (
        select(Person.email, Notice.because, Notice.role)
        .join(Person, Person.id == Notice.person_id)
        .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
        .where(LifecycleCase.ref == ref, Notice.kind == kind)
    )
    if label:
        query = query.where(Notice.label == label)
    with world.engine.reading() as session:
        rows = session.execute(query).all()
    return {(email.partition("@")[0], because, role) for email, because, role in rows}


def counted(world: World) -> int:
    with world.engine.reading() as session:
        return len(session.scalars(select(Notice.id)).all())


CONSULTATION = "Consultation of pivotal countries"


def test_whoever_holds_a_seat_is_told_that_it_is_asked(world: World) -> None:
    ref = world.programme("consultation")

    asked = told(world, ref, "seat_opened", CONSULTATION)

    assert ("priya.menon", "holder", "Focal point") in asked
    assert {because for _, because, _ in asked} == {"holder"}


def test_those_who_proposed_and_those_who_answered_are_told_the_outcome(world: World) -> None:
    ref = world.programme("lead_group")

    heard = told(world, ref, "round_settled", CONSULTATION)

    assert ("joao.lima", "proposer", "Submitter") in heard
    assert ("somchai.chaiyasit", "answered", "") in heard


def test_nobody_is_told_of_an_act_of_their_own(world: World) -> None:
    ref = world.programme("screening")

    heard = {who for who, _, _ in told(world, ref, "round_settled")}

    assert "joao.lima" not in heard


def test_whose_sign_off_is_void_is_told(world: World) -> None:
    ref = world.programme("formulation")
    text = NURSES.texts["project_document"]
    world.file(ref, "project_document", "kenji.watanabe", text)
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    world.answer(ref, "endorsement", "graca.mabunda", "endorse")

    world.file(ref, "project_document", "kenji.watanabe", {**text, "strategy": "In one province."})

    who = {name for name, _, _ in told(world, ref, "signoff_voided")}
    assert who == {"graca.mabunda"}


def test_a_refusal_owes_nothing(world: World) -> None:
    ref = world.programme("consultation")
    before = counted(world)
    world.version = lambda _ref: 1  # type: ignore[method-assign]

    with pytest.raises(Stale):
        world.answer(ref, "consultation", "priya.menon", "lead")

    assert counted(world) == before


def test_a_person_in_two_seats_is_told_once(world: World) -> None:
    world.programme("active")

    with world.engine.reading() as session:
        rows = session.execute(select(Notice.case_id, Notice.event_seq, Notice.person_id)).all()

    assert len(rows) == len(set(rows)) > 0
