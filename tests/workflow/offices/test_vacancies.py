"""Offices with nobody in them: found by what waits, and told before a case comes to need them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from tests.support.statements import asked
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import asked_for
from workflow.engine.models import LifecycleCase
from workflow.offices.roles import role_book
from workflow.offices.vacancies import (
    Vacancy,
    VacantOffice,
    empty_ahead,
    held_on_bodies,
    vacancies,
)
from workflow.people.accounts.access import end_access
from workflow.people.models import Appointment


def end(world: World, role: str) -> None:
    """Let every appointment to a role have ended yesterday."""
    yesterday = world.engine.now().date() - timedelta(days=1)
    with world.engine.transaction() as session:
        held = update(Appointment).where(Appointment.role == role)
        session.execute(held.values(ends_on=yesterday))


def vacant(world: World, who: str = "jane.okello") -> tuple[Vacancy, ...]:
    with world.engine.reading() as session:
        roles = role_book(session, world.engine).labels
        return vacancies(session, roles, world.person(who), world.engine.now().date())


def ahead(world: World, ref: str) -> tuple[VacantOffice, ...]:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        definition = world.engine.definition(case.definition_id or 0, session)
        return empty_ahead(session, case.id, case.state, definition, world.engine.now().date())


def test_an_office_that_a_case_waits_for_is_vacant_once_nobody_holds_it(world: World) -> None:
    ref = world.programme("screening")
    world.honest = False
    before = vacant(world)

    end(world, "unit_officer")
    after = vacant(world)

    assert before == ()
    (found,) = after
    assert (found.role, found.party_key, found.waiting) == ("unit_officer", "special-unit", 1)
    assert [named for named, _ in found.named] == [ref]


def test_who_lost_access_holds_nothing(world: World) -> None:
    world.programme("screening")
    naledi, now = world.person("naledi.khumalo"), world.engine.now()
    with world.engine.transaction() as session:
        for who in ("jane.okello", "ravi.chand"):
            end_access(session, world.person(who), "Left.", by=naledi, now=now)

    with world.engine.reading() as session:
        held = {(role, key) for role, key, _ in held_on_bodies(session, now.date())}

    assert [each.role for each in vacant(world, "marie.laurent")] == ["unit_officer"]
    assert ("unit_officer", "special-unit") not in held
    assert ("unit_head", "special-unit") in held


def test_a_private_case_is_counted_and_not_named(world: World) -> None:
    world.programme("draft")
    world.honest = False
    end(world, "submitter")

    (found,) = vacant(world, "naledi.khumalo")

    assert (found.role, found.waiting, found.named) == ("submitter", 1, ())


@pytest.mark.parametrize(
    ("role", "office", "party"),
    [
        ("executing_agency", "Executing agency", "United Nations Development Programme"),
        ("pac_chair", "Appraisal committee chair", "Special Unit for South-South Cooperation"),
        ("board_member", "Board member", "Brazil"),
        ("finance_officer", "Finance officer", "Special Unit for South-South Cooperation"),
    ],
)
def test_a_proposal_knows_the_empty_offices_that_it_will_need(
    world: World, role: str, office: str, party: str
) -> None:
    ref = world.programme("draft")
    world.honest = False
    before = ahead(world, ref)

    end(world, role)

    new = [each for each in ahead(world, ref) if each not in before]
    assert (office, party) in [(each.role, each.party) for each in new]
    assert {each.role for each in new} == {office}


def test_a_seat_on_its_board_is_empty_where_nobody_counts_there_though_others_of_the_role_do(
    world: World,
) -> None:
    ref = world.programme("draft")
    world.honest = False
    before = ahead(world, ref)
    with world.engine.transaction() as session:
        carla = world.person("carla.duarte")
        yesterday = world.engine.now().date() - timedelta(days=1)
        session.execute(
            update(Appointment)
            .where(Appointment.role == "board_member", Appointment.person_id == carla)
            .values(ends_on=yesterday)
        )

    new = [each for each in ahead(world, ref) if each not in before]

    assert [(each.role, each.party, each.round) for each in new] == [
        ("Board member", "Brazil", "Board decision")
    ]


def test_a_programme_under_way_no_longer_needs_what_it_went_through(world: World) -> None:
    ref = world.programme("active")
    world.honest = False
    before = ahead(world, ref)

    for role in ("pac_chair", "pivotal_focal", "unit_officer", "finance_officer"):
        end(world, role)

    new = [each for each in ahead(world, ref) if each not in before]
    assert {each.role for each in new} == {"Finance officer"}


def test_an_evaluation_knows_the_empty_offices_that_it_will_need(world: World) -> None:
    ref = asked_for(world, world.programme("operational_closure")).ref
    world.honest = False
    before = ahead(world, ref)

    for role in ("evaluator", "finance_officer"):
        end(world, role)

    new = [each for each in ahead(world, ref) if each not in before]
    assert [(each.role, each.party, each.round, each.stage) for each in new] == [
        ("Evaluator", "Evaluation Office", "Acceptance of the appointment", "evaluation")
    ]


def test_what_is_asked_is_asked_once_however_much_waits(world: World) -> None:
    ref = world.programme("draft")
    vacant(world)

    with asked(world.engine.database) as few:
        vacant(world)
    for _ in range(3):
        world.programme("draft")
    with asked(world.engine.database) as more:
        vacant(world)
    with asked(world.engine.database) as for_a_case:
        ahead(world, ref)

    assert few.read == more.read <= 4
    # One of them is on which bodies a programme's framework has.
    assert for_a_case.read <= 5
