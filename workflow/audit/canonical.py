"""Canonical bytes (RFC 8785): one spelling for one fact, so that its hash can be believed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn
from unicodedata import normalize

import rfc8785

from workflow.errors import Invalid

LARGEST = 2**53 - 1
LEAF = b"\x00"


def write(value: Any) -> bytes:
    """`value` in canonical form, its text composed (NFC) first.

    Refuses what two readers could understand differently: fractions (money is written as text),
    integers that a double cannot hold, half characters, and keys that are not text or collide.
    """
    try:
        return rfc8785.dumps(_composed(value))
    except (ValueError, RecursionError) as fault:
        raise Invalid(f"This cannot be written down unambiguously: {fault}.") from fault


def parse(body: bytes) -> Any:
    """What canonical `body` says; bytes that `write` would not have written are refused."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_repetition,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError) as fault:
        raise Invalid(f"The bytes are not JSON: {fault}.") from fault
    if write(value) != body:
        raise Invalid("The bytes are JSON, but not in canonical form.")
    return value


def digest(content: bytes) -> str:
    """SHA-256 of `content` in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def leaf_hash(body: bytes) -> bytes:
    """The hash of an event as a leaf of an RFC 6962 tree; also its name and the chain's link."""
    return hashlib.sha256(LEAF + body).digest()


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
    raise Invalid(f"A {type(value).__name__} ({value!r:.40}) cannot be written down unambiguously.")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise Invalid(f"The key {key!r:.40} is not text.")
    return normalize("NFC", key)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Invalid("The same key stands twice in one object.")
    return found


def _refuse_number(text: str) -> NoReturn:
    raise Invalid(f"The number {text:.40} is not a whole number.")
