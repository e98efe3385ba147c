"""A sentence keeps its parts apart until somebody says it."""

from datetime import UTC, date, datetime

import pytest

from workflow.phrase import Part, phrase


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("Brazil", "Brazil"),
        (3, "3"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 12, 0, tzinfo=UTC), "2026-03-02T12:00:00.000Z"),
        ((), ""),
        (("Brazil",), "Brazil"),
        (("Brazil", "India"), "Brazil and India"),
        (("Brazil", "India", "Fiji"), "Brazil, India and Fiji"),
    ],
)
def test_each_kind_of_part_has_its_plain_form(part: Part, said: str) -> None:
    assert str(phrase("%(what)s", what=part)) == said


def test_a_part_that_looks_like_a_place_is_no_place() -> None:
    assert str(phrase("%(who)s left", who="%(why)s 100%")) == "%(why)s 100% left"
