"""Erasing: nothing of the text is left anywhere, and everything still verifies."""

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from tests.support.world import World
from tests.workflow.erasure.acts import BASIS, SECRET, director, erased, holding, told
from workflow.audit import canonical
from workflow.audit.models import Event, Opening
from workflow.audit.verification.verify import verify
from workflow.engine.models import LifecycleCase
from workflow.erasure.erase import ErasureRequest, erase
from workflow.erasure.register import entries, read_register
from workflow.errors import Incomplete, Invalid, NotFound
from workflow.history import HistoryFilters, history_page
from workflow.people.accounts.access import end_access
from workflow.people.models import Person
from workflow.people.parties import known_party
from workflow.people.terms.requests import MAKE, OfficeWish, carry_out, confirm, decline
from workflow.vocabulary import REGISTER


def test_the_text_goes_from_every_table(world: World, ref: str) -> None:
    before = holding(world, SECRET)

    erased(world, ref)

    assert before == {"opening", "sign_off"}
    assert holding(world, SECRET) == set()


def test_everything_still_verifies_and_the_erasure_is_counted(world: World, ref: str) -> None:
    erased(world, ref)

    result = verify(world.engine.database)

    assert result.sound
    assert (result.erased, result.unexplained) == (1, 0)


def test_a_text_that_went_without_a_word_is_told_apart(world: World, ref: str) -> None:
    with world.engine.database.begin() as connection:
        connection.execute(text("delete from opening where field = 'reason'"))

    result = verify(world.engine.database)

    assert result.erased == result.unexplained > 0


def test_the_trail_says_what_was_erased_when_and_why_but_not_the_text(
    world: World, ref: str
) -> None:
    seq = erased(world, ref)

    with world.engine.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
        of = session.scalars(
            select(Event.hash).where(Event.case_id == event.case_id, Event.seq == seq)
        ).one()
        basis = session.scalars(select(Opening.value).where(Opening.event_id == event.id)).one()

    assert canonical.parse(event.body)["what"] == {
        "event": seq, "hash": of.hex(), "fields": ["reason"],
    }  # fmt: skip
    assert (event.type, event.person_id, basis) == ("text.erased", director(world), BASIS)


def test_the_history_says_content_erased_on_a_day_under_a_basis(world: World, ref: str) -> None:
    seq = erased(world, ref)

    with world.engine.reading() as session:
        page = history_page(
            session, world.engine, ref, person=director(world), now=world.clock(),
            filters=HistoryFilters(),
        )  # fmt: skip

    lines = {line.seq: line for line in page.lines}
    assert lines[seq].reason is None
    assert f"Content erased on 2026-03-10 under “{BASIS}”" in map(str, lines[seq].under)
    assert str(page.lines[0].says) == f"Reason of event {seq}: erased"


def test_the_register_holds_ids_and_no_text(world: World, ref: str) -> None:
    seq = erased(world, ref)

    with world.engine.reading() as session:
        (entry,) = entries(session)
        leaf = session.scalars(
            select(Event.hash)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == ref, Event.seq == seq)
        ).one()

    assert (entry.event, entry.field) == (leaf, "reason")
    assert SECRET not in entry.line()
    assert BASIS not in entry.line()
    assert list(read_register([entry.line(), ""])) == [entry]


@pytest.mark.parametrize(
    ("change", "refusal", "sentence"),
    [
        ({"ref": "NO-1"}, NotFound, "no case called"),
        ({"seq": 9999}, NotFound, "no event 9999"),
        ({"fields": ("colour",)}, NotFound, "no text called colour; it has reason"),
        ({"fields": ()}, Invalid, "at least one"),
        ({"basis": "  "}, Invalid, "Name the basis"),
        ({"basis": "x" * 501}, Invalid, "Name the basis"),
    ],
)
def test_what_cannot_be_erased_is_refused_and_leaves_no_trace(
    world: World, ref: str, change: dict[str, object], refusal: type[Exception], sentence: str
) -> None:
    wish = {"ref": ref, "seq": told(world, ref, "signoff.given"), "fields": ("reason",),
            "basis": BASIS} | change  # fmt: skip

    with pytest.raises(refusal, match=sentence):
        erase(world.engine, director(world), ErasureRequest(**wish))

    assert told(world, ref, "text.erased") is None
    assert holding(world, SECRET) == {"opening", "sign_off"}


def test_what_is_erased_is_not_erased_again(world: World, ref: str) -> None:
    erased(world, ref)

    with pytest.raises(NotFound, match="erased already"):
        erased(world, ref)


def test_a_title_is_refused_because_filed_texts_keep_it(world: World, ref: str) -> None:
    with pytest.raises(Invalid, match="stands in the filed texts"):
        erased(world, ref, "case.opened", "title")


def test_a_name_goes_with_the_persons_row_once_access_has_ended(world: World) -> None:
    with world.engine.reading() as session:
        seq, name, person = session.execute(
            select(Event.seq, Opening.value, Person.id)
            .join(Opening, Opening.event_id == Event.id)
            .join(Person, Person.name == Opening.value)
            .where(Event.type == "appointment.made", Person.email.startswith("paulo.sa@"))
        ).one()
    wish = ErasureRequest("REGISTER", seq, ("name",), BASIS)

    address = replace(wish, fields=("email",))

    for asked in (wish, address):
        with pytest.raises(Incomplete, match="still has access"):
            erase(world.engine, director(world), asked)
    with world.engine.transaction() as session:
        end_access(session, person, "Left.", by=world.person("naledi.khumalo"), now=world.clock())
    erase(world.engine, director(world), wish)
    erase(world.engine, director(world), address)

    assert holding(world, name) == holding(world, "paulo.sa@demo.example") == set()
    assert verify(world.engine.database).sound


def test_every_kind_of_private_text_but_titles_can_be_erased(world: World) -> None:
    ref = world.programme("signature")
    with world.engine.reading() as session:
        kept = session.execute(
            select(LifecycleCase.ref, Event.seq, Opening.field, Opening.value)
            .join(Event, Event.id == Opening.event_id)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(Opening.field.not_in(("title", "name", "email")), Opening.value != "")
        ).all()
    for case, seq, field, _ in kept:
        erase(world.engine, director(world), ErasureRequest(case, seq, (field,), BASIS))

    left = {value for *_, value in kept if len(value) > 25 and holding(world, value)}

    assert len({field for _, _, field, _ in kept}) >= 4
    assert ref in {case for case, *_ in kept}
    assert left == set()
    assert verify(world.engine.database).unexplained == 0


def test_the_letter_and_the_refusal_of_an_act_that_takes_two_go_from_their_rows(
    world: World,
) -> None:
    now = world.engine.now()
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        wish = OfficeWish(
            MAKE, world.person("joao.lima"), "board_member", known_party(session, "moz"),
            now.date(), letter="Letter of a minister, 3 March",
        )  # fmt: skip
        act = carry_out(session, wish, by=naledi, now=now).waits or 0
        decline(session, act, SECRET, by=pieter, now=now)
    erased(world, REGISTER, "act.asked", "letter")
    with world.engine.transaction() as session:
        act = carry_out(session, wish, by=naledi, now=now).waits or 0
        confirm(session, act, by=pieter, now=now)

    erased(world, REGISTER, "act.asked", "letter")
    erased(world, REGISTER, "act.declined")
    erased(world, REGISTER, "appointment.made", "letter")

    assert holding(world, wish.letter) == holding(world, SECRET) == set()
    assert verify(world.engine.database).sound


def test_a_basis_is_kept_with_its_words_apart(world: World, ref: str) -> None:
    seq = told(world, ref, "signoff.given")

    erase(
        world.engine,
        director(world),
        ErasureRequest(ref, seq, ("reason",), " Request of\tMarch "),
    )

    with world.engine.reading() as session:
        kept = select(Opening.value).where(Opening.field == "basis")
        assert session.scalars(kept).all() == ["Request of March"]
