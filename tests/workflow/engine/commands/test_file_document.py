"""Filing documents and files: who may, what is refused, and what is on the trail."""

import pytest
from sqlalchemy import select

from tests.support.world import PROPOSAL, World
from tests.workflow.engine.commands.test_changed_text import answers
from tests.workflow.engine.commands.test_sign import rows, trail
from workflow.engine.commands import file_document
from workflow.engine.commands.file_document import Filing
from workflow.engine.document_models import Attachment, Document
from workflow.engine.documents.file_store import File
from workflow.engine.models import LifecycleCase, Seat
from workflow.errors import Invalid, NotAuthorised, NotFound, RoundClosed, Stale
from workflow.people.commands import appoint
from workflow.people.parties import known_party
from workflow.programmes import commands as programmes


def test_a_saved_document_is_a_new_version_with_its_event(world: World) -> None:
    ref = world.programme("draft")

    version = world.file(
        ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Nurses at a distance"}
    )

    assert version == 2
    assert trail(world, ref)[-2:] == ["document.filed", "round.rebound"]


def test_saving_the_same_text_again_writes_nothing(world: World) -> None:
    ref = world.programme("draft")
    before = rows(world)

    version = world.file(ref, "proposal", "joao.lima", PROPOSAL)

    assert version == 1
    assert rows(world) == before


def test_a_stranger_may_not_write(world: World) -> None:
    ref = world.programme("draft")
    before = rows(world)

    with pytest.raises(NotAuthorised, match="not yours to write"):
        world.file(ref, "proposal", "leilani.tau", PROPOSAL)

    assert rows(world) == before


def test_a_text_under_screening_may_not_be_changed(world: World) -> None:
    ref = world.programme("screening")

    with pytest.raises(RoundClosed, match="cannot be changed while"):
        world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "Other"})


def test_two_writers_do_not_overwrite_each_other(world: World) -> None:
    ref, jane = world.programme("draft"), world.person("jane.okello")
    with world.engine.transaction() as session:
        now, moz = world.engine.now(), known_party(session, "moz")
        appoint(session, jane, "submitter", moz, now.date(), by=None, now=now)
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "title": "First"})
    from_the_older_page = Filing(ref, "proposal", {**PROPOSAL, "title": "Second"}, 1)

    with pytest.raises(Stale, match="You saved this document yourself in the meantime"):
        programmes.save(world.engine, world.person("joao.lima"), from_the_older_page)
    with pytest.raises(Stale, match="Somebody else saved"):
        programmes.save(world.engine, jane, from_the_older_page)


@pytest.mark.proof(either=True)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total_cost", "a lot"),
        ("planned_start", "soon"),
        ("title", "x" * 201),
        ("budget", [{"source": "India", "amount": "ten"}]),
        ("budget", "all of it"),
        ("modality", "bilateral"),
        ("invented", "field"),
        ("situation", 7),
    ],
)
def test_a_value_of_the_wrong_shape_is_refused_by_its_field(
    world: World, field: str, value: object
) -> None:
    ref = world.programme("draft")

    with pytest.raises(Invalid) as refused:
        world.file(ref, "proposal", "joao.lima", {**PROPOSAL, field: value})

    assert list(refused.value.faults) == [field]


def test_a_letter_exchanged_after_a_return_is_on_the_trail(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "The letter is not signed.")
    with world.engine.reading() as session:
        letter = session.scalars(select(Attachment.id)).one()

    file_document.detach(world.engine, world.person("joao.lima"), ref, letter)

    assert "attachment.removed" in trail(world, ref)
    assert answers(world, "submission") == [("submit", "voided")]
    with pytest.raises(NotFound):
        file_document.detach(world.engine, world.person("joao.lima"), ref, letter)


def test_files_are_refused_where_the_form_takes_none(world: World) -> None:
    ref = world.programme("draft")
    letter = File("x.pdf", "application/pdf", 3, "0" * 64)

    with pytest.raises(NotFound):
        file_document.attach(world.engine, world.person("joao.lima"), ref, "no_such_kind", letter)


def test_the_same_file_is_attached_once_under_each_kind_and_name(world: World) -> None:
    ref, joao = world.programme("draft"), world.person("joao.lima")

    def attach(name: str, digest: str) -> int:
        file = File(name, "application/pdf", 3, digest * 64)
        return file_document.attach(world.engine, joao, ref, "proposal", file)

    first, again = attach("x.pdf", "0"), attach("x.pdf", "0")
    others = {attach("y.pdf", "0"), attach("x.pdf", "1")}

    assert first == again
    assert len({first, *others}) == 3
    assert trail(world, ref).count("attachment.filed") == 4


def test_a_file_that_was_taken_off_may_be_attached_again(world: World) -> None:
    ref, joao = world.programme("draft"), world.person("joao.lima")
    letter = File("x.pdf", "application/pdf", 3, "0" * 64)
    first = file_document.attach(world.engine, joao, ref, "proposal", letter)
    file_document.detach(world.engine, joao, ref, first)

    again = file_document.attach(world.engine, joao, ref, "proposal", letter)

    assert again != first


def test_every_document_mirrors_its_event(world: World) -> None:
    ref = world.programme("closed")

    with world.engine.reading() as session:
        own = (
            select(Document.id)
            .join(LifecycleCase, Document.case_id == LifecycleCase.id)
            .where(LifecycleCase.ref == ref)
        )
        filed = len(session.scalars(own).all())
        seats_left_open = session.scalars(select(Seat.id).where(Seat.status == "open")).all()

    assert trail(world, ref).count("document.filed") == filed
    assert seats_left_open == []
