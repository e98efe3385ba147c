"""One programme from first word to closed, in a log with a witness, as a dossier."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import HOUSE, NURSES, World
from tests.workflow.dossiers.handed import Log, hand, house
from workflow.demo import path
from workflow.demo.play import LETTER
from workflow.dossiers.build import BuiltDossier, DossierSources
from workflow.dossiers.collect import DossierRequest


@dataclass(frozen=True)
class Handed:
    """A dossier of a whole life, the policy of an auditor, and where it all comes from."""

    world: World
    log: Log
    house: DossierSources
    ref: str
    folder: Path
    dossier: Path
    policy: Path
    earlier: Path
    built: BuiltDossier


@pytest.fixture(scope="session")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Handed]:
    """A dossier that checks as valid and witnessed; tests change copies of it."""
    folder = tmp_path_factory.mktemp("dossiers")
    with databases.fresh_sqlite(folder, HOUSE) as url:
        world = World(url)
        yield _handed(world, folder)
        world.close()


def _handed(world: World, folder: Path) -> Handed:
    log = Log(world, folder)
    of, dossier = house(folder, log), folder / "dossier.zip"
    of.files.keep("letter-of-request.pdf", BytesIO(LETTER))
    ref = world.programme("consultation")
    log.sign()
    earlier = folder / "earlier.zip"
    hand(world, DossierRequest(ref, world.person("marie.laurent")), earlier, of)
    world.programme("screening")
    path.carry(world, ref, NURSES, "closed")
    log.state_heads()
    built = hand(world, DossierRequest(ref, None), dossier, of)
    policy = folder / "policy.txt"
    policy.write_text(log.policy)
    return Handed(world, log, of, ref, folder, dossier, policy, earlier, built)


@pytest.fixture
def either_log(house_url: str, tmp_path: Path) -> Iterator[Log]:
    """A log of its own on each kind of database."""
    world = World(house_url)
    yield Log(world, tmp_path)
    world.close()


@pytest.fixture
def sqlite_world(sqlite_house_url: str) -> Iterator[World]:
    """A world of its own, for what is not about the database itself."""
    world = World(sqlite_house_url)
    yield world
    world.close()


@pytest.fixture
def log(sqlite_world: World, tmp_path: Path) -> Log:
    """A log of its own, in a world of its own."""
    return Log(sqlite_world, tmp_path)
