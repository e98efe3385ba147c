"""Processes that are killed at any moment cost nothing that anybody was told, and nobody's help."""

import signal

import pytest

from tests.reliability.faults.cases import Batch
from tests.reliability.faults.conftest import IN_PROOFS, ON_BOTH, ON_POSTGRESQL, ON_SQLITE
from tests.reliability.faults.processes import Process
from tests.reliability.faults.slow import half_sent
from tests.reliability.faults.trial import Ground, tried
from tests.support.waiting import until

pytestmark = [pytest.mark.processes, pytest.mark.proof(lasting=True, few=1)]
MANY = 4


def working(ground: Ground) -> Process:
    """A process that does the work behind the pages: it is one that began a signer.

    Where there are several it is the one that the service itself began.
    """

    def found() -> list[Process]:
        parents = {one.parent for one in ground.house.signers()}
        return [one for one in ground.house.living() if one.pid in parents]

    aides = {aide.pid for aide in ground.house.aides}
    return min(until(found, saying=ground.house.said), key=lambda one: one.pid in aides)


@ON_BOTH
def test_nothing_waits_where_nothing_is_wrong(ground: Ground) -> None:
    row = tried(ground, "none", lambda _: None)

    assert row.letters_twice == 0


@IN_PROOFS
@ON_POSTGRESQL
def test_a_killed_web_process_is_replaced(ground: Ground) -> None:
    tried(ground, "kill -9 of a web process", lambda _: ground.house.pages()[0].kill())


@ON_SQLITE
def test_every_killed_web_process_is_replaced(ground: Ground) -> None:
    def strike(_: Batch) -> None:
        for one in ground.house.pages():
            one.kill()

    tried(ground, "kill -9 of every web process", strike)


@ON_SQLITE
def test_the_work_of_a_killed_worker_is_done_by_another(ground: Ground) -> None:
    tried(ground, "kill -9 of the worker", lambda _: working(ground).kill())


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM])
@ON_POSTGRESQL
def test_the_log_is_signed_again_after_the_signer_ended(ground: Ground, by: signal.Signals) -> None:
    def strike(_: Batch) -> None:
        working(ground)
        for one in ground.house.signers():
            one.kill(by)

    tried(ground, f"{'kill -9' if by == signal.SIGKILL else 'TERM'} of the signer", strike)


@ON_POSTGRESQL
def test_a_house_killed_whole_goes_on_where_it_was(ground: Ground) -> None:
    def strike(_: Batch) -> None:
        ground.house.kill_everything()
        ground.house.serve()

    tried(ground, "kill -9 of the group, started again", strike)


@ON_SQLITE
def test_nobody_lives_on_after_the_process_that_was_started_by_hand(ground: Ground) -> None:
    def strike(_: Batch) -> None:
        ground.house.kill_first()
        until(lambda: not ground.house.of_service(), saying=ground.house.said)
        ground.house.serve()

    tried(ground, "kill -9 of the first process, started again", strike)


@ON_SQLITE
def test_a_reload_with_slow_requests_in_flight_costs_nothing(ground: Ground) -> None:
    def strike(_: Batch) -> None:
        before = {one.pid for one in ground.house.pages()}
        with half_sent(ground.house.address, MANY):
            ground.house.signal(signal.SIGHUP)
            until(
                lambda: not before & {one.pid for one in ground.house.living()},
                saying=ground.house.said,
            )

    tried(ground, "HUP with slow requests", strike)


@IN_PROOFS
@ON_POSTGRESQL
def test_a_stopped_house_leaves_nobody_behind_and_verifies(ground: Ground) -> None:
    ground.mend()

    left, said = ground.house.stop(), ground.house.command("verify")

    ground.house.serve()
    ground.sound = True
    assert left == []
    assert said.endswith("Everything is as it was recorded.\n")
