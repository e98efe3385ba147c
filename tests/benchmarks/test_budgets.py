"""What each act costs at most: statements, transactions and waits for the database.

These are budgets, not measurements: whoever makes an act cheaper lowers its line here, and whoever
makes it dearer has to say why. The database itself is listened to, so nothing passes unheard.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from cProfile import Profile
from dataclasses import dataclass
from pathlib import Path
from pstats import Stats
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url

from benchmarks.costs import Cost, Meter, metered
from benchmarks.wire import Heard
from tests.support.visitors import Visitor, entrance
from tests.support.world import World
from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.commands.settle_due import sweep
from workflow.engine.rounds.decision import Decision

BOARD = ("arjun.mehta", "carla.duarte", "sipho.dlamini")
CHAIR = BOARD[0]
# By act: what it costs at most on SQLite, and on PostgreSQL with its round trips.
Budget = Mapping[str, Cost]
SIGN_OFF: Budget = {"sqlite": Cost(10, 1, 0), "postgresql": Cost(6, 1, 2)}
# Calls of functions, which cost each act the same whatever else the machine does.
CALLS = {"sqlite": 557, "postgresql": 660}
TELLING_SIGN_OFF: Budget = {"sqlite": Cost(16, 1, 0), "postgresql": Cost(11, 1, 4)}
LATE_SIGN_OFF: Budget = {"sqlite": Cost(10, 1, 0), "postgresql": Cost(6, 1, 2)}
# The body and who sits on it today are asked again, for its quorum, whenever a round would settle.
SETTLING: Budget = {"sqlite": Cost(27, 1, 0), "postgresql": Cost(23, 1, 9)}
OPENING_SILENCE: Budget = {"sqlite": Cost(23, 3, 0), "postgresql": Cost(24, 3, 22)}
SILENCE: Budget = {"sqlite": Cost(36, 3, 0), "postgresql": Cost(36, 3, 27)}
IDLE_SWEEP: Budget = {"sqlite": Cost(1, 1, 0), "postgresql": Cost(1, 1, 3)}
# What grows with all that is ever done, read from one end to the other.
GROWING = ("sign_off", "seat", "round", "event", "opening", "notice", "delivery", "deadline",
           "document", "attachment", "lifecycle_case", "case_party", "command_key")  # fmt: skip
WHOLE = re.compile(
    # Of a case: all that anybody ever answered.
    rf"SCAN ({'|'.join(GROWING)})(_\d+)?\b|SEARCH sign_off .*ix_sign_off_case_id \(case_id=\?\)"
)
# What refers to a new row is only planned for: it would be looked for had the row replaced another.
REFERRED_TO = ("INSERT INTO round", "INSERT INTO seat")
OFFICER, AUDITOR = "jane.okello", "marie.laurent"
# A page reads in one transaction; the other one, where the clock says so, is of the session.
PAGES: Mapping[str, Budget] = {
    "/": {"sqlite": Cost(7, 1, 0), "postgresql": Cost(7, 1, 9)},
    "/queue": {"sqlite": Cost(6, 1, 0), "postgresql": Cost(6, 1, 8)},
    "/programmes": {"sqlite": Cost(14, 1, 0), "postgresql": Cost(14, 1, 16)},
    # One row by its key: what a worker forecast of it.
    "/programmes/{ref}": {"sqlite": Cost(24, 1, 0), "postgresql": Cost(24, 1, 26)},
}
# What an auditor opens, with the check of the chain that stands beside a history.
OF_AUDITOR: Mapping[str, Budget] = {
    "/notices": {"sqlite": Cost(9, 1, 0), "postgresql": Cost(9, 1, 11)},
    # What was opened under a case, and its money, is compared with what its trail tells of it.
    "/histories/{ref}": {"sqlite": Cost(36, 1, 0), "postgresql": Cost(40, 1, 43)},
}
# How many functions are called for it; what a page takes of the processor goes along with that.
CALLS_OF_A_PAGE: Mapping[str, Mapping[str, int]] = {
    "/": {"sqlite": 12_400, "postgresql": 15_200},
    "/queue": {"sqlite": 7_400, "postgresql": 8_400},
    "/programmes": {"sqlite": 24_200, "postgresql": 29_400},
    # A lifecycle with cases beside it has more rounds by which a programme can go on: evaluations, lessons, notices.
    "/programmes/{ref}": {"sqlite": 33_500, "postgresql": 38_300},
}


@dataclass(frozen=True, slots=True)
class Stand:
    """A world whose database is listened to."""

    world: World
    meter: Meter
    kind: str

    def keeps(self, act: Callable[[], object], budget: Budget) -> None:
        """Do something, and hold that it cost no more than this."""
        cost = self.meter.cost(act)
        most = budget[self.kind]
        told = "\n".join(self.meter.heard.statements)
        dearer = [
            f"{name}: {getattr(cost, name)} of {getattr(most, name)}"
            for name in Cost.__slots__
            if getattr(cost, name) > getattr(most, name)
        ]
        assert not dearer, f"{dearer}, all in all {cost}:\n{told}"

    def looks_through(self) -> list[str]:
        """Where SQLite reads all that people ever did, here or in a case, for what was asked last."""
        if self.kind != "sqlite":
            return []
        with self.world.engine.database.connect() as connection:
            return [
                f"{step}: {statement}"
                for statement in self.meter.heard.statements
                if not statement.startswith(REFERRED_TO)
                for *_, step in connection.exec_driver_sql(f"explain query plan {statement}")
                if WHOLE.match(step)
            ]

    def sign(self, ref: str, who: str) -> Callable[[], object]:
        """What gives an approval of the Board, made ready."""
        person = self.world.person(who)
        seat = self.world.seat(ref, "decision", person)
        version = self.world.version(ref)
        wish = Decision(ref, "decision", "approve", version, uuid4().hex, seat)
        return lambda: commands.sign(self.world.engine, person, wish)


@pytest.fixture
def stand(house_url: str) -> Iterator[Stand]:
    with metered(house_url) as meter, closing(World(meter.url)) as world:
        meter.listen(world.engine.database)
        yield Stand(world, meter, make_url(house_url).get_backend_name())


def decided(stand: Stand) -> str:
    """A programme before the Board, with definitions known."""
    ref = stand.world.programme("decision")
    stand.sign(ref, BOARD[0])()
    return ref


def test_a_sign_off_in_time(stand: Stand) -> None:
    ref = decided(stand)

    stand.keeps(stand.sign(ref, BOARD[1]), SIGN_OFF)

    of_case = [each for each in stand.meter.heard.statements if "UPDATE lifecycle_case" in each]
    assert stand.looks_through() == []
    assert len(of_case) == 1
    assert not any(named in of_case[0] for named in ("title", "state", "stage", "entered_at"))


def test_a_sign_off_makes_so_many_calls(house_url: str) -> None:
    with closing(World(house_url)) as world:
        stand = Stand(world, Meter(house_url, Heard()), make_url(house_url).get_backend_name())
        sign = stand.sign(decided(stand), BOARD[1])
        profile = Profile()

        profile.runcall(sign)

    assert Stats(profile).total_calls <= CALLS[stand.kind]  # type: ignore[attr-defined]


def test_a_sign_off_where_time_is_over_and_nothing_happens(stand: Stand) -> None:
    ref = decided(stand)
    stand.world.clock.pass_time(days=400)
    sweep(stand.world.engine)

    stand.keeps(stand.sign(ref, BOARD[1]), LATE_SIGN_OFF)


def test_a_sign_off_that_first_tells_people_that_it_is_late(stand: Stand) -> None:
    ref = decided(stand)
    stand.world.clock.pass_time(days=400)

    stand.keeps(stand.sign(ref, BOARD[1]), TELLING_SIGN_OFF)

    assert stand.looks_through() == []


def test_a_sign_off_that_settles_the_round(stand: Stand) -> None:
    ref = decided(stand)
    stand.sign(ref, BOARD[1])()

    stand.keeps(stand.sign(ref, BOARD[2]), SETTLING)

    assert stand.world.state(ref) == "signature"
    assert stand.looks_through() == []
    # Of the round that settled and of the one that opened; the timer, which opens as well, is told nothing.
    told = [each for each in stand.meter.heard.statements if "INTO notice" in each]
    assert "".join(told).count("INTO notice") == 2


def test_the_opening_of_a_silence(stand: Stand) -> None:
    ref = stand.world.programme("decision")

    stand.keeps(lambda: silence(stand, ref), OPENING_SILENCE)

    assert stand.looks_through() == []


def test_a_silence_that_ends(stand: Stand) -> None:
    ref = stand.world.programme("decision")
    silence(stand, ref)
    stand.world.clock.pass_time(days=20)

    stand.keeps(lambda: sweep(stand.world.engine), SILENCE)

    assert stand.world.state(ref) == "signature"
    assert stand.looks_through() == []


def test_a_sweep_that_finds_nothing_due(stand: Stand) -> None:
    decided(stand)

    stand.keeps(lambda: sweep(stand.world.engine), IDLE_SWEEP)


@pytest.mark.parametrize("opened", PAGES)
def test_a_page(stand: Stand, tmp_path: Path, opened: str) -> None:
    address = opened.format(ref=decided(stand))
    visitor = entrance(stand.world, tmp_path)(OFFICER)
    visitor.page(address)

    stand.keeps(lambda: visitor.page(address), PAGES[opened])

    # Now and then a page looks at the health of the house, or notes that its reader is there.
    usual = min(calls_of(visitor, address) for _ in range(3))
    assert usual <= CALLS_OF_A_PAGE[opened][stand.kind]


@pytest.mark.parametrize("opened", OF_AUDITOR)
def test_a_page_of_an_auditor(stand: Stand, tmp_path: Path, opened: str) -> None:
    address = opened.format(ref=decided(stand))
    visitor = entrance(stand.world, tmp_path)(AUDITOR)
    visitor.page(address)

    stand.keeps(lambda: visitor.page(address), OF_AUDITOR[opened])


def calls_of(visitor: Visitor, address: str) -> int:
    """How many calls it takes to open a page once."""
    profile = Profile()
    profile.runcall(visitor.page, address)
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined]


def silence(stand: Stand, ref: str) -> None:
    """Let the chair put the text to the Board under silence."""
    world = stand.world
    wish = OpenRound(ref, "decision_by_silence", "No session.", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person(CHAIR), wish)
