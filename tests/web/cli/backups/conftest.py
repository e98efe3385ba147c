"""A house with attached files, and its command line."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import empty_postgresql
from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from workflow.demo.play import LETTER
from workflow.engine.documents.file_store import FileStore


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """Where the installation keeps attached files; the letter of every proposal is there."""
    store = FileStore(tmp_path / "home" / "files", 1 << 20)
    store.keep("letter-of-request.pdf", io.BytesIO(LETTER))
    return store


@pytest.fixture
def world(house_url: str, files: FileStore) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


@pytest.fixture
def at_home(primemover: PrimeMover, house_url: str) -> PrimeMover:
    """The command line on the house of this test."""
    return lambda *words, **settings: primemover(*words, **{"database_url": house_url, **settings})


@pytest.fixture
def empty_url(house_url: str, tmp_path: Path) -> Iterator[str]:
    """Another database of the same kind, without any table."""
    if house_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    with empty_postgresql() as url:
        yield url
