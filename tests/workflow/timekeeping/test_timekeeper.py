"""The timekeeper on both databases: what it refuses, tells the register, and lets go on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine as Database
from sqlalchemy import select

from tests.support.statements import asked
from workflow.audit.envelope import read_event
from workflow.audit.events.payload import Payload
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.clock import to_millisecond
from workflow.database import connect, for_reading, reading, transaction
from workflow.errors import ClockInDoubt
from workflow.people.commands import add_person
from workflow.timekeeping import records
from workflow.timekeeping.doubts import DoubtKind
from workflow.timekeeping.timekeeper import ASKS_EVERY, VOUCHES_EVERY, Timekeeper, running

DAYS = timedelta(days=40)


class Machine:
    """A machine whose clock can be set, and whose running nobody can: the true time at first."""

    def __init__(self) -> None:
        self.begun = to_millisecond(datetime.now(UTC))
        self.off, self.ran = timedelta(), 0.0

    def clock(self) -> datetime:
        return self.begun + timedelta(seconds=self.ran) + self.off

    def running(self) -> float:
        return self.ran


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def keeper(database: Database, machine: Machine) -> Timekeeper:
    return begun(database, machine)


def begun(database: Database, machine: Machine) -> Timekeeper:
    return Timekeeper(database, machine.clock, ran=machine.running)


def register(database: Database) -> list[tuple[datetime, int | None, Payload]]:
    with reading(database) as session:
        bodies = session.scalars(select(Event.body).order_by(Event.id))
        told = [read_event(body) for body in bodies]
    return [(each.at, each.person, each.what) for each in told if each.type.startswith("clock.")]


def confirmed(database: Database, machine: Machine) -> int:
    with transaction(database) as session:
        ada = add_person(
            session, "ada@example.org", "Ada", "long enough for her", now=machine.begun
        )
        return records.confirm(session, ada, machine.clock())


def test_a_right_clock_is_refused_nothing(keeper: Timekeeper) -> None:
    keeper.refuse_doubt()

    keeper.refuse_known_doubt()


def test_a_clock_that_leaps_is_refused_at_once_and_told_once(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    before = machine.clock()
    machine.off = DAYS

    for _ in range(3):
        with pytest.raises(ClockInDoubt, match="Nothing is decided or recorded"):
            keeper.refuse_doubt()

    ((at, person, _),) = register(database)
    assert (person, at - before < timedelta(minutes=1)) == (None, True)
    assert verify(database).sound


def test_what_was_seen_is_refused_without_asking_the_database(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    machine.off = DAYS

    with asked(database) as found, pytest.raises(ClockInDoubt):
        keeper.refuse_known_doubt()

    assert (found.readings, found.writings) == ([], [])


def test_a_right_clock_costs_one_question_in_ten_seconds(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()

    with asked(database) as found:
        for _ in range(100):
            machine.ran += ASKS_EVERY / 101
            keeper.refuse_doubt()
        early = len(found.readings)

    assert early == 0


def test_a_doubt_ends_by_itself_when_the_clock_is_set_right(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    machine.off = DAYS
    first = keeper.doubt()
    machine.off, machine.ran = timedelta(), 40

    keeper.refuse_doubt()

    assert first is not None
    with reading(database) as session:
        assert records.doubts(session) == ()


def test_a_clock_goes_on_when_a_person_confirms_it_and_the_register_tells_who(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    machine.off = DAYS
    keeper.doubt()

    count = confirmed(database, machine)
    keeper.refuse_doubt()

    assert count == 1
    assert [bool(person) for _, person, _ in register(database)] == [False, True]
    assert verify(database).sound


def test_a_confirmation_stands_for_every_process_of_the_machine(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    other = begun(database, machine)
    other.refuse_doubt()
    machine.off = DAYS
    both = [keeper.doubt(), other.doubt()]

    confirmed(database, machine)

    assert None not in both
    assert [keeper.doubt(), other.doubt(), begun(database, machine).doubt()] == [None, None, None]


def test_a_process_begun_after_the_leap_has_the_doubt_as_well(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    machine.off = timedelta(days=2)
    keeper.doubt()

    assert begun(database, machine).doubt() is not None


def test_another_leap_after_a_confirmation_is_another_doubt(
    keeper: Timekeeper, machine: Machine, database: Database
) -> None:
    keeper.refuse_doubt()
    machine.off = DAYS
    keeper.doubt()
    confirmed(database, machine)
    keeper.refuse_doubt()
    machine.off = 2 * DAYS

    assert keeper.doubt() is not None
    assert len(register(database)) == 3


def test_a_stop_of_three_days_is_no_doubt_and_one_of_forty_is_on_sqlite(
    sqlite_url: str, machine: Machine
) -> None:
    database = connect(sqlite_url)
    begun(database, machine).vouch()
    machine.ran = timedelta(days=3).total_seconds()
    short = begun(database, machine).doubt()
    machine.ran = DAYS.total_seconds()

    long = begun(database, machine).doubt()

    assert short is None
    assert long is not None
    assert long.kind is DoubtKind.STOP
    database.dispose()


def test_a_clock_that_settled_nothing_is_vouched_for_once_a_minute(
    database: Database, keeper: Timekeeper, machine: Machine
) -> None:
    keeper.vouch(settled=False)
    machine.ran = VOUCHES_EVERY - 1

    with asked(database) as found:
        keeper.vouch(settled=False)
        idle = len(found.writings)
        keeper.vouch()
        busy = len(found.writings)
        machine.ran += VOUCHES_EVERY
        keeper.vouch(settled=False)

    assert (idle, busy, len(found.writings)) == (0, 1, 2)


def test_a_clock_that_differs_from_postgresqls_is_in_doubt_from_the_start(
    postgresql_url: str, machine: Machine
) -> None:
    database = connect(postgresql_url)
    machine.off = timedelta(minutes=5)

    found = begun(database, machine).doubt()

    assert found is not None
    assert found.kind is DoubtKind.DATABASE
    database.dispose()


def test_whoever_may_only_read_has_the_doubt_without_telling_it(
    postgresql_url: str, machine: Machine
) -> None:
    database = connect(postgresql_url)
    machine.off = DAYS
    keeper = begun(for_reading(database), machine)

    found = keeper.doubt()

    assert found is not None
    assert register(database) == []
    with pytest.raises(ClockInDoubt):
        keeper.refuse_known_doubt()
    database.dispose()


def test_the_machine_counts_the_seconds_that_it_runs() -> None:
    assert 0 <= running() - running() + 1 <= 1
