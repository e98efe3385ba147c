"""The command line as a person would use it, with a home of its own."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.settings import Settings
from tests.reliability.faults.disks import Disk, small_disk
from web.cli import main
from workflow.demo.house import BESIDE

PrimeMover = Callable[..., Result]
STANDARD = Path("config/lifecycles/programme-standard.toml").resolve()
# The standard lifecycle and those that its child cases follow.
PUBLISHED = (*BESIDE, STANDARD)


@pytest.fixture
def primemover(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> PrimeMover:
    """Runs one command on a migrated, empty database; keyword arguments are settings."""
    for each in fields(Settings):
        monkeypatch.delenv(f"PRIMEMOVER_{each.name.upper()}", raising=False)

    def run(*words: str | Path, **settings: str) -> Result:
        chosen = {"home": str(tmp_path / "home"), "database_url": sqlite_url, **settings}
        environment = {f"PRIMEMOVER_{name.upper()}": value for name, value in chosen.items()}
        return CliRunner().invoke(main, [str(word) for word in words], env=environment)

    return run


@pytest.fixture
def disk() -> Iterator[Disk]:
    """A disk that takes next to nothing."""
    with small_disk(kilobytes=64) as disk:
        if disk is None:
            pytest.skip("Only an administrator of this machine may mount a small disk.")
        yield disk
