"""The demo's house behind the pages, with a log and a witness of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import SECRET, Visitor, signed_in
from tests.support.world import World
from workflow.people.register import registered
from workflow.tlog.formats.note import Verifier
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.keys import verifiers
from workflow.tlog.signer.signer import Signer
from workflow.tlog.store.queries import Published, latest
from workflow.tlog.store.sequencer import Sequencer
from workflow.tlog.witnesses.client import WitnessClient, neighbours
from workflow.tlog.witnesses.witness import Witness

Watched = Callable[..., Visitor]


@pytest.fixture
def watched(world: World, tmp_path: Path) -> Watched:
    """Enters as somebody on an installation that names these witnesses."""

    def enter(key: str, *witnesses: str) -> Visitor:
        settings = Settings.read(
            home=tmp_path, database_url=world.url, secret_key=SECRET, witnesses=witnesses
        )
        return signed_in(an_app(settings, world.engine), world, key)

    return enter


class Office:
    """The sequencer and the signer of the house, who work when a test wants them to."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.sequencer = Sequencer(world.engine.database, "here", world.clock)
        home = KeyStore(folder)
        Keyring(world.engine.database, home, registered, world.clock).begin("prime.example/log")
        self.signer = Signer(world.engine.database, home, world.clock)

    def sign(self) -> int:
        """Give every event its place and sign; returns the size."""
        while self.sequencer.work():
            pass
        self.world.clock.pass_time(seconds=2)
        self.signer.step()
        return self.published.checkpoint.size

    @property
    def published(self) -> Published:
        with self.world.engine.reading() as session:
            found = latest(session)
        assert found is not None
        return found

    @property
    def key(self) -> Verifier:
        with self.world.engine.reading() as session:
            of = self.published.checkpoint
            return verifiers(session, of.origin, of.size)[0]

    def call(self, watcher: Witness, url: str) -> str:
        """Have a witness asked, and say how an installation names it."""
        named = f"{watcher.verifier} {url}"
        engine = self.world.engine
        WitnessClient(
            engine.transaction, engine.reading, engine.now, neighbours([named])
        ).go_round()
        return named


@pytest.fixture
def office(world: World, tmp_path: Path) -> Office:
    return Office(world, tmp_path / "signer")


@pytest.fixture
def watcher(office: Office, tmp_path: Path) -> Witness:
    office.sign()
    return Witness.begin(tmp_path / "witness", "audit.example.org/w1", [office.key])
