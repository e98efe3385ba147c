"""The Board and the pivotal countries as the parties that a seat of a programme is asked of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update

from tests.support.world import NURSES, World
from workflow.bodies.commands import Charter, SeatGiven, describe_body, found_body, seat_party
from workflow.bodies.models import Body, BodySeat
from workflow.demo import path
from workflow.engine.domain import Found
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.permissions.participants import parties
from workflow.errors import RoundClosed
from workflow.frameworks.terms import describe_framework
from workflow.frameworks.terms_page import terms_of
from workflow.people.models import Appointment, LeadInterest, Party
from workflow.people.parties import known_party


def found(world: World, ref: str, of: str) -> dict[str, str]:
    """The parties by key, each with why it is asked."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        asked: Found = parties(session, case, of, world.engine.now().date())
        keys = dict(session.execute(select(Party.id, Party.key)).all())
    return {keys[party]: because for party, because in asked}


def test_pivotal_countries_are_asked_by_the_areas_they_registered(world: World) -> None:
    ref = world.programme("draft")

    asked = found(world, ref, "interested")

    assert {"ind", "tha"} <= set(asked)
    assert set(asked.values()) == {"registered interest: hiv-aids"}


def test_all_pivotal_countries_are_asked_where_fewer_than_two_registered(world: World) -> None:
    ref = world.programme("draft")
    few = set(found(world, ref, "interested"))
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(delete(LeadInterest))

    asked = found(world, ref, "interested")

    assert few < set(asked)
    assert set(asked.values()) == {"pivotal country"}


def test_the_board_is_every_party_with_a_member_in_office(world: World) -> None:
    ref = world.programme("draft")

    asked = found(world, ref, "board")

    assert {"ind", "bra", "zaf"} <= set(asked)
    assert set(asked.values()) == {"seat on the Board"}


def test_a_board_that_nobody_entered_is_every_party_with_a_member_in_office(world: World) -> None:
    ref = world.programme("draft")
    seated = found(world, ref, "board")
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(update(Appointment).values(body_id=None))
        session.execute(delete(BodySeat))
        session.execute(delete(Body))

    asked = found(world, ref, "board")

    assert asked == seated
    assert found(world, ref, "board:chair") == seated


def test_the_chair_alone_is_asked_where_the_lifecycle_says_so(world: World) -> None:
    ref = world.programme("draft")

    assert set(found(world, ref, "board:chair")) == {"ind"}


def test_the_board_of_the_framework_decides_on_its_programmes(world: World) -> None:
    ref = world.programme("draft")
    now, charter = world.clock(), Charter(kind="board", name="Board of the fund")
    with world.engine.transaction() as session:
        board = found_body(session, "fund", charter, by=None, now=now)
        for key, place in (("egy", "chair"), ("cub", "member")):
            given = SeatGiven(party_id=known_party(session, key), place=place, starts_on=now.date())
            seat_party(session, board, given, by=None, now=now)
        number, terms = terms_of(session, "F7")
        describe_framework(session, number, replace(terms, body="fund"), by=None, now=now)

    assert set(found(world, ref, "board")) == {"egy", "cub"}
    assert set(found(world, ref, "board:chair")) == {"egy"}


def test_where_only_other_frameworks_have_a_board_nobody_else_decides(world: World) -> None:
    ref = world.programme("draft")
    with world.engine.transaction() as session:
        session.execute(update(Body).values(by_default=False))
    world.honest = False

    assert found(world, ref, "board") == {}


def test_a_board_with_fewer_seats_than_its_quorum_is_not_asked_and_is_once_it_has_them(
    world: World,
) -> None:
    ref = world.programme("appraisal")
    now = world.clock()
    charter = Charter(kind="board", name="Board", quorum=9, by_default=True)
    with world.engine.transaction() as session:
        board = session.scalars(select(Body.id)).one()
        describe_body(session, board, charter, by=None, now=now)

    with pytest.raises(RoundClosed, match="Board cannot decide: 3 of its seats may, and 9 must"):
        path.appraise(world, ref, NURSES)
    with world.engine.transaction() as session:
        describe_body(session, board, replace(charter, quorum=3), by=None, now=now)
    world.answer(ref, "appraisal_conclusion", "fatou.ndiaye", "recommend")

    assert {"ind", "bra", "zaf"} == set(found(world, ref, "board"))


def test_a_committee_is_asked_by_its_kind_and_none_where_none_is_entered(world: World) -> None:
    ref = world.programme("draft")
    now = world.clock()
    nobody = found(world, ref, "body:appraisal")
    with world.engine.transaction() as session:
        charter = Charter(kind="appraisal", name="Appraisal committee")
        body = found_body(session, "pac", charter, by=None, now=now)
        given = SeatGiven(party_id=known_party(session, "egy"), place="chair", starts_on=now.date())
        seat_party(session, body, given, by=None, now=now)
        describe_body(session, body, replace(charter, by_default=True), by=None, now=now)

    assert nobody == {}
    assert found(world, ref, "body:appraisal") == {"egy": "seat on the appraisal body"}


def test_a_donor_of_the_programme_is_not_asked_to_decide_on_its_own_money(world: World) -> None:
    ref = world.programme("draft")
    world.honest = False
    with world.engine.transaction() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        norway, india = known_party(session, "nor"), known_party(session, "ind")
        for party in (norway, india):
            session.add(CaseParty(case_id=case, capacity="donor", party_id=party))
        board = session.scalars(select(Body.id)).one()
        first = date(2020, 1, 1)
        session.add(BodySeat(body_id=board, party_id=norway, place="member", starts_on=first))

    asked = set(found(world, ref, "board"))

    assert "nor" not in asked
    assert "ind" in asked


def test_nobody_is_on_the_board_before_the_appointments_begin(world: World) -> None:
    ref = world.programme("draft")
    world.clock.at -= timedelta(days=40_000)

    assert found(world, ref, "board") == {}
