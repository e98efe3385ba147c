"""What conflicts with an answer, ready to be sent; and what has to be so before it can."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

from sqlalchemy import func, select

from tests.reliability.field import DELEGATE, LAST, Field
from tests.reliability.interleaving import Act
from tests.support.world import NURSES, World
from workflow.demo.play import Hand
from workflow.engine import commands, unit_of_work
from workflow.engine.benches import OfficeKey, appointment_at
from workflow.engine.commands import OpenRound, RecuseSeat, extend, settle_due
from workflow.engine.commands.extend import ExtendRound
from workflow.engine.commands.file_document import Filing
from workflow.engine.locked_rounds import ROUNDS
from workflow.engine.permissions.offices import offices
from workflow.engine.rounds.decision import Decision
from workflow.engine.unit_of_work import UnitOfWork
from workflow.people import mandates
from workflow.people.commands import appoint, end_appointment
from workflow.people.mandates import Grant
from workflow.people.models import Appointment, Mandate
from workflow.programmes import commands as programmes

SILENCE = "decision_by_silence"
DAY = timedelta(days=1)


def one_seat_left(field: Field) -> None:
    field.world.answer(field.ref, "decision", "carla.duarte", "approve")


def withdraw(field: Field) -> Act:
    wish = Decision(
        field.ref, "withdrawal", "withdraw", field.seen, uuid4().hex,
        reason="The ministry changed course.",
    )  # fmt: skip
    return partial(commands.sign, field.other, field.world.person("joao.lima"), wish)


def edit(field: Field) -> Act:
    text = {**NURSES.texts["project_document"], "strategy": "Ten provinces at once."}
    wish = Filing(field.ref, "project_document", text, 1)
    return partial(programmes.save, field.other, field.world.person("kenji.watanabe"), wish)


def appointment(world: World, who: str) -> Appointment:
    held = select(Appointment).where(
        Appointment.person_id == world.person(who),
        Appointment.role == "board_member",
        Appointment.ends_on.is_(None),
    )
    with world.engine.reading() as session:
        return session.scalars(held).one()


def in_office(field: Field) -> None:
    """The last approver holds the office, again if an earlier race on this copy ended it."""
    one_seat_left(field)
    world, now = field.world, field.world.engine.now()
    person, zaf = world.person(LAST), world.party("zaf")
    with world.engine.transaction() as session:
        held = offices(session, person, now.date())
        if appointment_at(held, OfficeKey("board_member", zaf)) is None:
            appoint(session, person, "board_member", zaf, now.date() - DAY, by=None, now=now)


def end_of_office(field: Field) -> Act:
    held, engine = appointment(field.world, LAST), field.other

    def end() -> str:
        with engine.transaction() as session:
            now = engine.now()
            end_appointment(session, held.id, now.date() - DAY, by=None, now=now)
        return "ended"

    return end


def granting(field: Field) -> Callable[[], str]:
    world, engine = field.world, field.other
    held, today = appointment(world, LAST), world.engine.now().date()
    wish = Grant(held.id, world.person(DELEGATE), today, today + DAY, "I am on mission.")

    def give() -> str:
        with engine.transaction() as session:
            mandates.grant(session, held.person_id, wish, now=engine.now())
        return "given"

    return give


def mandated(field: Field) -> None:
    one_seat_left(field)
    granting(field)()


def revocation(field: Field) -> Act:
    person, engine = field.world.person(LAST), field.other
    with engine.reading() as session:
        newest = session.scalars(select(func.max(Mandate.id))).one()

    def take() -> str:
        with engine.transaction() as session:
            mandates.revoke(session, person, newest, now=engine.now())
        return "revoked"

    return take


def by_delegate(field: Field) -> Act:
    person = field.world.person(DELEGATE)
    seat = field.world.seat(field.ref, "decision", field.world.person(LAST))
    wish = Decision(field.ref, "decision", "approve", field.seen, uuid4().hex, seat)
    return partial(commands.sign, field.other, person, wish)


def sweeping(field: Field) -> Act:
    field.other.clock = Hand(field.world.clock.at + 40 * DAY)

    def settle() -> str:
        """As before any act on the case: a sweep leaves a case that somebody holds to them."""
        engine, called = field.other, {"ref": field.ref}
        with engine.writing() as under_way:
            row, waiting = under_way.read(
                (unit_of_work.LOCK, called), (ROUNDS, {**called, "key": ""})
            )
            case = unit_of_work.locked(under_way, row, field.ref)
            definition = engine.definition_of(under_way, case.definition_id)
            work = UnitOfWork(under_way, case, definition, None, engine.now())
            settle_due.catch_up(work, waiting)
            work.close()
        return "settled"

    return settle


def recusal(field: Field) -> Act:
    person = field.world.person(LAST)
    seat = field.world.seat(field.ref, "decision", person) or 0
    wish = RecuseSeat(field.ref, "decision", seat, "My bank.", field.seen, uuid4().hex)
    return partial(commands.recuse, field.other, person, wish)


def silence(field: Field) -> None:
    wish = OpenRound(field.ref, SILENCE, "No session before June.", field.seen, uuid4().hex)
    commands.initiate(field.world.engine, field.world.person("arjun.mehta"), wish)


def extension(field: Field) -> Act:
    wish = ExtendRound(field.ref, SILENCE, "One capital asks.", field.seen, uuid4().hex)
    return partial(extend.extend, field.other, field.world.person("arjun.mehta"), wish)


def suspension(field: Field) -> Act:
    person = field.world.person("elena.petrova")
    seat = field.world.seat(field.ref, "suspension", person)
    wish = Decision(
        field.ref, "suspension", "suspend", field.seen, uuid4().hex, seat, reason="No road."
    )
    return partial(commands.sign, field.other, person, wish)
