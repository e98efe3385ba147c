"""The frame of every verb: what a person writes is kept in one spelling, whichever verb it came with."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import event, select, text

from tests.support.world import World
from tests.workflow.engine.commands import test_declare, test_waive
from tests.workflow.engine.commands.test_escalate import bring_up
from tests.workflow.engine.commands.test_sign import decision, rows
from tests.workflow.engine.silence.chamber import REF, Chamber
from tests.workflow.free_text.pasted import INVISIBLE
from tests.workflow.notices.test_undelivered import lost_to, under_silence
from workflow.audit.models import Event, Opening
from workflow.clock import utc_now
from workflow.engine import commands
from workflow.engine.commands import (
    ClaimSeat,
    DeclareInterest,
    EscalateRound,
    OpenRound,
    ReassignSeat,
    RecuseSeat,
    ReleaseSeat,
    WaiveBar,
    extend,
)
from workflow.engine.commands.command import RoundCommand, SeatCommand
from workflow.engine.commands.extend import ExtendRound, ResumeClock
from workflow.engine.commands.receipts import request_digest
from workflow.engine.commands.settle_due import sweep
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, NotFound
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.record import CorrectMovement, RecordMovement
from workflow.ledger.wishes import MovementWish
from workflow.timekeeping.timekeeper import Timekeeper

JANE, HEAD = "jane.okello", "elena.petrova"
TYPED = "\r\n The South\x1eSouth road is\x0bclosed.\r\n\r\n\tCome\x85again\ufeff, please. \n"
KEPT = "The South-South road is\nclosed.\n\n Come\nagain, please."


def seated(world: World, kind: type[Any], reason: str, **more: object) -> Any:
    """A wish about Jane's seat in a screening."""
    ref = world.programme("screening")
    seat = world.seat(ref, "screening", world.person(JANE)) or 0
    said = {"ref": ref, "round": "screening", "seat": seat, "seen_version": world.version(ref)}
    return kind(**said, key=uuid4().hex, reason=reason, **more)


def a_decision(world: World, _folder: Path, reason: str) -> None:
    command = decision(world, world.programme("screening"), "screening", "return", reason=reason)
    commands.sign(world.engine, world.person(JANE), command)


def a_recusal(world: World, _folder: Path, reason: str) -> None:
    commands.recuse(world.engine, world.person(JANE), seated(world, RecuseSeat, reason))


def a_claim(world: World, _folder: Path, reason: str) -> None:
    commands.claim(world.engine, world.person(JANE), seated(world, ClaimSeat, reason))


def a_release(world: World, _folder: Path, reason: str) -> None:
    command = seated(world, ReleaseSeat, reason)
    taking = ClaimSeat(command.ref, command.round, command.seat, command.seen_version, uuid4().hex)
    commands.claim(world.engine, world.person(JANE), taking)
    commands.release(world.engine, world.person(JANE), command)


def a_handover(world: World, _folder: Path, reason: str) -> None:
    command = seated(world, ReassignSeat, reason, to=world.person("ravi.chand"))
    commands.reassign(world.engine, world.person(HEAD), command)


def a_declaration(world: World, _folder: Path, reason: str) -> None:
    ref, who = world.programme("appraisal"), test_declare.RAVI
    seat, version = test_declare.seat(world, ref), world.version(ref)
    command = DeclareInterest(ref, "appraisal", seat, version, uuid4().hex, reason, interest=True)
    commands.declare(world.engine, world.person(who), command)


def a_lifting(world: World, _folder: Path, reason: str) -> None:
    test_waive.lift(test_waive.begun(world), reason=reason)


def an_alarm(world: World, _folder: Path, reason: str) -> None:
    bring_up(world, world.programme("screening"), why=reason)


def an_initiative(world: World, _folder: Path, reason: str) -> None:
    ref = world.programme("active")
    command = OpenRound(ref, "suspension", reason, world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person(HEAD), command)


def more_time(world: World, _folder: Path, reason: str) -> None:
    ref = world.programme("consultation")
    command = ExtendRound(ref, "consultation", reason, world.version(ref), uuid4().hex)
    extend.extend(world.engine, world.person(HEAD), command)


def a_resumption(world: World, folder: Path, reason: str) -> None:
    chamber: Chamber = under_silence(world, folder, "stop")
    lost_to(world, "a2@")
    sweep(world.engine)
    command = ResumeClock(REF, "silence", reason, chamber.version, uuid4().hex)
    extend.resume_clock(world.engine, chamber._ids["chair"], command)


Send = Callable[[World, Path, str], None]
SENT: dict[type[Any], Send] = {
    ClaimSeat: a_claim,
    Decision: a_decision,
    DeclareInterest: a_declaration,
    EscalateRound: an_alarm,
    ExtendRound: more_time,
    OpenRound: an_initiative,
    ReassignSeat: a_handover,
    RecuseSeat: a_recusal,
    ReleaseSeat: a_release,
    ResumeClock: a_resumption,
    WaiveBar: a_lifting,
}
KEEPS_NONE = {ClaimSeat}


def reasons(world: World) -> list[str | None]:
    """The reasons on the trail, the oldest first."""
    told = select(Opening.value).join(Event, Event.id == Opening.event_id)
    with world.engine.reading() as session:
        return list(session.scalars(told.where(Opening.field == "reason").order_by(Event.id)))


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (ExtendRound, "extends"),
        (ResumeClock, "goes_on"),
        (OpenRound, "opens"),
        (EscalateRound, "escalates"),
    ],
)
def test_a_request_about_a_round_is_known_again_by_what_it_always_said(
    command: type[RoundCommand], what: str
) -> None:
    asked = command("P-1", "decision", "Carnival.", 3, "a key")

    assert asked.as_content() == {
        "ref": "P-1", what: "decision", "reason": "Carnival.", "seen": 3,
    }  # fmt: skip


def test_a_request_is_known_again_by_all_that_it_says_but_its_key() -> None:
    told = ReassignSeat("P-1", "decision", 2, 3, "a key", "Leave.", to=4)
    days = CorrectMovement("P-1", 2, date(2026, 3, 1), 3, "a key", "Typed twice.")
    wish = MovementWish(
        act=MoneyAct.PLEDGE, on=date(2026, 3, 1), source="ind", currency="USD", amount="10"
    )
    within = RecordMovement("P-1", wish, 3, "a key").as_content()

    assert told.as_content() == {
        "asks": "reassign", "ref": "P-1", "round": "decision", "seat": 2, "seen_version": 3,
        "reason": "Leave.", "to": 4,
    }  # fmt: skip
    assert days.as_content() == {
        "asks": "correct money", "ref": "P-1", "movement": 2, "on": "2026-03-01",
        "seen_version": 3, "reason": "Typed twice.",
    }  # fmt: skip
    assert (within["wish"]["on"], within["wish"]["rate_on"]) == ("2026-03-01", None)
    assert request_digest(within) != request_digest(days.as_content())


def test_every_verb_with_a_reason_is_among_these() -> None:
    package = importlib.import_module("workflow.engine.commands")
    modules = [
        importlib.import_module(f"{package.__name__}.{each.name}")
        for each in pkgutil.iter_modules(package.__path__)
    ]

    found = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind not in (RoundCommand, SeatCommand)
        if {"key", "reason"} <= {field.name for field in fields(kind)}
    }

    assert found == SENT.keys()


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("kind", SENT, ids=lambda kind: kind.__name__)
def test_a_reason_is_kept_with_its_words_apart(
    world: World, tmp_path: Path, kind: type[Any]
) -> None:
    SENT[kind](world, tmp_path, TYPED)

    kept = reasons(world)
    assert (KEPT in kept) == (kind not in KEEPS_NONE)
    assert [each for each in kept if each and not each.replace("\n", "").isprintable()] == []


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("kind", SENT, ids=lambda kind: kind.__name__)
def test_a_reason_with_what_no_text_may_hold_is_refused_at_its_field(
    world: World, tmp_path: Path, kind: type[Any]
) -> None:
    with pytest.raises(
        Invalid, match="No text may hold U\\+202E, RIGHT-TO-LEFT OVERRIDE"
    ) as refused:
        SENT[kind](world, tmp_path, "The road is closed.\u202e")

    assert refused.value.faults.keys() == {"reason"}
    assert not [each for each in reasons(world) if each and "\u202e" in each]


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("reason", INVISIBLE)
def test_a_reason_of_nothing_that_can_be_seen_is_none(world: World, reason: str) -> None:
    command = decision(world, world.programme("screening"), "screening", "return", reason=reason)
    before = rows(world)

    with pytest.raises(Invalid, match="needs a reason"):
        commands.sign(world.engine, world.person(JANE), command)

    assert rows(world) == before


def test_a_reason_that_is_too_long_is_refused_in_a_sentence(world: World) -> None:
    command = decision(
        world, world.programme("screening"), "screening", "return", reason="x" * 4001
    )
    before = rows(world)

    with pytest.raises(Invalid, match="at most 4000 characters; this one has 4001") as refused:
        commands.sign(world.engine, world.person(JANE), command)

    assert refused.value.faults.keys() == {"reason"}
    assert rows(world) == before


@pytest.mark.parametrize("key", ["", "\x00" * 16, "k" * 65, "two words", "\ud800", "ключ"])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    command = decision(world, world.programme("screening"), "screening", "return", reason="Late.")
    before = rows(world)

    with pytest.raises(Invalid, match="This form is damaged"):
        commands.sign(world.engine, world.person(JANE), replace(command, key=key))

    assert rows(world) == before


def test_a_case_that_cannot_be_named_is_not_there(world: World) -> None:
    command = decision(world, world.programme("screening"), "screening", "return", reason="Late.")

    with pytest.raises(NotFound):
        commands.sign(world.engine, world.person(JANE), replace(command, ref="SSC\x00"))


def test_the_same_reason_spelled_otherwise_is_a_repeat(world: World) -> None:
    command = decision(
        world, world.programme("screening"), "screening", "return", reason="Too late."
    )
    first = commands.sign(world.engine, world.person(JANE), command)

    again = commands.sign(
        world.engine, world.person(JANE), replace(command, reason="Too late.\r\n")
    )

    assert again == first


def test_a_connection_lost_while_the_clock_is_asked_after_does_not_lose_the_act(
    postgresql_house_url: str,
) -> None:
    world, other = World(postgresql_house_url), World(postgresql_house_url)
    ref, jane = world.programme("screening"), world.person(JANE)
    command = decision(world, ref, "screening", "open_consultation")
    world.engine.kept_by(Timekeeper(world.engine.database, utc_now, ran=lambda: 0.0))

    @event.listens_for(world.engine.database, "before_cursor_execute", once=True)
    def hang_up(_connection: object, cursor: Any, *_more: object) -> None:
        ending = text("select pg_terminate_backend(:pid, 5000)")
        with other.engine.transaction() as session:
            session.execute(ending, {"pid": cursor.connection.info.backend_pid})

    commands.sign(world.engine, jane, command)

    assert world.state(ref) == "consultation"
    world.close()
    other.close()


def test_an_act_that_was_prepared_before_a_table_changed_is_done_all_the_same(
    postgresql_house_url: str,
) -> None:
    world, other = World(postgresql_house_url), World(postgresql_house_url)
    refs = [world.programme("screening") for _ in range(2)]
    first, second = (decision(world, ref, "screening", "open_consultation") for ref in refs)
    commands.sign(world.engine, world.person(JANE), first)
    with other.engine.transaction() as session:
        session.execute(text("alter table round alter column paused_for type varchar(21)"))

    commands.sign(world.engine, world.person(JANE), second)

    assert world.state(refs[1]) == "consultation"
    world.close()
    other.close()
