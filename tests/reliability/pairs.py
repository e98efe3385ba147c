"""Pairs of acts that cannot both win, and how each has to end in either order."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Self
from uuid import uuid4

from sqlalchemy import func, select

from tests.reliability.grounds import BOARD, CONSULTATION, DELIVERY, ENDORSEMENT, Start
from tests.reliability.interleaving import Act, Stoppable
from tests.support.world import NURSES, World
from workflow.demo.play import Hand
from workflow.engine import commands, deadlines, extending
from workflow.engine.circumstances import offices
from workflow.engine.commands import Initiative, Recusal
from workflow.engine.decisions import Decision
from workflow.engine.engine import Engine
from workflow.engine.extending import MoreTime
from workflow.engine.filing import Filing
from workflow.engine.receipts import Receipt
from workflow.engine.records import LifecycleCase, Round, SignOff
from workflow.people import mandates
from workflow.people.commands import appoint, end_appointment
from workflow.people.mandates import Grant
from workflow.people.records import Appointment, Mandate
from workflow.programmes import commands as programmes

LAST, DELEGATE, SILENCE = "sipho.dlamini", "thandi.nkosi", "decision_by_silence"
DAY = timedelta(days=1)
# What the two acts came to, the state of the case, and how many answers stand in the round.
Ending = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Field:
    """One prepared case, and an engine of its own for each of the two."""

    world: World
    ref: str
    one: Stoppable
    other: Stoppable

    @classmethod
    def of(cls, world: World, ref: str) -> Self:
        """The case `ref` with two engines for it."""
        return cls(world, ref, world.add(Stoppable), world.add(Stoppable))

    @classmethod
    def again(cls, before: Self | None, world: World, ref: str) -> Self:
        """The next case, with the engines of the one before where it is of the same copy."""
        if before is None or before.world is not world:
            return cls.of(world, ref)
        return replace(before, ref=ref)

    @property
    def seen(self) -> int:
        """The version that a page opened now shows."""
        return self.world.version(self.ref)


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer and what conflicts with it; the endings if the one, or the other, comes first."""

    start: Start
    answer: tuple[str, str, str]
    conflict: Callable[[Field], Act]
    answer_first: Ending
    conflict_first: Ending
    prepare: Callable[[Field], None] | None = None

    def acts(self, field: Field) -> tuple[Act, Act]:
        """Both acts, ready to be sent from pages opened now."""
        if self.prepare:
            self.prepare(field)
        return answering(field, *self.answer), self.conflict(field)

    def ending(self, field: Field, results: tuple[object, object]) -> Ending:
        """How the race ended."""
        one, other = (type(result).__name__ for result in results)
        world, ref = field.world, field.ref
        return one, other, world.state(ref), answers(world, ref, self.answer[0])


def answering(field: Field, round_key: str, who: str, verdict: str) -> Act:
    """A verdict ready to be sent from a page opened now."""
    person = field.world.person(who)
    holder = field.world.person(LAST) if who == DELEGATE else person
    seat = field.world.seat(field.ref, round_key, holder)
    wish = Decision(
        field.ref, round_key, verdict, field.seen, uuid4().hex, seat, reason="Because of the road."
    )
    return partial(commands.sign, field.one, person, wish)


def approving(field: Field, engine: Engine, who: str, key: str = "") -> Callable[[], Receipt]:
    """The approval of a member of the Board, through `engine`."""
    person = field.world.person(who)
    seat = field.world.seat(field.ref, "decision", person)
    wish = Decision(field.ref, "decision", "approve", field.seen, key or uuid4().hex, seat)
    return partial(commands.sign, engine, person, wish)


def answers(world: World, ref: str, key: str) -> int:
    """How many answers stand in the round `key` of a case."""
    counted = (
        select(func.count(SignOff.id))
        .join(Round, Round.id == SignOff.round_id)
        .join(LifecycleCase, LifecycleCase.id == SignOff.case_id)
        .where(LifecycleCase.ref == ref, Round.key == key, SignOff.standing)
    )
    with world.engine.reading() as session:
        return session.scalar(counted) or 0


def _one_seat_left(field: Field) -> None:
    field.world.answer(field.ref, "decision", "carla.duarte", "approve")


def _withdraw(field: Field) -> Act:
    wish = Decision(
        field.ref, "withdrawal", "withdraw", field.seen, uuid4().hex,
        reason="The ministry changed course.",
    )  # fmt: skip
    return partial(commands.sign, field.other, field.world.person("joao.lima"), wish)


def _edit(field: Field) -> Act:
    text = {**NURSES.texts["project_document"], "strategy": "Ten provinces at once."}
    wish = Filing(field.ref, "project_document", text, 1)
    return partial(programmes.save, field.other, field.world.person("kenji.watanabe"), wish)


def _appointment(world: World, who: str) -> Appointment:
    held = select(Appointment).where(
        Appointment.person_id == world.person(who),
        Appointment.role == "board_member",
        Appointment.ends_on.is_(None),
    )
    with world.engine.reading() as session:
        return session.scalars(held).one()


def _in_office(field: Field) -> None:
    """The last approver holds the office, again if an earlier race on this copy ended it."""
    _one_seat_left(field)
    world, now = field.world, field.world.engine.now()
    person, zaf = world.person(LAST), world.party("zaf")
    with world.engine.transaction() as session:
        if ("board_member", zaf) not in offices(session, person, now.date()):
            appoint(session, person, "board_member", zaf, now.date() - DAY, by=None, now=now)


def _end_of_office(field: Field) -> Act:
    held, engine = _appointment(field.world, LAST), field.other

    def end() -> str:
        with engine.transaction() as session:
            now = engine.now()
            end_appointment(session, held.id, now.date() - DAY, by=None, now=now)
        return "ended"

    return end


def _granting(field: Field) -> Callable[[], str]:
    world, engine = field.world, field.other
    held, today = _appointment(world, LAST), world.engine.now().date()
    wish = Grant(held.id, world.person(DELEGATE), today, today + DAY, "I am on mission.")

    def give() -> str:
        with engine.transaction() as session:
            mandates.grant(session, held.person_id, wish, now=engine.now())
        return "given"

    return give


def _mandated(field: Field) -> None:
    _one_seat_left(field)
    _granting(field)()


def _revocation(field: Field) -> Act:
    person, engine = field.world.person(LAST), field.other
    with engine.reading() as session:
        newest = session.scalars(select(func.max(Mandate.id))).one()

    def take() -> str:
        with engine.transaction() as session:
            mandates.revoke(session, person, newest, now=engine.now())
        return "revoked"

    return take


def _by_delegate(field: Field) -> Act:
    person = field.world.person(DELEGATE)
    seat = field.world.seat(field.ref, "decision", field.world.person(LAST))
    wish = Decision(field.ref, "decision", "approve", field.seen, uuid4().hex, seat)
    return partial(commands.sign, field.other, person, wish)


def _sweeping(field: Field) -> Act:
    field.other.clock = Hand(field.world.clock.at + 40 * DAY)

    def settle() -> str:
        deadlines.sweep_case(field.other, field.ref)
        return "settled"

    return settle


def _recusal(field: Field) -> Act:
    person = field.world.person(LAST)
    seat = field.world.seat(field.ref, "decision", person) or 0
    wish = Recusal(field.ref, "decision", seat, "My bank.", field.seen, uuid4().hex)
    return partial(commands.recuse, field.other, person, wish)


def _silence(field: Field) -> None:
    wish = Initiative(field.ref, SILENCE, "No session before June.", field.seen, uuid4().hex)
    commands.initiate(field.world.engine, field.world.person("arjun.mehta"), wish)


def _extension(field: Field) -> Act:
    wish = MoreTime(field.ref, SILENCE, "One capital asks.", field.seen, uuid4().hex)
    return partial(extending.extend, field.other, field.world.person("arjun.mehta"), wish)


def _suspension(field: Field) -> Act:
    person = field.world.person("elena.petrova")
    seat = field.world.seat(field.ref, "suspension", person)
    wish = Decision(
        field.ref, "suspension", "carry_out", field.seen, uuid4().hex, seat, reason="No road."
    )
    return partial(commands.sign, field.other, person, wish)


APPROVAL, OBJECTION = ("decision", LAST, "approve"), (SILENCE, "carla.duarte", "object")
PAIRS = {
    "approval against withdrawal": Pair(
        BOARD, APPROVAL, _withdraw,
        ("Receipt", "Stale", "signature", 3), ("Stale", "Receipt", "withdrawn", 2),
        _one_seat_left,
    ),
    "endorsement against a new text": Pair(
        ENDORSEMENT, ("endorsement", "graca.mabunda", "endorse"), _edit,
        ("Receipt", "int", "formulation", 0), ("Stale", "int", "formulation", 0),
    ),
    "approval against the end of the office": Pair(
        BOARD, APPROVAL, _end_of_office,
        ("Receipt", "str", "signature", 3), ("NotAuthorised", "str", "decision", 2),
        _in_office,
    ),
    "a delegate's approval against the mandate being given": Pair(
        BOARD, ("decision", DELEGATE, "approve"), _granting,
        ("NotAuthorised", "str", "decision", 2), ("Receipt", "str", "signature", 3),
        _one_seat_left,
    ),
    "a delegate's approval against the mandate being revoked": Pair(
        BOARD, ("decision", DELEGATE, "approve"), _revocation,
        ("Receipt", "str", "signature", 3), ("NotAuthorised", "str", "decision", 2),
        _mandated,
    ),
    "the holder's approval against the delegate's": Pair(
        BOARD, APPROVAL, _by_delegate,
        ("Receipt", "Stale", "signature", 3), ("Stale", "Receipt", "signature", 3),
        _mandated,
    ),
    "position against the end of its time": Pair(
        CONSULTATION, ("consultation", "priya.menon", "lead"), _sweeping,
        ("Receipt", "str", "lead_group", 3), ("Stale", "str", "lead_group", 2),
    ),
    "objection against the end of a silence": Pair(
        BOARD, OBJECTION, _sweeping,
        ("Receipt", "str", "decision", 1), ("Receipt", "str", "signature", 0),
        _silence,
    ),
    "approval against recusal": Pair(
        BOARD, APPROVAL, _recusal,
        ("Receipt", "Stale", "signature", 3), ("Stale", "Receipt", "signature", 2),
        _one_seat_left,
    ),
    "objection against extension": Pair(
        BOARD, OBJECTION, _extension,
        ("Receipt", "Stale", "decision", 1), ("Stale", "Receipt", "decision", 0),
        _silence,
    ),
    "acceptance against suspension": Pair(
        DELIVERY, ("final_review", LAST, "accept"), _suspension,
        ("Receipt", "Stale", "operational_closure", 3), ("Stale", "Receipt", "suspended", 2),
    ),
}  # fmt: skip
