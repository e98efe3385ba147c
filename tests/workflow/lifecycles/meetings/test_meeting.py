"""A meeting is planned by the office and carried to each of its ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.world import World
from tests.workflow.meetings.house import (
    DIRECTOR,
    FIRST,
    FOCAL,
    HANGZHOU,
    OFFICER,
    REPORT,
    planned,
    published,
    reported,
)
from workflow.audit.verification.verify import verify
from workflow.engine.acts.whole import At
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Refusal, RoundClosed
from workflow.meetings.acts import call, call_off, comes

ASSURER = "oluwaseun.ade"
ONE = replace(REPORT, commitments=(FIRST,))
ACTION = {
    "number": "1",
    "recommendation": FIRST.meant,
    "response": "accepted",
    "action": FIRST.what,
    "owner": FIRST.owner,
    "due": FIRST.due.isoformat(),
}
DONE = {"result": "done", "ended_on": "2026-03-10", "evidence": "All were approached by letter."}


@pytest.fixture
def house(world: World) -> World:
    """Meetings can be planned here."""
    published(world)
    return world


def called(house: World) -> str:
    """Those invited are asked whether they come."""
    ref = planned(
        house,
        replace(
            HANGZHOU, year=2026, month="06", starts_on=date(2026, 6, 8), ends_on=date(2026, 6, 9)
        ),
    )
    call(
        house.engine,
        house.person(OFFICER),
        At(ref),
        date(2026, 5, 4),
        "Please say whether you come.",
    )
    return ref


def kept(house: World, commitment: str) -> None:
    """What was committed to is done, and accepted by somebody else."""
    house.file(commitment, "action", OFFICER, ACTION)
    house.answer(commitment, "planning", OFFICER, "plan")
    house.file(commitment, "action_end", OFFICER, DONE)
    house.answer(commitment, "reporting", OFFICER, "report")
    house.answer(commitment, "accepting", ASSURER, "accept")


def test_its_file_is_closed_once_every_commitment_has_ended(house: World) -> None:
    ref = reported(house, said=ONE)
    with pytest.raises(Refusal):
        house.answer(ref, "closing", OFFICER, "close")
    before = house.state(ref)

    kept(house, f"{ref}.1")
    house.answer(ref, "closing", OFFICER, "close")

    assert (before, house.state(f"{ref}.1"), house.state(ref)) == ("reported", "done", "closed")
    assert verify(house.engine.database).sound


def test_its_file_is_closed_where_nothing_was_committed_to(house: World) -> None:
    ref = reported(house, said=replace(REPORT, commitments=()))

    house.answer(ref, "closing", DIRECTOR, "close")

    assert house.state(ref) == "closed"


def test_nobody_who_was_invited_closes_its_file(house: World) -> None:
    ref = reported(house, said=replace(REPORT, commitments=()))

    with pytest.raises(Refusal):
        house.answer(ref, "closing", FOCAL["IND"], "close")

    assert house.state(ref) == "reported"


def test_it_is_called_off_while_it_is_planned(house: World) -> None:
    ref = planned(house)

    call_off(house.engine, house.person(OFFICER), At(ref), "There is no money for it.")

    assert house.state(ref) == "called_off"
    assert verify(house.engine.database).sound


def test_it_is_called_off_once_it_is_known_who_comes(house: World) -> None:
    ref = called(house)
    before = house.state(ref)
    comes(house.engine, house.person(FOCAL["IND"]), At(ref), comes=True)
    house.clock.at += timedelta(days=70)
    sweep(house.engine)
    prepared = house.state(ref)

    call_off(house.engine, house.person(DIRECTOR), At(ref), "Floods in the host country.")

    assert (before, prepared, house.state(ref)) == ("convened", "prepared", "called_off")
    assert verify(house.engine.database).sound


def test_one_that_was_reported_is_not_called_off(house: World) -> None:
    ref = reported(house)

    with pytest.raises(RoundClosed):
        call_off(house.engine, house.person(DIRECTOR), At(ref), "Floods in the host country.")

    assert house.state(ref) == "reported"
