"""Letters worded on the command line, from an empty database."""

from pathlib import Path

from tests.web.cli.conftest import PrimeMover


def test_letters_are_worded_listed_and_given_back(primemover: PrimeMover, tmp_path: Path) -> None:
    (tmp_path / "words").write_text("Bonjour, {title}.\n", encoding="utf-8")
    (tmp_path / "wrong").write_text("Bonjour, {name}.\n", encoding="utf-8")
    reminder = ("letter", "word", "reminder", "fr")

    kept = primemover(*reminder, "--subject", "{ref}", "--body", tmp_path / "words")
    listed = primemover("letter", "list").output.splitlines()
    refused = primemover(*reminder, "--subject", "{ref}", "--body", tmp_path / "wrong")
    primemover(*reminder)

    assert kept.output == "Letters reminder in fr are worded by version 1.\n"
    assert listed[0] == "reminder fr version 1: {ref}"
    assert refused.exit_code != 0
    assert "{name} is no placeholder" in refused.stderr
    assert "version 2" in primemover("letter", "show", "reminder", "fr").output
    assert primemover("letter", "list").output.startswith("placeholders: ")
    assert primemover("verify").exit_code == 0
