"""The past as it stood: folded from the events until then, and equal to what was seen then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.support.world import NURSES, World
from workflow.demo import path
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import Document, LifecycleCase, Round, Seat, SignOff
from workflow.errors import NotFound
from workflow.oversight.as_of.case import AsOfPage, as_of_page

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


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

    assert all_on(world, today(world), OFFICER).total == 0
    assert [line.ref for line in all_on(world, today(world)).lines] == [ref]


def test_the_portfolio_tells_each_day_as_each_case_does(world: World) -> None:
    first = world.programme("draft")
    begun = today(world)
    world.clock.pass_time(days=3)
    second = world.programme("screening")
    between = today(world)
    world.clock.pass_time(days=3)
    carry(world, first, "consultation")
    carry(world, second, "formulation")

    pages = {day: all_on(world, day) for day in (begun, between, today(world))}

    assert [len(page.lines) for page in pages.values()] == [1, 2, 2]
    for day, page in pages.items():
        for line in page.lines:
            alone = on(world, line.ref, day)
            assert (line.state, line.stage, line.events) == (
                alone.state, alone.stage, alone.events
            )  # fmt: skip
            assert line.since == alone.since
    assert pages[between].stages["proposal"] == 2
    assert all(line.moved for line in pages[between].lines)
    assert not any(line.moved for line in pages[today(world)].lines)


def test_the_portfolio_is_narrowed_to_a_stage_and_taken_away_whole(world: World) -> None:
    world.programme("screening")
    world.programme("consultation")

    page = all_on(world, today(world), stage="consultation")
    portions = portions_as_of(world.engine, world.person(AUDITOR), today(world), world.engine.now())
    whole = [line for _, lines in portions for line in lines]

    assert (page.found, page.total) == (1, 2)
    assert [line.stage for line in page.lines] == ["consultation"]
    assert len(whole) == 2


def test_an_earlier_title_is_told_as_it_was(world: World) -> None:
    ref = world.programme("draft")
    before = today(world)
    world.clock.pass_time(days=2)
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "تعليم الممرضات عن بعد"})

    lines = {day: all_on(world, day).lines[0] for day in (before, today(world))}

    assert lines[before].title == "Distance learning for nurses"
    assert lines[before].titled_now == "تعليم الممرضات عن بعد"
    assert lines[today(world)].title == "تعليم الممرضات عن بعد"


def test_a_title_that_only_a_draft_bore_is_told_to_those_who_take_part(world: World) -> None:
    ref = world.programme("draft")
    drafted = today(world)
    world.clock.pass_time(days=2)
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Nurses who stay"})
    world.answer(ref, "submission", "joao.lima", "submit")

    titles = {
        who: {line.ref: line.title for line in all_on(world, drafted, who).lines}[ref]
        for who in (AUDITOR, "joao.lima", "leilani.tau")
    }

    assert titles == {
        AUDITOR: "Distance learning for nurses",
        "joao.lima": "Distance learning for nurses",
        "leilani.tau": "Nurses who stay",
    }
