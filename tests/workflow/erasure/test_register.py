"""A restored backup forgets again, and what is back although it was erased is found."""

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.administration import connected, disconnect, drop
from tests.support.world import World
from tests.workflow.erasure.acts import SECRET, erased, holding, told
from workflow.audit import canonical
from workflow.audit.models import Event, Opening
from workflow.audit.verification.verify import verify
from workflow.erasure.erase import replay
from workflow.erasure.register import Erasure, entries, read_register
from workflow.errors import Invalid


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
            drop(self._address(), self.url.database)
            self._copy(self.name, self.url.database)
            drop(self._address(), self.name)

    def _copy(self, source: str, target: str) -> None:
        disconnect(self._address(), source)
        with connected(self._address()) as connection:
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
