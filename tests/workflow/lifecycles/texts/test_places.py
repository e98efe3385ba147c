"""Every text that a lifecycle says has one place, and nothing else has."""

import tomllib
from typing import Any

import pytest

from tests.workflow.engine.lifecycles import RAW, STANDARD
from workflow.lifecycles.texts.places import texts_of, with_texts

SHIPPED = sorted(STANDARD.parent.glob("*.toml"))
# What one member does under a lead group is less than a case by itself.
UNDER_A_GROUP = ("lead-group-joining", "lead-group-leaving", "lead-group-terms")
SMALL: dict[str, Any] = {
    "key": "small",
    "title": "A small one",
    "sources": {"UN": "A decision"},
    "states": {"draft": {"label": "Draft", "stage": "proposal"}},
    "documents": {
        "paper": {
            "label": "Paper",
            "sections": [
                {
                    "key": "first",
                    "title": "First",
                    "fields": [{"key": "title", "label": "Title", "options": [["a", "An A"]]}],
                }
            ],
        }
    },
    "rounds": {
        "asking": {
            "label": "Asking",
            "outcomes": {"label": "draft", "no": {"to": "draft", "when": [{"words": "if so"}]}},
        }
    },
}


def test_each_text_stands_under_the_name_of_its_place() -> None:
    assert texts_of(SMALL) == {
        "title": "A small one",
        "sources.UN": "A decision",
        "states.draft.label": "Draft",
        "documents.paper.label": "Paper",
        "documents.paper.sections.first.title": "First",
        "documents.paper.sections.first.fields.title.label": "Title",
        "documents.paper.sections.first.fields.title.options.a": "An A",
        "rounds.asking.label": "Asking",
        "rounds.asking.outcomes.no.when.0.words": "if so",
    }


def test_texts_are_put_in_their_places_and_nothing_else_changes() -> None:
    said = with_texts(SMALL, lambda place, text: f"{place}: {text}")

    assert texts_of(said) == {place: f"{place}: {text}" for place, text in texts_of(SMALL).items()}
    assert said["rounds"]["asking"]["outcomes"]["label"] == "draft"
    assert with_texts(said, lambda place, text: text.removeprefix(f"{place}: ")) == SMALL


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_no_place_of_a_shipped_lifecycle_is_found_twice(file: Any) -> None:
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    found: list[str] = []

    with_texts(raw, lambda place, text: (found.append(place), text)[1])

    assert len(found) == len(set(found)) >= least(raw)
    assert len(found) > 80 or file.stem in UNDER_A_GROUP


def least(raw: dict[str, Any]) -> int:
    """How many texts a lifecycle has by its parts alone, fields of forms and hints left out."""
    verdicts = sum(len(rule["verdicts"]) for rule in raw["rules"].values())
    twice = sum(len(raw[part]) for part in ("roles", "states", "documents"))
    return 2 * twice + len(raw["rules"]) + 3 * len(raw["rounds"]) + 3 * verdicts


def test_the_standard_says_nothing_that_has_no_place() -> None:
    """What the catalogues of pages gather of a lifecycle is among its texts."""
    places = texts_of(RAW)

    for place in ("states.draft.meaning", "roles.auditor.what", "rounds.screening.asks"):
        assert place in places
    assert "rules.screening.verdicts" not in places
