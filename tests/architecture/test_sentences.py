"""Sentences are a key and its parts: none is built in the engine, and every one can be translated."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import _parse_mapping_toml
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import Babel

from tests.support import sentences
from web.wording import plainly
from workflow.phrase import Phrase

ROOT = Path(__file__).resolve().parents[2]
PLACE = re.compile(r"%\((\w+)\)s")
OFFENCES = {
    "an f-string": 'raise Invalid(f"{name} is wrong.")',
    "a bare text": 'raise Invalid("This is wrong.")',
    "two texts together": 'raise NotFound("There is no " + name)',
    "a formatted text": 'raise NotFound("There is no {}".format(name))',
    "a text by another name": 'sentence = f"No {name}."\nraise Stale(sentence)',
    "a fault of a field": 'raise Invalid(phrase("Wrong."), {"name": f"No {name}."})',
    "a fault of a file": 'Fault(place, f"is {name}")',
    "a phrase of a variable": "raise Stale(phrase(words))",
    "a phrase of an f-string": 'raise Stale(phrase(f"No {name}."))',
    "words that nobody translates": "raise Stale(verbatim(str(fault)))",
    "a phrase made by hand": "raise Stale(Phrase(words, {}))",
}
BARE = {
    "web/view.py": "gettext(label)",
    "web/late.py": "lazy_gettext(label)",
    "web/templates/page.html": "{{ _(label) }}",
    "web/templates/pages.html": "{% if label %}{{ pill('now', _(label | spoken)) }}{% endif %}",
}


@pytest.fixture(scope="session")
def spoken() -> dict[str, tuple[str, str]]:
    """Every sentence that the code says, with its plural and its place."""
    return sentences.said_words(ROOT)


@pytest.fixture(scope="session")
def template() -> Catalog:
    """What a translator is given: everything that Babel finds by the project's own settings."""
    with (ROOT / "pyproject.toml").open("rb") as settings:
        methods, options = _parse_mapping_toml(settings, style="pyproject.toml")
    catalogue = Catalog()
    for wing in ("workflow", "web", "config"):
        below = {
            pattern.removeprefix(f"{wing}/"): how
            for pattern, how in methods
            if pattern.startswith(wing)
        }
        chosen = {
            pattern.removeprefix(f"{wing}/"): how
            for pattern, how in options.items()
            if pattern.startswith(wing)
        }
        for _, _, said, _, _ in extract_from_dir(ROOT / wing, list(below.items()), chosen):
            catalogue.add(said)
    return catalogue


@pytest.fixture
def bracketed(template: Catalog, tmp_path: Path) -> Iterator[None]:
    """A page in a language in which every sentence and word is said in brackets."""
    catalogue = Catalog(locale="fr")
    for each in template:
        if each.id:
            many = isinstance(each.id, tuple)
            said = tuple(f"[{one}]" for one in each.id) if many else f"[{each.id}]"
            catalogue.add(each.id, said)
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    app = Flask("words")
    Babel(app, default_locale="fr", default_translation_directories=str(tmp_path))
    with app.test_request_context():
        yield


def test_no_refusal_is_given_a_sentence_that_was_built() -> None:
    assert sentences.built_sentences(ROOT, "workflow", "web") == []


def test_no_variable_is_handed_to_gettext() -> None:
    assert sentences.bare_words(ROOT) == []


@pytest.mark.parametrize("offence", OFFENCES.values(), ids=OFFENCES)
def test_the_search_finds_each_way_to_build_a_sentence(offence: str, tmp_path: Path) -> None:
    lines = ["def refuse(name, place, words, fault):", *offence.splitlines()]
    written(tmp_path, "workflow/built.py", "\n    ".join(lines))
    classes = "".join(f"class {name}(Refusal): ...\n" for name in ("Invalid", "NotFound", "Stale"))
    written(tmp_path, "workflow/errors.py", classes)

    found = sentences.built_sentences(tmp_path, "workflow")

    assert {place.partition(":")[0] for place in found} == {"workflow/built.py"}


@pytest.mark.parametrize("path", BARE)
def test_the_search_finds_each_bare_variable(path: str, tmp_path: Path) -> None:
    written(tmp_path, path, BARE[path])

    assert [place.partition(":")[0] for place in sentences.bare_words(tmp_path)] == [path]


def test_every_sentence_is_found_by_the_extraction(
    template: Catalog, spoken: dict[str, tuple[str, str]]
) -> None:
    assert len(spoken) > 400
    assert {words: where for words, (_, where) in spoken.items() if words not in template} == {}


def test_every_word_of_the_lifecycle_is_found_by_the_extraction(template: Catalog) -> None:
    assert "South-South programme, standard" in template
    assert "Programme officer" in template


def test_every_sentence_is_said_in_another_language_with_all_it_names(
    bracketed: None, spoken: dict[str, tuple[str, str]]
) -> None:
    wrong = {
        words: (where, said)
        for words, (many, where) in spoken.items()
        for num in (1, 2)
        if (said := plainly(filled(words, many, num))) != expected(words, many, num)
    }

    assert wrong == {}


def filled(words: str, many: str, num: int) -> Phrase:
    """The sentence with a mark in each of its places."""
    return Phrase(
        words, {name: f"<{name}>" for name in PLACE.findall(words + many)} | {"num": num}, many
    )


def expected(words: str, many: str, num: int) -> str:
    # French says what is counted in one way for one and in another for all the rest.
    chosen = many if many and num > 1 else words
    told = PLACE.sub(lambda found: str(num) if found[1] == "num" else f"<{found[1]}>", chosen)
    return f"[{told.replace('%%', '%')}]"


def written(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
