"""The whole demonstration as a template: loaded once a run, copied for every test of it."""

import shutil
from pathlib import Path

import pytest

from tests.support.databases import Template, copy
from tests.support.run.runs import run_folder
from workflow.assembly.engine import open_engine
from workflow.database import migrate
from workflow.demo.load import load
from workflow.engine.documents.file_store import FileStore


def files() -> FileStore:
    """Where the demonstration's files lie; every copy of it shares them."""
    return FileStore(run_folder() / "demonstration", 1 << 20)


def settle(home: Path) -> None:
    """Put the demonstration where the home of an installation has it."""
    copy(DEMONSTRATION, home / "primemover.db")
    shutil.copytree(files().root, home / "files")


def _fill(url: str) -> None:
    migrate(url)
    engine = open_engine(url)
    load(engine, files())
    engine.database.dispose()


DEMONSTRATION = Template("demonstration", _fill)
# On PostgreSQL it takes ten seconds to load, and every proof does it.
KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.proof(apart=True)))
