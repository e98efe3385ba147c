"""Canonical bytes (RFC 8785): one spelling for one fact, so that its hash can be believed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn
from unicodedata import normalize

import rfc8785

from workflow.errors import Invalid
from workflow.phrase import phrase

LARGEST = 2**53 - 1
LEAF = b"\x00"
# Up to here nobody has to look twice.
SHORT, DEEPEST = 15, 200
SHORTEST = 10**14
EASY = frozenset({str, bool, type(None)})


def write(value: Any) -> bytes:
    """`value` in canonical form, its text composed (NFC) first.

    Refuses what two readers could understand differently: fractions (money is written as text),
    integers that a double cannot hold, half characters, and keys that are not text or collide.
    """
    quick = _quickly(value)
    return _at_length(value) if quick is None else quick


def _at_length(value: Any) -> bytes:
    try:
        return rfc8785.dumps(_composed(value))
    except (ValueError, RecursionError) as fault:
        raise Invalid(
            phrase("This cannot be written down unambiguously: %(fault)s.", fault=str(fault))
        ) from fault


def parse(body: bytes) -> Any:
    """What canonical `body` says; bytes that `write` would not have written are refused."""
    quick = _plainly(body)
    if quick is not None:
        return quick[0]
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_repetition,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError) as fault:
        raise Invalid(phrase("The bytes are not JSON: %(fault)s.", fault=str(fault))) from fault
    if _at_length(value) != body:
        raise Invalid(phrase("The bytes are JSON, but not in canonical form."))
    return value


def digest(content: bytes) -> str:
    """SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def leaf_hash(body: bytes) -> bytes:
    """The hash of an event as a leaf of an RFC 6962 tree; also its name and the chain's link."""
    return hashlib.sha256(LEAF + body).digest()


def _quickly(value: Any) -> bytes | None:
    """The canonical form where Python's own writer gives it; or nothing.

    In ASCII both order keys and escape text alike, and composing changes nothing.
    """
    try:
        text = _ENCODER.encode(value)
        if _is_plain(text) and _is_simple(value):
            return text.encode("ascii")
    except (ValueError, TypeError, RecursionError):
        return None
    return None


def _plainly(body: bytes) -> tuple[Any] | None:
    """What plain canonical bytes say, proved by writing it back; nothing if they are not plain.

    Keys that repeat, another order, blanks and needless escapes would not come back the same.
    """
    try:
        text = body.decode("ascii")
        value = _DECODER.decode(text) if _is_plain(text) else None
        if _ENCODER.encode(value) == text:
            return (value,)
    except (Invalid, ValueError, RecursionError):
        return None
    return None


def _composed(value: Any) -> Any:
    match value:
        case str():
            return normalize("NFC", value)
        case None | bool():
            return value
        case int() if -LARGEST <= value <= LARGEST:
            return value
        case list() | tuple():
            return [_composed(item) for item in value]
        case Mapping():
            return _without_repetition(
                [(_key(key), _composed(item)) for key, item in value.items()]
            )
    raise Invalid(
        phrase(
            "A %(name)s (%(value)s) cannot be written down unambiguously.",
            name=type(value).__name__,
            value=f"{value!r:.40}",
        )
    )


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise Invalid(phrase("The key %(key)s is not text.", key=f"{key!r:.40}"))
    return normalize("NFC", key)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Invalid(phrase("The same key stands twice in one object."))
    return found


def _refuse_number(text: str) -> NoReturn:
    raise Invalid(phrase("The number %(text)s is not a whole number.", text=f"{text:.40}"))


def _is_plain(text: str) -> bool:
    """Whether the text is of ASCII alone, and not nested beyond reason."""
    return text.isascii() and text.count("[") + text.count("{") <= DEEPEST


def _is_simple(value: Any) -> bool:
    """Whether it holds nothing but objects with keys of text, lists, text, truths and short numbers."""
    found = [value]
    # What a value holds is looked at behind it; that none holds itself is known from its text.
    for each in found:
        kind = type(each)
        if kind is dict:
            for key, item in each.items():
                if type(key) is not str:
                    return False
                # Most of it is plain text, at which there is nothing to look.
                if type(item) is not str:
                    found += (item,)
        elif kind is list:
            found += each
        elif kind is int:
            if not -SHORTEST < each < SHORTEST:
                return False
        elif kind not in EASY and not isinstance(each, str):
            return False
    return True


def _short(text: str) -> int:
    """A number that a double holds for certain; longer ones are left to the longer way."""
    if len(text) > SHORT:
        raise Invalid(phrase("The number %(text)s is long.", text=f"{text:.40}"))
    return int(text)


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)
_DECODER = json.JSONDecoder(
    parse_int=_short, parse_float=_refuse_number, parse_constant=_refuse_number
)
