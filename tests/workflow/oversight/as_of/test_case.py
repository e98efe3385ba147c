"""The past as it stood: folded from the events until then, and equal to what was seen then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.support.world import NURSES, World
from workflow.demo import path
from workflow.engine.commands.settle_due import sweep
from workflow.engine.document_models import Document
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.errors import NotFound
from workflow.oversight.as_of.case import AsOfPage, as_of_page

AUDITOR, OFFICER, OUTSIDER = "marie.laurent", "jane.okello", "leilani.tau"


def on(world: World, ref: str, day: date, who: str = AUDITOR) -> AsOfPage:
    with world.engine.reading() as session:
        return as_of_page(session, world.engine, world.person(who), ref, day, world.engine.now())


def today(world: World) -> date:
    return world.engine.now().date()


def seen(world: World, ref: str) -> dict[str, Any]:
    """What the tables say at this moment, to be compared with the past told later."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        versions = session.execute(
            select(Document.kind, func.max(Document.version))
            .where(Document.case_id == case.id)
            .group_by(Document.kind)
        )
        rounds = session.execute(
            select(Round.key, Round.turn, Round.status).where(Round.case_id == case.id)
        )
        answers = session.execute(
            select(SignOff.verdict).where(SignOff.case_id == case.id, SignOff.standing)
        )
        seats = session.scalars(select(Seat.id).where(Seat.case_id == case.id)).all()
        return {
            "state": case.state,
            "version": case.version,
            "since": case.entered_at,
            "texts": dict(tuple(row) for row in versions),
            "rounds": sorted(tuple(row) for row in rounds),
            "answers": len(answers.all()),
            "seats": len(seats),
        }


def past(world: World, ref: str, day: date) -> dict[str, Any]:
    page = on(world, ref, day)
    _, definition = world.engine.published("programme-standard")
    states = {state.label: key for key, state in definition.states.items()}
    labels = {spec.label: spec.key for spec in definition.rounds.values()}
    rounds_ = [*page.open, *page.ended]
    return {
        "state": states[page.state],
        "version": page.version,
        "since": page.since,
        "texts": {each.kind: each.version for each in page.texts},
        "rounds": sorted((labels[each.label], each.turn, each.status) for each in rounds_),
        "answers": sum(each.answered for each in rounds_),
        "seats": sum(len(each.places) for each in rounds_),
    }


def test_each_day_of_a_whole_life_is_told_as_it_was(world: World) -> None:
    ref = world.programme("draft")
    days = {}
    for state in ("screening", "consultation", "formulation", "decision", "active", "closed"):
        days[today(world)] = seen(world, ref)
        world.clock.pass_time(days=1)
        carry(world, ref, state)
    days[today(world)] = seen(world, ref)

    told = {day: past(world, ref, day) for day in days}

    assert told == days


def carry(world: World, ref: str, state: str) -> None:
    path.carry(world, ref, NURSES, state)


def test_before_it_began_there_is_nothing(world: World) -> None:
    ref = world.programme("screening")

    page = on(world, ref, date(2020, 1, 1))

    assert (page.events, page.state, page.texts, page.open) == (0, "", (), ())
    assert page.first is not None


def test_a_day_ends_at_midnight_in_utc(world: World) -> None:
    ref = world.programme("screening")
    last = world.engine.now()
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)
    world.clock.at = end
    world.answer(ref, "screening", OFFICER, "open_consultation")

    before, after = on(world, ref, last.date()), on(world, ref, end.date())

    assert before.state == "Screening"
    assert after.state != "Screening"


def test_answers_seats_and_parties_are_named(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Open licences.")

    page = on(world, ref, today(world))

    (round_,) = (each for each in page.open if each.label.startswith("Consultation"))
    given = [place for place in round_.places if place.verdict]
    assert [(place.party, place.verdict, place.who) for place in given] == [
        ("Brazil", "Supports, with comments", "Paulo Sá")
    ]
    assert ("proposer", ("Mozambique",)) in page.parties


def test_what_took_effect_before_it_was_recorded_is_pointed_to(world: World) -> None:
    ref = world.programme("consultation")
    for who in ("paulo.sa", "priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "consultation", who, "support")
    with world.engine.reading() as session:
        due = session.scalars(select(Round.due_at).where(Round.status == "open")).first()
    assert due is not None
    world.clock.at = due + timedelta(days=2)
    sweep(world.engine)

    assert on(world, ref, due.date()).behind


def test_a_draft_of_others_has_no_past_either(world: World) -> None:
    ref = world.programme("draft")

    with pytest.raises(NotFound):
        on(world, ref, today(world), OFFICER)


def test_a_paper_that_equals_an_open_one_is_told_to_those_alone_who_read_it(world: World) -> None:
    ref = world.programme("closed")

    outside, audited = (on(world, ref, today(world), who) for who in (OUTSIDER, AUDITOR))

    same = {each.digest for each in audited.files}
    assert (len(audited.files), len(same)) == (2, 1)
    assert [each.filename for each in outside.files] == ["asset-transfer.pdf"]
