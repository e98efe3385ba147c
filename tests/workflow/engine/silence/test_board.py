"""The Board's silence in the standard lifecycle, beside its meeting."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from workflow import history
from workflow.engine import commands
from workflow.engine.commands import OpenRound, extend
from workflow.engine.commands.extend import ExtendRound
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import Round
from workflow.engine.pages.actions import actions
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotAuthorised

SILENCE = "decision_by_silence"
CHAIR, MEMBER = "arjun.mehta", "carla.duarte"


def opened(world: World) -> str:
    ref = world.programme("decision")
    initiate(world, ref, CHAIR)
    return ref


def initiate(world: World, ref: str, who: str) -> None:
    command = OpenRound(ref, SILENCE, "No session before June.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person(who), command)


def rounds(world: World) -> dict[str, Round]:
    with world.engine.reading() as session:
        found = session.scalars(select(Round).where(Round.state == "decision"))
        return {each.key: each for each in found}


def lines(world: World, ref: str) -> list[str]:
    with world.engine.reading() as session:
        page = history.history_page(
            session, world.engine, ref,
            person=world.person(CHAIR), now=world.engine.now(), filters=history.HistoryFilters(),
        )  # fmt: skip
        return [str(part) for line in page.lines for part in (line.says, *line.under)]


def test_without_an_objection_the_programme_goes_to_signature(world: World):
    ref = opened(world)
    world.clock.pass_time(days=20)

    sweep(world.engine)

    assert world.state(ref) == "signature"
    assert rounds(world)[SILENCE].outcome == "adopted"
    assert rounds(world)["decision"].status == "overtaken"


def test_one_objection_leaves_the_programme_to_the_meeting(world: World):
    ref = opened(world)

    world.answer(ref, SILENCE, MEMBER, "object", "The budget is not clear.")

    assert world.state(ref) == "decision"
    assert rounds(world)[SILENCE].outcome == "broken"
    assert rounds(world)["decision"].status == "open"


def test_a_member_who_is_not_the_chair_opens_no_silence(world: World):
    ref = world.programme("decision")

    with pytest.raises(NotAuthorised, match="Board chair"):
        initiate(world, ref, MEMBER)

    assert SILENCE not in rounds(world)


@pytest.mark.parametrize(("who", "allowed"), [(CHAIR, True), (MEMBER, False)])
def test_what_is_offered_is_what_would_be_let_through(world: World, who: str, allowed: bool):
    ref = world.programme("decision")
    person, now = world.person(who), world.engine.now()

    with world.engine.reading() as session:
        case = visible_case(session, ref, person, now)
        offered = {a.round_key: a for a in actions(session, world.engine, case, person, now)}

    assert offered[SILENCE].allowed is allowed
    assert offered[SILENCE].who_can == ("Arjun Mehta",)


def test_the_end_comes_at_five_in_new_york_after_ten_days_of_work(world: World):
    ref = opened(world)
    before = rounds(world)[SILENCE].due_at
    command = ExtendRound(ref, SILENCE, "One capital asks.", world.version(ref), uuid4().hex)

    extend.extend(world.engine, world.person(CHAIR), command)

    after = rounds(world)[SILENCE].due_at
    assert {before.minute, after.minute} == {0}
    assert before.hour in {21, 22}
    assert (after - before).days in {6, 7, 8}


def test_the_history_tells_of_the_extension_and_of_the_silent(world: World):
    ref = opened(world)
    command = ExtendRound(ref, SILENCE, "One capital asks.", world.version(ref), uuid4().hex)
    extend.extend(world.engine, world.person(CHAIR), command)
    world.clock.pass_time(days=40)
    sweep(world.engine)

    told = lines(world, ref)

    assert any("put off the end of “Decision by silence”" in line for line in told)
    assert "No objection received from: Brazil, India and South Africa" in told
