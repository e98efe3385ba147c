"""Strict readings: JSON that has one spelling only, times, hashes, and the leaf hash of an event."""

from __future__ import annotations

import binascii
import hashlib
import json
import re
import unicodedata
from base64 import b64decode, b64encode, urlsafe_b64encode
from datetime import datetime, timezone
from typing import Any, NoReturn

LARGEST_INTEGER = 2**53 - 1
DEEPEST = 40
HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
COUNT = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", re.ASCII)


class Wrong(Exception):
    """Something is not what it has to be; the sentence says what."""


def leaf_hash(body: bytes) -> bytes:
    """The hash of an event as a leaf of an RFC 6962 tree, which is also its name."""
    return hashlib.sha256(b"\x00" + body).digest()


def canonical(value: Any, depth: int = 0) -> str:
    """`value` as RFC 8785 spells it; what has no one spelling is refused."""
    if depth > DEEPEST:
        raise Wrong("it is nested too deeply")
    if isinstance(value, dict):
        keys = sorted(value, key=_units)
        pairs = (f"{_text(key)}:{canonical(value[key], depth + 1)}" for key in keys)
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(each, depth + 1) for each in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def parsed_json(body: bytes) -> Any:
    """What canonical JSON says; any other spelling of it, and anything ambiguous, is refused."""
    try:
        value = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_no_key_twice,
            parse_int=_integer,
            parse_float=_no_fraction,
            parse_constant=_no_fraction,
        )
        again = canonical(value).encode("utf-8")
    except UnicodeError:
        raise Wrong("it holds half characters, or is not UTF-8") from None
    except RecursionError:
        raise Wrong("it is nested too deeply") from None
    except ValueError:
        raise Wrong("it is not JSON") from None
    if again != body:
        raise Wrong("it is JSON, but not in its canonical form (RFC 8785)")
    return value


def parsed_object(body: bytes) -> dict[str, Any]:
    """What a canonical JSON object says."""
    value = parsed_json(body)
    if not isinstance(value, dict):
        raise Wrong("it is not a JSON object")
    return value


def disclosure_digest(salt: str, field: str, value: str) -> str:
    """The commitment to a private text (RFC 9901, disclosure form)."""
    text = unpadded(canonical([salt, field, value]).encode("utf-8"))
    return unpadded(hashlib.sha256(text.encode("ascii")).digest())


def unpadded(content: bytes) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def from_base64(text: str) -> bytes:
    """The bytes that `text` spells in the one way there is."""
    try:
        found = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Wrong("it is not base64") from None
    if not found or b64encode(found).decode("ascii") != text:
        raise Wrong("it is not base64 in its one form")
    return found


def hash_from_base64(text: str) -> bytes:
    """The SHA-256 hash that `text` spells in base64."""
    found = from_base64(text)
    if len(found) != 32:
        raise Wrong("a hash has 32 bytes")
    return found


def count_from(text: str) -> int:
    """The number that `text` spells in the one way there is."""
    if not COUNT.fullmatch(text) or int(text) >= 2**63:
        raise Wrong(f"{text[:24]!r} is not a number of entries")
    return int(text)


def instant(text: Any) -> datetime:
    """The time that an event writes: UTC, milliseconds, a trailing Z."""
    if not isinstance(text, str) or not INSTANT.fullmatch(text):
        raise Wrong(f"{str(text)[:40]!r} is not a time in UTC")
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    except ValueError:
        raise Wrong(f"{text!r} is not a time") from None


def is_digest(value: Any) -> bool:
    """Whether this is a SHA-256 in hexadecimal."""
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def _text(value: str) -> str:
    if not unicodedata.is_normalized("NFC", value):
        raise Wrong("a text in it is not composed (NFC)")
    return json.dumps(value, ensure_ascii=False)


def _units(key: str) -> bytes:
    """Keys stand in the order of their UTF-16 units."""
    return key.encode("utf-16-be")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Wrong("the same key stands twice in one object")
    return found


def _integer(text: str) -> int:
    if len(text) > 17 or text == "-0" or abs(int(text)) > LARGEST_INTEGER:
        raise Wrong("a number in it is too large to be read the same everywhere")
    return int(text)


def _no_fraction(text: str) -> NoReturn:
    raise Wrong(f"the number {text[:40]} in it is not a whole one")
