"""The quorum of a board is read again when its round would settle, not only when it opens."""

from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import select

from tests.support.world import World
from workflow.bodies.commands import Charter, describe_body, end_seat
from workflow.bodies.models import Body, BodySeat
from workflow.bodies.quorum import too_few_left
from workflow.engine import commands
from workflow.engine.commands import RecuseSeat
from workflow.people.parties import known_party
from workflow.programmes.page.page import programme_page

BOARD = ("arjun.mehta", "carla.duarte", "sipho.dlamini")
TOO_FEW = "cannot decide: 2 of its seats may, and 3 must. Ask an administrator."


def quorum_is(world: World, number: int) -> None:
    with world.engine.transaction() as session:
        body = session.scalars(select(Body)).one()
        charter = Charter(kind="board", name=body.name, quorum=number, by_default=True)
        describe_body(session, body.id, charter, by=None, now=world.clock())


def steps_back(world: World, ref: str, who: str) -> str:
    """Step back from a seat of the Board; says what the round then comes to."""
    person = world.person(who)
    seat = world.seat(ref, "decision", person) or 0
    command = RecuseSeat(
        ref, "decision", seat, "My sister runs it.", world.version(ref), uuid4().hex
    )
    return commands.recuse(world.engine, person, command).explanation


def why(world: World, ref: str) -> str:
    """Why the decision is not taken, as the page of the programme says it."""
    with world.engine.reading() as session:
        page = programme_page(session, world.engine, ref, world.person(BOARD[0]), world.clock())
    (line,) = [each for each in page.open_rounds if each.key == "decision"]
    return str(line.why)


def test_a_board_of_which_too_few_are_left_decides_nothing_until_its_quorum_is_another(
    world: World,
) -> None:
    ref = world.programme("decision")
    quorum_is(world, 3)
    for who in BOARD[:2]:
        world.answer(ref, "decision", who, "approve")

    said = steps_back(world, ref, BOARD[2])

    assert TOO_FEW in said
    assert world.state(ref) == "decision"
    assert TOO_FEW in why(world, ref)
    quorum_is(world, 2)
    world.answer(ref, "decision", BOARD[0], "approve")
    assert world.state(ref) == "signature"


def test_a_seat_that_ended_after_the_round_opened_counts_for_no_quorum(world: World) -> None:
    ref = world.programme("decision")
    quorum_is(world, 3)
    with world.engine.transaction() as session:
        africa = BodySeat.party_id == known_party(session, "zaf")
        seat = session.scalars(select(BodySeat.id).where(africa)).one()
        end_seat(session, seat, world.clock().date(), by=None, now=world.clock())
    world.clock.at += timedelta(days=1)

    for who in BOARD:
        world.answer(ref, "decision", who, "approve")

    assert world.state(ref) == "decision"
    assert TOO_FEW in why(world, ref)


def test_a_body_on_which_nobody_sits_any_more_cannot_decide(world: World) -> None:
    quorum_is(world, 3)

    with world.engine.reading() as session:
        board = session.scalars(select(Body.id)).one()
        lack = too_few_left(session, board, {1, 2, 3}, date(1999, 1, 1))

    assert "cannot decide: 0 of its seats may, and 3 must." in str(lack)
