"""One wish sent more than once: clicked twenty times, cut off on the way, its key used again."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.reliability.dying import AFTER_THE_COMMIT, POINTS
from tests.reliability.field import Field, answers, approving
from tests.reliability.grounds import BOARD, Copies, ground, grounds
from tests.reliability.interleaving import BEFORE_THE_COMMIT, at_once, or_fault, stopped
from tests.support import databases
from tests.support.programs import module
from workflow.engine import commands
from workflow.engine.commands.receipts import Receipt
from workflow.engine.rounds.decision import Decision
from workflow.errors import KeyReused

WHO = "carla.duarte"


@pytest.fixture
def field(copies: Copies) -> Iterator[Field]:
    for world, ref in ground(copies, BOARD):
        yield Field.of(world, ref)


def wish(field: Field, **more: object) -> tuple[int, Decision]:
    person = field.world.person(WHO)
    seat = field.world.seat(field.ref, "decision", person)
    plain = Decision(field.ref, "decision", "approve", field.seen, uuid4().hex, seat)
    return person, replace(plain, **more)  # type: ignore[arg-type]


def test_one_wish_sent_twenty_times_at_once_is_recorded_once(field: Field) -> None:
    send = approving(field, field.one, WHO)

    receipts = at_once([send] * 20)

    assert all(isinstance(receipt, Receipt) for receipt in receipts), receipts
    assert len({r.hash for r in receipts if isinstance(r, Receipt)}) == 1
    assert answers(field.world, field.ref, "decision") == 2


def test_without_a_key_of_its_own_a_second_click_is_a_second_act(field: Field) -> None:
    person, first = wish(field)

    receipts = [commands.sign(field.one, person, replace(first, key=uuid4().hex)) for _ in range(2)]

    assert len({receipt.hash for receipt in receipts}) == 2


@pytest.mark.proof(sample=4)
@pytest.mark.processes
@pytest.mark.parametrize("point", POINTS)
def test_what_a_killed_process_had_begun_is_sent_again_and_recorded_once(
    field: Field, point: str
) -> None:
    world, (person, sent) = field.world, wish(field)
    content = asdict(sent)
    words = (world.url, world.clock().isoformat(), point, person, json.dumps(content))

    with module("tests.reliability.dying", *words) as dying:
        killed = dying.ended()
    counted = answers(world, field.ref, "decision")
    receipts = [commands.sign(field.one, person, sent) for _ in range(2)]

    assert killed == -9
    assert counted == (2 if point == AFTER_THE_COMMIT else 1)
    assert receipts[0] == receipts[1]
    assert answers(world, field.ref, "decision") == 2


@pytest.mark.postgresql
def test_what_was_cut_off_from_its_database_is_done_on_a_new_connection_and_once() -> None:
    for world, ref in ground(databases.fresh_postgresql, BOARD):
        field = Field.of(world, ref)
        send = approving(field, field.one, WHO)

        with ThreadPoolExecutor(1) as pool, stopped(field.one, BEFORE_THE_COMMIT) as stop:
            sent = pool.submit(or_fault, send)
            stop.reached()
            end_connections(field)
            stop.let_go()
        counted = answers(world, ref, "decision")
        receipts = at_once([send, send])

        assert counted == 2
        assert receipts == [sent.result(), sent.result()]
        assert answers(world, ref, "decision") == 2


def end_connections(field: Field) -> None:
    """Have the server close every other connection to the database of the case."""
    ending = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
    with field.other.transaction() as session:
        session.execute(text(ending))


@pytest.mark.proof
def test_a_repeat_after_the_answer_was_lost_is_answered_alike(copies: Copies) -> None:
    here: Field | None = None
    for world, ref in grounds(copies, BOARD):
        here = Field.again(here, world, ref)
        send = approving(here, here.one, WHO)
        lost = send()

        again = at_once([send, send])

        assert again == [lost, lost]
        assert answers(world, ref, "decision") == 2


@pytest.mark.proof
def test_a_key_used_again_for_another_case_at_the_same_moment_has_one_owner(
    copies: Copies,
) -> None:
    here: Field | None = None
    for world, ref in grounds(copies, BOARD, 2):
        before, here = here, Field.again(here, world, ref)
        if before is None:
            continue
        key = uuid4().hex
        acts = [approving(before, before.one, WHO, key), approving(here, here.other, WHO, key)]

        results = at_once(acts)

        assert {type(result) for result in results} == {Receipt, KeyReused}
        assert sum(answers(world, each.ref, "decision") for each in (before, here)) == 3


def test_a_key_used_again_with_another_content_is_refused(field: Field) -> None:
    person, first = wish(field)
    commands.sign(field.one, person, first)
    acts = [
        partial(commands.sign, field.one, person, replace(first, **other))
        for other in ({"verdict": "reject"}, {"reason": "I changed my mind."})
    ]

    results = at_once(acts)

    assert [type(result) for result in results] == [KeyReused, KeyReused]
    assert answers(field.world, field.ref, "decision") == 2


def test_a_key_that_is_not_compared_answers_for_something_else(field: Field) -> None:
    """The naive variant: whatever was kept under a key is the answer, whoever asks for what."""
    person, first = wish(field)
    kept: dict[str, Receipt] = {}

    def naive(decision: Decision) -> Receipt:
        if decision.key not in kept:
            kept[decision.key] = commands.sign(field.one, person, decision)
        return kept[decision.key]

    naive(first)
    told = naive(replace(first, verdict="reject", reason="Too dear."))

    assert told.verdict == "Approve"
