"""The mail server is away, or dies with a letter in its hands: every letter arrives."""

import pytest

from tests.reliability.faults.cases import Batch
from tests.reliability.faults.conftest import ON_POSTGRESQL, ON_SERVER, ON_SQLITE
from tests.reliability.faults.evidence import letters_tried
from tests.reliability.faults.processes import at_port
from tests.reliability.faults.trial import BOUND, Ground, tried
from tests.support.sizes import LASTING
from tests.support.waiting import until

pytestmark = [pytest.mark.processes, pytest.mark.proof(lasting=True, few=1)]

# In a long proof the waits between tries are true ones: the server is away for minutes.
TRIES = 3 if LASTING else 2


@ON_SQLITE
def test_letters_wait_for_a_mail_server_that_is_away(ground: Ground) -> None:
    def strike(of: Batch) -> None:
        with ground.post.away():
            until(
                lambda: letters_tried(ground.house.url, of) >= TRIES,
                saying=ground.house.said,
                patience=BOUND,
            )

    row = tried(ground, "mail server away", strike)

    assert row.letters_twice == 0


@ON_POSTGRESQL
def test_a_letter_that_a_mail_server_died_with_is_sent_again(ground: Ground) -> None:
    def strike(_: Batch) -> None:
        ground.post.office.die_with_next()
        until(ground.post.office.died.is_set, saying=ground.house.said)
        with ground.post.away():
            pass

    row = tried(ground, "mail server killed in mid-letter", strike)

    assert row.letters_twice == 0


@ON_SQLITE
def test_a_letter_that_a_worker_died_with_is_sent_again_under_its_name(ground: Ground) -> None:
    row = tried(ground, "kill -9 of a worker in mid-letter", lambda _: killed_in_mid_letter(ground))

    assert row.letters_twice <= ground.post.office.in_hand


@ON_SERVER
def test_what_a_worker_died_with_is_adopted_after_postgresql_was_restarted(ground: Ground) -> None:
    def strike(_: Batch) -> None:
        assert ground.cluster is not None
        ground.cluster.restart("fast")
        killed_in_mid_letter(ground)

    row = tried(ground, "restart of PostgreSQL, then kill -9 of a worker in mid-letter", strike)

    assert row.letters_twice <= ground.post.office.in_hand


def killed_in_mid_letter(ground: Ground) -> None:
    """Kill whoever has just handed a letter to the office and waits for its answer."""
    office = ground.post.office
    with office.holding():
        until(office.held.is_set, saying=ground.house.said)
        at_port(ground.house.folder, office.sender).kill()
