"""Letters of appointment as files: on record for good, and open to three kinds of people alone."""

import hashlib

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from workflow.audit.models import Event, Opening
from workflow.audit.verification.verify import verify
from workflow.engine.document_models import Attachment
from workflow.engine.documents.file_store import File
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.offices.letters import (
    file_letter,
    letters_of,
    may_read,
    readable_letter,
    readable_letters,
    withdraw_letter,
)
from workflow.people.models import Appointment

ARJUN, NALEDI = "arjun.mehta", "naledi.khumalo"
SCAN = File("letter.pdf", "application/pdf", 7, hashlib.sha256(b"%PDF-1.").hexdigest())


def term(world: World) -> int:
    with world.engine.reading() as session:
        held = select(Appointment.id).where(Appointment.person_id == world.person(ARJUN))
        return session.scalars(held.order_by(Appointment.id).limit(1)).one()


def filed(world: World, file: File = SCAN, by: str = NALEDI) -> int:
    with world.engine.transaction() as session:
        return file_letter(session, term(world), file, by=world.person(by), now=world.clock())


def test_a_letter_is_on_record_once_with_its_digest_on_the_register(world: World) -> None:
    number, again = filed(world), filed(world)

    with world.engine.reading() as session:
        (letter,) = letters_of(session, term(world))
        event = session.scalars(select(Event).where(Event.type == "appointment.letter_filed")).one()
        name = session.scalars(select(Opening.value).where(Opening.event_id == event.id)).one()
    assert number == again == letter.id
    assert SCAN.digest.encode() in bytes(event.body)
    assert b"letter.pdf" not in bytes(event.body)
    assert name == "letter.pdf"
    assert verify(world.engine.database).sound


def test_a_letter_that_was_changed_behind_the_register_is_found(world: World) -> None:
    number = filed(world)
    world.honest = False
    with world.engine.transaction() as session:
        other = hashlib.sha256(b"another").hexdigest()
        session.execute(update(Attachment).where(Attachment.id == number).values(digest=other))

    assert not verify(world.engine.database).sound


def test_only_an_administrator_files_one_and_only_of_an_appointment(world: World) -> None:
    with pytest.raises(NotAuthorised, match="Only an administrator"):
        filed(world, by=ARJUN)
    with world.engine.transaction() as session, pytest.raises(NotFound):
        file_letter(session, 9999, SCAN, by=world.person(NALEDI), now=world.clock())

    with world.engine.reading() as session:
        assert letters_of(session, term(world)) == ()


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        (ARJUN, True), (NALEDI, True), ("marie.laurent", True), ("joao.lima", False),
        ("jane.okello", False), ("carla.duarte", False),
    ],
)  # fmt: skip
def test_it_is_open_to_auditors_administrators_and_whoever_was_appointed(
    world: World, who: str, reads: bool
) -> None:
    number, today = filed(world), world.clock().date()
    person, holder = world.person(who), world.person(ARJUN)

    with world.engine.reading() as session:
        found = readable_letters(session, holder, person, today)
        if reads:
            assert readable_letter(session, number, person, today).filename == "letter.pdf"
        else:
            with pytest.raises(NotFound, match="no such letter"):
                readable_letter(session, number, person, today)

    assert bool(found) is reads


def taken_back(world: World, number: int, why: str = "Of somebody else.", by: str = NALEDI) -> None:
    with world.engine.transaction() as session:
        withdraw_letter(session, number, why, by=world.person(by), now=world.clock())


def test_a_letter_that_was_taken_back_is_open_to_auditors_alone_and_may_be_filed_again(
    world: World,
) -> None:
    number, today = filed(world), world.clock().date()
    arjun, naledi, marie = (world.person(who) for who in (ARJUN, NALEDI, "marie.laurent"))

    taken_back(world, number)

    with world.engine.reading() as session:
        (letter,) = letters_of(session, term(world))
        assert letter.withdrawn_at == world.clock()
        assert readable_letters(session, arjun, arjun, today) == {}
        assert readable_letters(session, arjun, marie, today) == {term(world): (letter,)}
        assert readable_letter(session, number, marie, today).digest == SCAN.digest
        for who in (arjun, naledi):
            with pytest.raises(NotFound, match="no such letter"):
                readable_letter(session, number, who, today)
    assert filed(world) != number
    assert verify(world.engine.database).sound


def test_why_it_was_taken_back_stands_on_the_register_and_a_row_that_hides_it_is_found(
    world: World,
) -> None:
    number = filed(world)
    taken_back(world, number, "It names another country.")

    with world.engine.reading() as session:
        told = select(Event).where(Event.type == "appointment.letter_withdrawn")
        event = session.scalars(told).one()
        why = session.scalars(select(Opening.value).where(Opening.event_id == event.id)).one()
    assert why == "It names another country."
    assert SCAN.digest.encode() in bytes(event.body)
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(update(Attachment).where(Attachment.id == number).values(removed_at=None))
    assert not verify(world.engine.database).sound


@pytest.mark.parametrize(
    ("why", "by", "refusal", "said"),
    [
        ("Mistake.", ARJUN, NotAuthorised, "Only an administrator"),
        ("  ", NALEDI, Invalid, "Say why it is withdrawn"),
        ("x" * 4001, NALEDI, Invalid, "at most 4000 characters"),
    ],
)
def test_nobody_takes_a_letter_back_without_office_or_reason(
    world: World, why: str, by: str, refusal: type[Exception], said: str
) -> None:
    number = filed(world)

    with pytest.raises(refusal, match=said):
        taken_back(world, number, why, by)

    with world.engine.reading() as session:
        assert letters_of(session, term(world))[0].withdrawn_at is None


def test_a_letter_is_taken_back_once_and_only_where_there_is_one(world: World) -> None:
    number = filed(world)
    taken_back(world, number)

    with pytest.raises(Invalid, match="withdrawn already"):
        taken_back(world, number)
    with pytest.raises(NotFound, match="no such letter"):
        taken_back(world, 9999)


def test_no_file_of_a_programme_is_handed_out_as_a_letter(world: World) -> None:
    ref = world.programme("screening")
    assert ref
    with world.engine.reading() as session:
        attached = session.scalars(select(Attachment.id).order_by(Attachment.id).limit(1)).first()
        with pytest.raises(NotFound):
            readable_letter(
                session, attached or 9999, world.person("marie.laurent"), world.clock().date()
            )


def test_nobody_else_reads_it_whatever_they_hold() -> None:
    assert may_read(["auditor"], 1, 2)
    assert may_read(["administrator"], 1, 2)
    assert may_read([], 2, 2)
    assert not may_read(["unit_head", "board_chair"], 1, 2)
    assert not may_read([], 1, None)
