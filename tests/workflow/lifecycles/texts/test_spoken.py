"""A version in other words behaves as it was published: its bytes, its digest and all but its texts stay."""

from types import MappingProxyType

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.errors import FaultyFile
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body, load_file, tables_of
from workflow.lifecycles.texts.places import with_texts
from workflow.lifecycles.texts.spoken import faults_in, in_english, spoken_in
from workflow.lifecycles.texts.translation import Translation, english_of

SHIPPED = [load_file(file) for file in sorted(STANDARD.parent.glob("*.toml"))]


def said_otherwise(definition: Definition, **texts: str) -> Translation:
    """Every text of a version in another language, or these alone."""
    told = texts or {place: f"{text} (fr)" for place, text in english_of(definition).items()}
    return Translation(definition.key, definition.digest, "fr", MappingProxyType(told))


@pytest.mark.parametrize("definition", SHIPPED, ids=lambda each: each.key)
def test_behaviour_digest_and_bytes_are_those_of_what_was_published(definition: Definition) -> None:
    french = spoken_in(definition, said_otherwise(definition))

    assert (french.digest, french.body) == (definition.digest, definition.body)
    assert french.title == f"{definition.title} (fr)"
    assert french != definition
    assert in_english(french) == definition == from_body(french.body)
    # Said in English again, place by place, it is the very same: nothing but texts was touched.
    back = with_texts(
        with_texts(tables_of(definition.body), lambda _, text: f"{text} (fr)"),
        lambda _, text: text.removesuffix(" (fr)"),
    )
    assert body_of(back) == definition.body


def test_what_is_left_out_is_said_in_english() -> None:
    standard = next(each for each in SHIPPED if each.key == "programme-standard")

    french = spoken_in(standard, said_otherwise(standard, **{"states.draft.label": "Brouillon"}))

    assert french.states["draft"].label == "Brouillon"
    assert french.states["screening"].label == "Screening"
    assert french.glossary == {"Draft": "Brouillon"}
    assert (french.language, standard.language) == ("fr", "en")


def test_two_things_under_one_name_are_a_fault() -> None:
    standard = next(each for each in SHIPPED if each.key == "programme-standard")
    same = {"states.draft.label": "Examen", "states.screening.label": "Examen"}

    (fault,) = faults_in(standard, said_otherwise(standard, **same))

    assert "names 'Examen' twice" in str(fault.said)
    with pytest.raises(FaultyFile):
        spoken_in(standard, said_otherwise(standard, **same))
