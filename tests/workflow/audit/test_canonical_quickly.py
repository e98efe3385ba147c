"""The quick ways of writing and reading canonical bytes agree with the long ones, on everything."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflow.audit import canonical
from workflow.errors import Invalid
from workflow.phrase import phrase

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**54), 2**54), st.floats(), st.text(max_size=8),
    st.sampled_from(["é", "e\u0301", "\U0001f600", "\ue000", '\n\x00\x7f\\"/', "\ud800"]),
)  # fmt: skip
KEYS = st.one_of(st.sampled_from(["a", "B", "_", "é", "\ue000", "\U0001f600"]), st.integers(0, 2))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
)


def result(way: Any, of: Any) -> Any:
    """What comes of it, spelled so that 1, 1.0 and True differ."""
    try:
        return repr(way(of))
    except Invalid:
        return "refused"


def at_length(body: bytes) -> Any:
    """Read without any short cut: as everything was read before there was one."""
    value = json.loads(
        body, object_pairs_hook=canonical._without_repetition,
        parse_float=canonical._refuse_number, parse_constant=canonical._refuse_number,
    )  # fmt: skip
    if canonical._at_length(value) != body:
        raise Invalid(phrase("These bytes are not canonical."))
    return value


@pytest.mark.proof
@given(VALUES)
def test_what_is_written_quickly_is_what_is_written_at_length(value: Any) -> None:
    assert result(canonical.write, value) == result(canonical._at_length, value)


@pytest.mark.proof
@given(VALUES, st.integers(0, 200), st.sampled_from(list(' "\\{}[],:019.eE-+tn')))
@example({"a": 1, "b": 2}, 1, " ")
@example({"a": 1.0}, 0, "")
def test_what_is_read_quickly_is_what_is_read_at_length(value: Any, at: int, more: str) -> None:
    try:
        spelled = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    except TypeError:  # Keys of two kinds have no order.
        return
    for text in (spelled, spelled[:at] + more + spelled[at:]):
        body = text.encode("utf-8", "surrogatepass")
        try:
            meant = result(at_length, body)
        except ValueError:
            meant = "refused"
        assert result(canonical.parse, body) == meant
