"""Texts of a lifecycle in other languages on the command line of an installation of one's own."""

from functools import partial
from pathlib import Path

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.engine.lifecycles import STANDARD, edited, put, written
from tests.workflow.publication.test_texts import covered
from workflow.lifecycles.loader.files import load_file

EMERGENCY = STANDARD.parent / "emergency.toml"
KEY = "india-un-emergency"
BY = ("--by", "naledi.khumalo@demo.example", "--why", "For Mozambique.")
OF = "programme-standard"


@pytest.fixture
def run(world: World, primemover: PrimeMover) -> PrimeMover:
    """Runs a command on the demo's world."""
    return partial(primemover, database_url=world.url)


def test_a_file_is_written_filled_in_checked_and_entered(
    world: World, run: PrimeMover, tmp_path: Path
) -> None:
    file = tmp_path / "es.toml"

    exported = run("lifecycle", "texts", "export", OF, "es", "--output", file)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('{ en = "Draft", es = "" }', '{ en = "Draft", es = "Borrador" }'),
        encoding="utf-8",
    )
    checked = run("lifecycle", "texts", "check", OF, file)
    entered = run("lifecycle", "texts", "add", f"{OF}@5", file, *BY)
    number = entered.stdout.partition("as number ")[2].partition(":")[0]
    before = covered(world, world.engine.published(OF)[1])["es"].there
    confirmed = run("lifecycle", "confirm", number, "--by", "pieter.vos@demo.example")
    again = run("lifecycle", "texts", "add", f"{OF}@5", file, *BY)
    listed = run("lifecycle", "texts", "list", OF)

    assert (exported.exit_code, checked.exit_code, entered.exit_code) == (0, 0, 0), entered.stderr
    assert "sound: Spanish: 1 of" in checked.stdout
    assert "programme-standard@5 in Spanish: 1 of" in entered.stdout
    assert "They wait for a second administrator" in entered.stdout
    assert (before, confirmed.exit_code) == (0, 0)
    assert again.exit_code == 1
    assert "count already" in again.stderr
    assert "by Pieter Vos: For Mozambique." in listed.stdout
    assert "fr: 0 of" in listed.stdout
    assert run("verify").exit_code == 0


def test_of_several_files_one_with_a_fault_enters_none(
    world: World, run: PrimeMover, tmp_path: Path
) -> None:
    definition = world.engine.published(OF)[1]
    good, bad = tmp_path / "fr.toml", tmp_path / "es.toml"
    head = f'lifecycle = "{OF}"\nlanguage = "{{}}"\n[states]\n'
    good.write_text(
        head.format("fr") + '"draft.label" = { en = "Draft", fr = "Brouillon" }', encoding="utf-8"
    )
    bad.write_text(
        head.format("es") + '"draft.label" = { en = "Sketch", es = "B" }', encoding="utf-8"
    )

    said = run("lifecycle", "texts", "add", OF, good, bad, *BY)

    assert said.exit_code == 1
    assert "es.toml: states.draft.label: was made from “Sketch”" in said.stderr
    assert "1 of 2 files cannot be entered." in said.stderr
    assert covered(world, definition)["fr"].there == 0


def test_what_stands_beside_a_file_is_entered_as_it_is_published(
    world: World, run: PrimeMover
) -> None:
    said = run("lifecycle", "publish", EMERGENCY)
    again = run("lifecycle", "publish", EMERGENCY)

    found = covered(world, load_file(EMERGENCY))
    assert said.exit_code == again.exit_code == 0, said.stderr
    assert "Its texts are entered in Arabic: 116 of 116 texts" in said.stdout
    assert all(each.missing == 0 for each in found.values())
    assert "entered" not in again.stdout
    assert run("verify").exit_code == 0


def test_what_does_not_fit_any_more_is_left_out_and_named(
    world: World, run: PrimeMover, tmp_path: Path
) -> None:
    file = written(tmp_path, edited(put("version", "6"), put("states/draft/label", "Sketch")))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / f"{OF}.fr.toml").write_text(
        f'lifecycle = "{OF}"\nlanguage = "fr"\n[states]\n'
        '"draft.label" = { en = "Draft", fr = "Brouillon" }',
        encoding="utf-8",
    )

    said = run("lifecycle", "publish", file)

    assert said.exit_code == 0
    assert "version 6, is published." in said.stdout
    assert f"{OF}.fr.toml: its texts were not entered." in said.stderr
    assert "was made from “Draft”" in said.stderr
    assert covered(world, load_file(file))["fr"].there == 0


def test_what_there_is_not_is_refused(run: PrimeMover, tmp_path: Path) -> None:
    file = tmp_path / "fr.toml"
    file.write_text("", encoding="utf-8")

    assert run("lifecycle", "texts", "export", OF, "de").exit_code == 2
    assert run("lifecycle", "texts", "add", "nothing", file).exit_code == 1
    assert run("lifecycle", "texts", "list", f"{OF}@9").exit_code == 1
    assert "is not 'programme-standard'" in run("lifecycle", "texts", "add", OF, file).stderr
