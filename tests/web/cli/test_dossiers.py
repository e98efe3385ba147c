"""`primemover dossier`: a file that checks, and clear words where there is none."""

from pathlib import Path

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.dossiers.handed import FONTS, Log, examined
from workflow.demo.cast import DOMAIN


@pytest.fixture
def world(sqlite_house_url: str) -> World:
    return World(sqlite_house_url)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose fonts are made already."""
    FONTS.mkdir(exist_ok=True)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").symlink_to(FONTS, target_is_directory=True)
    return tmp_path


def test_it_writes_a_file_and_says_what_it_stands_on(
    primemover: PrimeMover, world: World, home: Path
) -> None:
    ref, log = world.programme("screening"), Log(world, home)
    log.state_heads()
    target, policy = home / "dossier.zip", home / "policy.txt"
    policy.write_text(log.policy)

    result = primemover("dossier", ref, "--bare", "--output", target, database_url=world.url)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{ref} with ")
    assert examined(target, policy).status == 0
    assert target.stat().st_mode & 0o077 == 0
    world.close()


def test_with_the_rights_of_somebody_a_stranger_gets_none(
    primemover: PrimeMover, world: World, home: Path
) -> None:
    ref, target = world.programme("draft"), home / "dossier.zip"

    result = primemover(
        "dossier", ref, "--for", f"priya.menon@{DOMAIN}", "--output", target, database_url=world.url
    )

    assert result.exit_code == 1
    assert result.stderr == f"There is no history called {ref}.\n"
    assert list(home.glob("*.zip")) + list(home.glob(".dossier-*")) == []
    world.close()


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (("NOWHERE",), 1, "There is no history called NOWHERE."),
        (("../../x",), 1, "There is no history called ../../x."),
        (("SSC-2026-001", "--for", "nobody@example.org"), 1, "Nobody with access has the address"),
        (("SSC-2026-001", "--output", "no/such/folder/x.zip"), 1, "There is no folder"),
        (("SSC-2026-001", "--since", "0"), 2, "0 is not in the range"),
        ((), 2, "Missing argument"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    primemover: PrimeMover, home: Path, words: tuple[str, ...], status: int, sentence: str
) -> None:
    result = primemover("dossier", *words)

    assert result.exit_code == status
    assert sentence in result.stderr
    assert "Traceback" not in result.output
