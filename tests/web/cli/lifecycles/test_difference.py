"""The difference between two definitions, on the command line."""

from pathlib import Path

from tests.web.cli.conftest import PUBLISHED, STANDARD, PrimeMover
from tests.workflow.engine.lifecycles import edited, put, written

EMERGENCY = STANDARD.parent / "emergency.toml"


def _second(folder: Path) -> Path:
    return written(folder, edited(put("version", "6"), put("states/screening/label", "First look")))


def test_two_files_need_no_database(primemover: PrimeMover, tmp_path: Path) -> None:
    said = primemover("lifecycle", "diff", STANDARD, _second(tmp_path))

    assert said.exit_code == 0
    assert "2 differences" in said.stdout
    assert "The state “Screening” is now called “First look”." in said.stdout


def test_a_published_version_and_a_file(primemover: PrimeMover, tmp_path: Path) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", *PUBLISHED)

    said = primemover("lifecycle", "diff", "programme-standard@5", _second(tmp_path))

    assert said.exit_code == 0
    assert "Words only (2)" in said.stdout


def test_two_published_versions(primemover: PrimeMover, tmp_path: Path) -> None:
    primemover("migrate")
    for file in (*PUBLISHED, _second(tmp_path)):
        primemover("lifecycle", "publish", file)

    said = primemover("lifecycle", "diff", "programme-standard@5", "programme-standard")
    none = primemover("lifecycle", "diff", "programme-standard@6", "programme-standard@6")

    assert "The version is 6; it was 5." in said.stdout
    assert "no differences" in none.stdout


def test_what_is_not_published_is_said(primemover: PrimeMover) -> None:
    primemover("migrate")
    primemover("lifecycle", "publish", EMERGENCY)

    version = primemover("lifecycle", "diff", "india-un-emergency@9", EMERGENCY)
    key = primemover("lifecycle", "diff", EMERGENCY, "weather")
    file = primemover("lifecycle", "diff", EMERGENCY, "nowhere.toml")

    assert (version.exit_code, key.exit_code, file.exit_code) == (1, 1, 1)
    assert "has no version '9'; published: 1." in version.stderr
    assert "No lifecycle called 'weather' is published." in key.stderr
    assert "there is no such file" in file.stderr
