"""Salted commitments: a trail proves a text without holding it (RFC 9901 disclosure form)."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hmac import compare_digest

from workflow.audit import canonical

SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Commitment:
    """The digest that goes into the trail, and the salt and value that open it."""

    field: str
    salt: str
    value: str
    digest: str


def commit(field: str, value: str) -> Commitment:
    """A commitment to `value` under a new salt of 256 bits."""
    salt = _base64url(secrets.token_bytes(SALT_BYTES))
    return Commitment(field, salt, value, disclosure_digest(disclosure(salt, field, value)))


def opens(digest: str, field: str, salt: str, value: str) -> bool:
    """Whether `salt` and `value` are what `digest` was made from for `field`."""
    return compare_digest(digest, disclosure_digest(disclosure(salt, field, value)))


def disclosure(salt: str, field: str, value: str) -> str:
    """The base64url text of the JSON array of salt, field and value."""
    return _base64url(canonical.write([salt, field, value]))


def disclosure_digest(text: str) -> str:
    """SHA-256 over the text of a disclosure, itself in base64url."""
    return _base64url(hashlib.sha256(text.encode("ascii")).digest())


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
