"""The texts of a version in a language have a digest of their own, and that of the version stays."""

from types import MappingProxyType

import pytest

from tests.workflow.engine.lifecycles import edited, put
from workflow.audit import canonical
from workflow.errors import Invalid
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.texts.translation import (
    Translation,
    carried_over,
    english_of,
    from_body,
)

FIRST = from_tables(edited(), "first.toml")
SECOND = from_tables(
    edited(put("version", "6"), put("states/draft/label", "First draft")), "second.toml"
)
TEXTS = {"states.draft.label": "Brouillon", "states.screening.label": "Examen préliminaire"}
FRENCH = Translation(FIRST.key, FIRST.digest, "fr", MappingProxyType(TEXTS))


def test_it_is_read_back_from_its_canonical_bytes() -> None:
    again = from_body(FRENCH.body)

    assert again == FRENCH
    assert again.digest == canonical.digest(FRENCH.body) == FRENCH.digest


@pytest.mark.parametrize(
    "other",
    [
        Translation(FIRST.key, SECOND.digest, "fr", TEXTS),
        Translation(FIRST.key, FIRST.digest, "es", TEXTS),
        Translation(FIRST.key, FIRST.digest, "fr", TEXTS | {"title": "Programme Sud-Sud"}),
    ],
)
def test_another_version_language_or_text_has_another_digest(other: Translation) -> None:
    assert other.digest != FRENCH.digest


@pytest.mark.parametrize("body", [b"{}", b'{"texts":1}', b"[]", b"no JSON"])
def test_other_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        from_body(body)


def test_what_says_the_same_in_english_is_carried_over_to_the_next_version() -> None:
    assert carried_over(FRENCH, FIRST, SECOND) == {"states.screening.label": "Examen préliminaire"}
    assert carried_over(FRENCH, FIRST, FIRST) == TEXTS
    assert english_of(SECOND)["states.draft.label"] == "First draft"
