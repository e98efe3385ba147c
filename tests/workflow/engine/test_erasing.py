"""Erasing: nothing of the text is left anywhere, everything still verifies, a restore forgets too."""

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from tests.support.databases import _connect, _drop
from tests.support.world import World
from workflow.audit import canonical
from workflow.audit.commitments import opens
from workflow.audit.records import Event, Opening
from workflow.audit.verify import verify
from workflow.engine.erasing import Wish, erase, replay, sweep
from workflow.engine.erasures import Erasure, entries, read_register
from workflow.engine.history import Filters, history_page
from workflow.engine.records import CommandKey, LifecycleCase
from workflow.errors import Incomplete, Invalid, NotFound
from workflow.people.commands import disable_person
from workflow.people.records import Person

SECRET = "Because Graca Mabunda of Maputo has told me so in confidence."
BASIS = "Request of 3 March 2026 under the data protection principles"


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def ref(world: World) -> str:
    """A programme on which one country has given a reason that somebody wants gone."""
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", SECRET)
    return ref


def director(world: World) -> int:
    return world.person("elena.petrova")


def told(world: World, ref: str, kind: str) -> int:
    """The number of the newest event of a kind."""
    with world.engine.reading() as session:
        return session.scalars(
            select(func.max(Event.seq))
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == ref, Event.type == kind)
        ).one()


def erased(world: World, ref: str, kind: str = "signoff.given", *fields: str) -> int:
    seq = told(world, ref, kind)
    erase(world.engine, director(world), Wish(ref, seq, fields or ("reason",), BASIS))
    sweep(world.engine.database)
    return seq


def holding(world: World, wanted: str) -> set[str]:
    """The tables with the text in any column of any row."""
    database = world.engine.database
    found = set()
    with database.connect() as connection:
        for table in inspect(database).get_table_names():
            for row in connection.execute(text(f'select * from "{table}"')):
                cells = (bytes(c).decode(errors="replace") if isinstance(c, (bytes, memoryview))
                         else str(c) for c in row)  # fmt: skip
                if any(wanted in cell for cell in cells):
                    found.add(table)
    return found


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
            filters=Filters(),
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
        erase(world.engine, director(world), Wish(**wish))

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
    wish = Wish("REGISTER", seq, ("name",), BASIS)

    with pytest.raises(Incomplete, match="still has access"):
        erase(world.engine, director(world), wish)
    with world.engine.transaction() as session:
        disable_person(session, person, now=world.clock())
    erase(world.engine, director(world), wish)

    assert holding(world, name) == set()
    assert verify(world.engine.database).sound


def test_every_kind_of_private_text_but_titles_can_be_erased(world: World) -> None:
    ref = world.programme("signature")
    with world.engine.reading() as session:
        kept = session.execute(
            select(LifecycleCase.ref, Event.seq, Opening.field, Opening.value)
            .join(Event, Event.id == Opening.event_id)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(Opening.field.not_in(("title", "name")), Opening.value != "")
        ).all()
    for case, seq, field, _ in kept:
        erase(world.engine, director(world), Wish(case, seq, (field,), BASIS))

    left = {value for *_, value in kept if len(value) > 25 and holding(world, value)}

    assert len({field for _, _, field, _ in kept}) >= 4
    assert ref in {case for case, *_ in kept}
    assert left == set()
    assert verify(world.engine.database).unexplained == 0


def test_what_was_kept_to_answer_a_repeat_goes_as_well(world: World, ref: str) -> None:
    answered = select(CommandKey.request_digest).where(
        CommandKey.person_id == world.person("paulo.sa")
    )
    with world.engine.reading() as session:
        before = session.scalars(answered).all()

    erased(world, ref)

    with world.engine.reading() as session:
        assert (len(before), session.scalars(answered).all()) == (1, [])


def test_without_the_salt_no_guess_of_ten_thousand_is_confirmed(world: World, ref: str) -> None:
    dictionary = [SECRET, *(f"Because of reason no. {number}." for number in range(9_999))]
    seq = told(world, ref, "signoff.given")
    with world.engine.reading() as session:
        body, salt = session.execute(
            select(Event.body, Opening.salt)
            .join(Opening, Opening.event_id == Event.id)
            .join(LifecycleCase, LifecycleCase.id == Event.case_id)
            .where(LifecycleCase.ref == ref, Event.seq == seq)
        ).one()
    digest = canonical.parse(body)["commitments"]["reason"]
    bare = hashlib.sha256(SECRET.encode()).hexdigest()

    erased(world, ref)

    without = [opens(digest, "reason", "", guess) for guess in dictionary]
    by_backup = [opens(digest, "reason", salt, guess) for guess in dictionary]
    naive = [hashlib.sha256(guess.encode()).hexdigest() == bare for guess in dictionary]
    assert (len(dictionary), sum(without)) == (10_000, 0)
    assert (sum(by_backup), sum(naive)) == (1, 1)  # What a kept salt, or none at all, gives away.


def test_sqlite_keeps_no_trace_in_the_file(sqlite_house_url: str) -> None:
    world = World(sqlite_house_url)
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", SECRET)
    file = Path(sqlite_house_url.removeprefix("sqlite:///"))
    naive = file.with_suffix(".naive")
    shutil.copyfile(file, naive)
    careless = sqlite3.connect(naive)
    careless.execute("pragma secure_delete = off")
    careless.execute("delete from opening where field = 'reason'")
    careless.commit()
    careless.close()

    erased(world, ref)

    assert SECRET.encode() in naive.read_bytes()
    assert all(
        SECRET.encode() not in each.read_bytes() for each in file.parent.glob(f"{file.name}*")
    )
    world.close()


class Backup:
    """A copy of a database as it stood, put in its place again later."""

    def __init__(self, world: World) -> None:
        self.world, self.url = world, world.engine.database.url
        world.engine.database.dispose()
        if self.url.get_backend_name() == "sqlite":
            self.copy = Path(str(self.url.database) + ".backup")
            shutil.copyfile(str(self.url.database), self.copy)
        else:
            self.name = f"{self.url.database}_backup"
            self._copy(self.url.database, self.name)

    def restore(self) -> None:
        self.world.engine.database.dispose()
        if self.url.get_backend_name() == "sqlite":
            shutil.copyfile(self.copy, str(self.url.database))
        else:
            _drop(self._address(), self.url.database)
            self._copy(self.name, self.url.database)
            _drop(self._address(), self.name)

    def _copy(self, source: str, target: str) -> None:
        with _connect(self._address()) as connection:
            connection.execute(f'create database "{target}" template "{source}"')

    def _address(self) -> str:
        return self.url.set(database="postgres").render_as_string(hide_password=False)


def test_a_restored_backup_forgets_again_when_the_register_is_replayed(
    world: World, ref: str
) -> None:
    backup = Backup(world)
    seq = erased(world, ref)
    with world.engine.reading() as session:
        register = entries(session)
    backup.restore()
    resurrected = holding(world, SECRET)

    gone = replay(world.engine, register)
    again = replay(world.engine, register)

    assert (resurrected, gone, again) == ({"opening", "sign_off"}, 1, 0)
    assert holding(world, SECRET) == set()
    result = verify(world.engine.database)
    assert (result.sound, result.erased, result.unexplained) == (True, 1, 0)
    with world.engine.reading() as session:
        body = session.scalars(select(Event.body).order_by(Event.id.desc()).limit(1)).one()
        kept = session.scalars(select(Erasure.field)).all()
    assert canonical.parse(body)["person"] is None
    assert canonical.parse(body)["what"]["event"] == seq
    assert kept == ["reason"]


def test_an_erasure_that_an_older_backup_does_not_know_is_passed_over(
    world: World, ref: str
) -> None:
    with world.engine.reading() as session:
        assert entries(session) == ()
    lost = '{"event": "%s", "field": "reason", "at": "2026-03-02T12:00:00.000Z", "basis": "x"}'

    assert replay(world.engine, read_register([lost % ("ab" * 32)])) == 0


def test_an_erased_text_that_is_back_fails_the_verification(world: World, ref: str) -> None:
    seq = told(world, ref, "signoff.given")
    with world.engine.reading() as session:
        row = session.execute(
            select(Opening.event_id, Opening.field, Opening.salt, Opening.value)
            .join(Event, Event.id == Opening.event_id)
            .where(Opening.value == SECRET)
        ).one()
    erased(world, ref)
    with world.engine.transaction() as session:
        session.add(Opening(**row._mapping))
    world.honest = False

    (difference,) = verify(world.engine.database).differences

    assert (difference.ref, difference.seq) == (ref, seq)
    assert re.search(r"was erased by event \d+, but is here again", difference.sentence)


@pytest.mark.parametrize("line", ["{}", "no json", '{"event": "xyz"}', "[]", "12"])
def test_a_line_that_is_no_entry_is_refused_by_its_number(line: str) -> None:
    with pytest.raises(Invalid, match="Line 2 is no entry"):
        list(read_register(["", line]))
