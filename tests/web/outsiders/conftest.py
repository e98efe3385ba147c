"""The demonstration for those who look at it from outside, with a draft that was never sent."""

import shutil
from collections.abc import Iterator

import pytest

from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, files
from tests.support.visitors import Enter, entrance
from tests.support.world import NURSES, World
from workflow.bodies.commands import Charter, SeatGiven, found_body, seat_party
from workflow.bodies.members import BOARD_MEMBER
from workflow.clock import utc_now
from workflow.demo import path
from workflow.people.commands import add_person, appoint
from workflow.people.parties import known_party
from workflow.people.sittings import Sitting

ANOTHER_BOARD = "asha.rao"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with databases.fresh_sqlite(tmp_path_factory.mktemp("outsiders"), DEMONSTRATION) as url:
        world = World(url, utc_now())
        _withdraw_unsent(world)
        _another_board(world)
        yield world
        world.engine.database.dispose()


@pytest.fixture(scope="module")
def enter(world: World, tmp_path_factory: pytest.TempPathFactory) -> Enter:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(files().root, home / "files")
    return entrance(world, home)


def _withdraw_unsent(world: World) -> None:
    """A draft that its party takes back before anybody else was sent it."""
    ref = path.begin(world, NURSES)
    world.answer(ref, "withdrawal", NURSES.submitter, "withdraw", "We shall not go on with this.")


def _another_board(world: World) -> None:
    """A board of a fund on which Brazil sits as on the Board, by somebody who is of no other office."""
    now = world.clock()
    with world.engine.transaction() as session:
        fund = found_body(
            session, "fund", Charter(kind="board", name="Board of the fund"), by=None, now=now
        )
        brazil = known_party(session, "bra")
        given = SeatGiven(party_id=brazil, place="chair", starts_on=now.date())
        seat_party(session, fund, given, by=None, now=now)
        asha = add_person(
            session, f"{ANOTHER_BOARD}@demo.example", "Asha Rao", "", now=now, password_hash="-"
        )
        appoint(
            session, asha, BOARD_MEMBER, brazil, now.date(),
            by=None, now=now, on=Sitting(fund, "fund"),
        )  # fmt: skip
