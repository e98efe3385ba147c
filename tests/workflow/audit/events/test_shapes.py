"""Each kind of value has one spelling in the bytes; any other is refused."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import pytest

from workflow.audit.events.payload import PersonId
from workflow.audit.events.shapes import Shape, shape_of


def shape(hint: Any) -> Shape:
    return shape_of(hint, lambda kind: (kind, vars))


@pytest.mark.parametrize(
    ("hint", "value", "spelt", "words"),
    [
        (str, "a", "a", "text"),
        (int, 3, 3, "number"),
        (bool, False, False, "yes or no"),
        (datetime, datetime(2026, 3, 2, 9, tzinfo=UTC), "2026-03-02T09:00:00.000Z", "instant"),
        (date, date(2026, 3, 2), "2026-03-02", "day"),
        (PersonId, 12, "p12", "person"),
        (PersonId | None, None, None, "person, or null"),
        (datetime | None, None, None, "instant, or null"),
        (tuple[str, ...], ("a", "b"), ["a", "b"], "list of text"),
        (tuple[PersonId, ...] | None, (1,), ["p1"], "list of person, or null"),
    ],
)
def test_a_value_is_read_as_it_was_written(hint: Any, value: Any, spelt: Any, words: str) -> None:
    found = shape(hint)

    assert (found.encode(value), found.decode(spelt), found.words) == (spelt, value, words)


@pytest.mark.parametrize(
    ("hint", "spelt"),
    [
        (str, 3),
        (int, True),
        (int, "3"),
        (bool, 0),
        (datetime, "2026-03-02"),
        (datetime, "2026-03-02T09:00:00.000+"),
        (datetime, 3),
        (date, "20260302"),
        (date, "2026-W10-1"),
        (date, None),
        (PersonId, "12"),
        (PersonId, "p012"),
        (PersonId, "p١٢"),
        (PersonId, None),
        (tuple[str, ...], "ab"),
        (tuple[str, ...], [1]),
    ],
)
def test_another_spelling_is_refused(hint: Any, spelt: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        shape(hint).decode(spelt)


@pytest.mark.parametrize("hint", [float, dict[str, str], str | int, Annotated[str, "marked"]])
def test_a_type_that_bytes_cannot_hold_is_refused(hint: Any) -> None:
    with pytest.raises(TypeError, match="nothing that an event can hold"):
        shape(hint)
