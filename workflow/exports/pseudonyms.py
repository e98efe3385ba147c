"""How an export calls people and events: by the ids of the trail, or by pseudonyms."""

import hmac
import secrets
from hashlib import sha256
from typing import Protocol

KEY_BYTES = 32
LONG = 20


class Naming(Protocol):
    """Gives every person and every event one name inside one export."""

    def person(self, known_as: str) -> str:
        """What a person is called whom the trail knows under this id."""

    def event(self, leaf: bytes) -> str:
        """What an event is called whose hash this is."""


class Plain:
    """The opaque ids of the trail, and the hashes by which a dossier proves an event."""

    def person(self, known_as: str) -> str:
        """The id itself: it says nothing without the house's own list of people."""
        return known_as

    def event(self, leaf: bytes) -> str:
        """The hash in hexadecimal."""
        return leaf.hex()


class Pseudonymous:
    """Names made with a key that is thrown away with the export, so that none can be traced back.

    The hashes of events are hidden as well: much of what they cover can be guessed, so that
    somebody could try one person after the other until a hash fits.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._key = secrets.token_bytes(KEY_BYTES) if key is None else key

    def person(self, known_as: str) -> str:
        """The same person has the same pseudonym everywhere in this export, and only here."""
        return f"x{self._made(b'person', known_as.encode())}"

    def event(self, leaf: bytes) -> str:
        """A name for an event that nobody can compare with its hash."""
        return self._made(b"event", leaf)

    def _made(self, kind: bytes, content: bytes) -> str:
        return hmac.new(self._key, kind + b"\x00" + content, sha256).hexdigest()[:LONG]
