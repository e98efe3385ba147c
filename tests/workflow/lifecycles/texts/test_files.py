"""Files of translations: filled in beside the English, and refused with everything that is wrong."""

import tomllib
from pathlib import Path

import pytest

from tests.workflow.engine.lifecycles import STANDARD, edited, put
from workflow.errors import FaultyFile
from workflow.lifecycles.loader.files import from_tables, load_file
from workflow.lifecycles.texts.files import (
    file_of,
    files_beside,
    load_translation,
    translation_from_text,
)
from workflow.lifecycles.texts.translation import LANGUAGES, english_of

EMERGENCY = load_file(STANDARD.parent / "emergency.toml")
HEAD = f'lifecycle = "{EMERGENCY.key}"\nlanguage = "fr"\n'
DRAFT = '[states]\n"appeal.label" = { en = "Appeal", fr = "Appel" }\n'


def faults(text: str) -> list[str]:
    with pytest.raises(FaultyFile) as refused:
        translation_from_text(text, "texts.toml", EMERGENCY)
    return [str(each.said) for each in refused.value.faults]


def test_a_file_to_fill_in_holds_every_english_text_and_what_there_is() -> None:
    written = file_of(EMERGENCY, "fr", {"states.appeal.label": "Appel “rapide”\n\\"})

    found = translation_from_text(written, "texts.toml", EMERGENCY)

    assert found.texts == {"states.appeal.label": "Appel “rapide”\n\\"}
    assert written.count(" en = ") == len(english_of(EMERGENCY))
    assert (found.language, found.definition) == ("fr", EMERGENCY.digest)


def test_a_filled_file_comes_back_word_for_word() -> None:
    whole = {place: f"{text} é" for place, text in english_of(EMERGENCY).items()}

    found = translation_from_text(file_of(EMERGENCY, "ru", whole), "texts.toml", EMERGENCY)

    assert found.texts == whole


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('language = "fr"', "lifecycle: is not 'india-un-emergency'"),
        (HEAD.replace('"fr"', '"de"'), "language: is none of: ar, es, fr, ru, zh"),
        (HEAD.replace('"fr"', "3"), "language: is none of"),
        (HEAD.replace('"fr"', '["fr"]'), "language: is none of"),
        (HEAD.replace('"fr"', '{ fr = "fr" }'), "language: is none of"),
        (HEAD + "states = 3", "states: is a whole number; a table is expected"),
        (
            HEAD + '[states]\n"apeal.label" = { en = "Appeal", fr = "Appel" }',
            ("states.apeal.label: is no place of this version where a text stands; "
            "did you mean 'states.appeal.label'?"),
        ),
        (
            HEAD + '[states]\n"appeal.stage" = { en = "proposal", fr = "proposition" }',
            "states.appeal.stage: is no place",
        ),
        (HEAD + DRAFT.replace("Appeal", "Cry"), "was made from “Cry”, and the English of this"),
        (HEAD + '[states]\n"appeal.label" = "Appel"', "is no pair of a text in English (en)"),
        (HEAD + DRAFT.replace("fr =", "es ="), "is no pair of a text in English (en) and in fr"),
        (HEAD + DRAFT.replace('"Appel"', "3"), "holds something else than texts"),
        (HEAD + DRAFT.replace('"Appel"', '"<b>Appel</b>"'), "holds the markup '<b>'"),
        (HEAD + DRAFT.replace('"Appel"', '"Appel %s"'), "where translations put a word"),
        (HEAD + DRAFT.replace('"Appel"', f'"{"x" * 5001}"'), "is 5001 characters long"),
        (HEAD + DRAFT.replace('"Appel"', '"Clos"')
         + '"closed.label" = { en = "Closed", fr = "Clos" }', "names 'Clos' twice"),
        (HEAD + DRAFT + DRAFT.split("\n")[1], "is not TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(text: str, problem: str) -> None:
    assert any(problem in each for each in faults(text)), faults(text)
    assert all(each.startswith("texts.toml") for each in faults(text))


def test_every_fault_is_told_at_once() -> None:
    text = HEAD + DRAFT.replace("Appeal", "Cry") + '"nowhere" = { en = "a", fr = "b" }\n'

    assert len(faults(text)) == 2


def test_an_empty_text_is_left_in_english() -> None:
    found = translation_from_text(HEAD + DRAFT.replace('"Appel"', '""'), "texts.toml", EMERGENCY)

    assert found.texts == {}


def test_texts_of_one_version_fit_the_next_where_its_english_is_the_same() -> None:
    text = file_of(EMERGENCY, "fr", {"states.appeal.label": "Appel"})
    raw = edited(put("version", "2"), raw=_raw())
    after = from_tables(raw, "next.toml")
    other = from_tables(edited(put("states/check/label", "Control"), raw=raw), "other.toml")

    assert translation_from_text(text, "t", after).definition == after.digest
    with pytest.raises(FaultyFile, match="one fault"):
        translation_from_text(text, "t", other)


def test_the_files_beside_a_definition_bear_its_key(tmp_path: Path) -> None:
    for name in (f"{EMERGENCY.key}.fr.toml", f"{EMERGENCY.key}.de.toml", "other.fr.toml"):
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / name).write_text("", encoding="utf-8")

    found = files_beside(tmp_path / "mine.toml", EMERGENCY)

    assert [each.name for each in found] == [f"{EMERGENCY.key}.fr.toml"]


@pytest.mark.parametrize("file", sorted(STANDARD.parent.glob("*.toml")), ids=lambda each: each.stem)
def test_what_is_shipped_fits_what_is_shipped(file: Path) -> None:
    """Where the English of a lifecycle is changed, the texts made from it are looked at again."""
    definition = load_file(file)

    for each in files_beside(file, definition):
        found = load_translation(each, definition)
        assert each.name == f"{definition.key}.{found.language}.toml"
        assert found.texts


@pytest.mark.parametrize("name", ["emergency", "programme-standard"])
def test_it_is_whole_in_every_language(name: str) -> None:
    definition = load_file(STANDARD.parent / f"{name}.toml")

    found = files_beside(STANDARD.parent / f"{name}.toml", definition)

    assert len(found) == len(LANGUAGES)
    for each in found:
        assert load_translation(each, definition).texts.keys() == english_of(definition).keys()


def _raw() -> dict[str, object]:
    return tomllib.loads((STANDARD.parent / "emergency.toml").read_text(encoding="utf-8"))
