"""One value, one spelling; whatever could be read in two ways is refused."""

import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.audit import canonical
from workflow.errors import Invalid

# What RFC 8785 asks for: keys by UTF-16 code units, the short escapes, no needless ones.
SPELLINGS = [
    ({}, b"{}"),
    ([], b"[]"),
    (None, b"null"),
    ([True, False], b"[true,false]"),
    ({"b": 1, "a": 2}, b'{"a":2,"b":1}'),
    ({"a": {"d": 1, "c": [3, {"y": 1, "x": 2}]}}, b'{"a":{"c":[3,{"x":2,"y":1}],"d":1}}'),
    ({"10": 1, "1": 2, "9": 3}, b'{"1":2,"10":1,"9":3}'),
    ({"A": 1, "a": 2, "Z": 3}, b'{"A":1,"Z":3,"a":2}'),
    ({"": 1, "\r": 2, "1": 3}, b'{"":1,"\\r":2,"1":3}'),
    ({"\uff41": 2, "\U0001f600": 1}, '{"\U0001f600":1,"\uff41":2}'.encode()),
    ("\b\t\n\f\r", b'"\\b\\t\\n\\f\\r"'),
    ("\x00\x0f\x1f\x7f", b'"\\u0000\\u000f\\u001f\x7f"'),
    ('"\\/', b'"\\"\\\\/"'),
    ("<é & €>", '"<é & €>"'.encode()),
    ("\u2028\u2029", '"\u2028\u2029"'.encode()),
    (0, b"0"),
    (-0, b"0"),
    (2**53 - 1, b"9007199254740991"),
    (-(2**53) + 1, b"-9007199254740991"),
    ((1, 2), b"[1,2]"),
]
AMBIGUOUS = [
    0.5,
    1.0,
    float("nan"),
    float("inf"),
    2**53,
    -(2**53),
    Decimal("1.50"),
    "half \ud83d of a character",
    {"\udc00": 1},
    {1: "a key that is no text"},
    {"caf\u00e9": 1, "cafe\u0301": 2},
    b"bytes",
    {"one"},
]
UNREADABLE = [
    b'{"a":1,"a":2}',
    b'{"a":{"b":1,"b":1}}',
    b'{"b":1,"a":2}',
    b'{"a": 1}',
    b'{"a":1}\n',
    b'{"a":1.0}',
    b'{"a":1e3}',
    b'{"a":-0}',
    b'{"a":01}',
    b'{"a":9007199254740992}',
    b'{"a":NaN}',
    b'{"a":Infinity}',
    b'{"a":"\\u00e9"}',
    b'{"a":"\\ud83d"}',
    b'{"a":"\\/"}',
    b'{"a":"cafe\xcc\x81"}',
    b'{"a":"\xff"}',
    b'\xef\xbb\xbf{"a":1}',
    b"",
    b"[" * 100_000,
    b"[" * 900 + b"]" * 900,
    b'{"a":' + b"9" * 5000 + b"}",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.text("abcé€😀", max_size=4)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST, canonical.LARGEST) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@pytest.mark.parametrize(("value", "spelling"), SPELLINGS)
def test_a_value_has_one_spelling(value: Any, spelling: bytes) -> None:
    assert canonical.write(value) == spelling


@pytest.mark.parametrize("value", AMBIGUOUS, ids=repr)
def test_an_ambiguous_value_is_refused(value: Any) -> None:
    with pytest.raises(Invalid):
        canonical.write({"deep": [value]})


@pytest.mark.parametrize("body", UNREADABLE, ids=lambda body: repr(body[:24]))
def test_bytes_that_were_not_written_here_are_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        canonical.parse(body)


def test_composed_and_decomposed_text_are_one() -> None:
    assert canonical.write("cafe\u0301") == canonical.write("caf\u00e9")


@pytest.mark.proof
@given(VALUES)
def test_what_is_written_reads_back_and_is_written_alike_again(value: Any) -> None:
    body = canonical.write(value)

    assert canonical.write(canonical.parse(body)) == body


@pytest.mark.proof
@given(TEXT)
def test_text_survives_but_for_its_composition(text: str) -> None:
    assert canonical.parse(canonical.write(text)) == unicodedata.normalize("NFC", text)


def test_a_digest_is_plain_sha256() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert canonical.digest(b"") == empty


def test_a_leaf_hash_is_that_of_rfc_6962() -> None:
    of_the_empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"

    assert canonical.leaf_hash(b"").hex() == of_the_empty_leaf
