"""Signed notes (C2SP signed-note v1): a text that a person can read, and who stands behind it."""

import binascii
import hashlib
import os
import time
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from workflow.deferred import Library
from workflow.errors import Invalid
from workflow.phrase import phrase

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives.asymmetric import ed25519
else:
    exceptions = Library("cryptography.exceptions")
    ed25519 = Library("cryptography.hazmat.primitives.asymmetric.ed25519")

ED25519, COSIGNATURE = 1, 4
MOST_SIGNATURES = 16
LARGEST = 1_000_000
LATEST = 2**63 - 1
DASH = "— "
PRIVATE = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: a key's name and id, and what it signed with."""

    name: str
    key: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The line as it stands in the note."""
        return f"{DASH}{self.name} {b64encode(self.key + self.value).decode()}\n"

    @property
    def at(self) -> int:
        """When a cosignature was made, in seconds; it says so only if it is one."""
        return int.from_bytes(self.value[:8], "big")


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line's end, and its signatures, of which none is believed yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __bytes__(self) -> bytes:
        return "".join([self.text, "\n", *(each.line for each in self.signatures)]).encode()


@dataclass(frozen=True, slots=True)
class Verifier:
    """What somebody's signatures are checked with."""

    name: str
    public: bytes
    kind: int = ED25519

    @classmethod
    def read(cls, text: str) -> Self:
        """The verifier that a key string, `name+hash+base64`, tells of."""
        name, _, rest = text.partition("+")
        key, _, encoded = rest.partition("+")
        material = _decoded(encoded)
        if not (_is_name(name) and len(material) == 33 and material[0] in {ED25519, COSIGNATURE}):
            raise Invalid(phrase("This is not the key string of a verifier."))
        verifier = cls(name, material[1:], material[0])
        if verifier.id.hex() != key:
            raise Invalid(
                phrase(
                    "The key string of %(name)s does not hash to the id that it names.", name=name
                )
            )
        return verifier

    def __str__(self) -> str:
        material = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"

    @property
    def id(self) -> bytes:
        """The four bytes by which signature lines name the key."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]

    def verifies(self, text: str, signature: Signature) -> bool:
        """Whether the signature is this key's and of this text."""
        signed, value = text.encode(), signature.value
        if self.kind == COSIGNATURE:
            if len(value) != 72 or signature.at > LATEST:
                return False
            signed, value = _stamped(text, signature.at), value[8:]
        try:
            ed25519.Ed25519PublicKey.from_public_bytes(self.public).verify(value, signed)
        except (exceptions.InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """A key that signs notes; one of the kind `COSIGNATURE` says when it did."""

    def __init__(self, name: str, seed: bytes, kind: int = ED25519) -> None:
        if not _is_name(name):
            raise Invalid(
                phrase(
                    "The name of a key is one word without a plus sign, not %(name)s.",
                    name=repr(name),
                )
            )
        self._private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.verifier = Verifier(name, public, kind)

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> Self:
        """A new key."""
        return cls(name, ed25519.Ed25519PrivateKey.generate().private_bytes_raw(), kind)

    @classmethod
    def read(cls, text: str) -> Self:
        """The key that `written` wrote."""
        name, _, rest = text.strip().removeprefix(PRIVATE).partition("+")
        key, _, encoded = rest.partition("+")
        material = _decoded(encoded)
        if not (_is_name(name) and len(material) == 33 and material[0] in {ED25519, COSIGNATURE}):
            raise Invalid(phrase("This is not a signing key."))
        found = cls(name, material[1:], material[0])
        if found.verifier.id.hex() != key:
            raise Invalid(
                phrase(
                    "The signing key of %(name)s does not hash to the id that it names.", name=name
                )
            )
        return found

    @classmethod
    def load(cls, path: Path) -> Self:
        """The key kept in a file."""
        return cls.read(path.read_text(encoding="utf-8"))

    def store(self, path: Path) -> None:
        """Keep the key in a new file that its owner alone can read."""
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(self.written() + "\n")
            file.flush()
            os.fsync(file.fileno())

    def written(self) -> str:
        """The key as text: whoever reads it can sign."""
        of = self.verifier
        material = b64encode(bytes([of.kind]) + self._private.private_bytes_raw()).decode()
        return f"{PRIVATE}{of.name}+{of.id.hex()}+{material}"

    def sign(self, text: str, at: int | None = None) -> Signature:
        """The signature of a text; a cosignature is made at `at`, in seconds, or now."""
        if self.verifier.kind == ED25519:
            value = self._private.sign(text.encode())
        else:
            at = int(time.time()) if at is None else at
            value = at.to_bytes(8, "big") + self._private.sign(_stamped(text, at))
        return Signature(self.verifier.name, self.verifier.id, value)


def signed(text: str, *keys: SigningKey) -> bytes:
    """The note that `keys` make of a text."""
    note = bytes(Note(text, tuple(key.sign(text) for key in keys)))
    parsed(note)
    return note


def parsed(content: bytes) -> Note:
    """The note in `content`, nothing of it believed; what is not exactly a note is refused."""
    if len(content) > LARGEST:
        raise Invalid(phrase("The note is too large."))
    try:
        whole = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Invalid(phrase("The note is not UTF-8.")) from fault
    if any(character < " " and character != "\n" for character in whole):
        raise Invalid(phrase("The note holds a control character."))
    text, blank, below = whole.rpartition("\n\n")
    lines = below.split("\n")
    if not blank or lines.pop() or not lines:
        raise Invalid(phrase("The note does not end with a blank line and signatures."))
    if len(lines) > MOST_SIGNATURES:
        raise Invalid(
            phrase(
                "The note has more than %(most_signatures)s signatures.",
                most_signatures=MOST_SIGNATURES,
            )
        )
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def opened(content: bytes, known: Iterable[Verifier]) -> Note:
    """The note in `content` with the signatures that verified, one of each known key.

    Signatures of unknown keys are passed over. A note that a known key's signature contradicts
    is refused, and so is one that no known key signed.
    """
    note = parsed(content)
    keys = {(verifier.name, verifier.id): verifier for verifier in known}
    believed: dict[tuple[str, bytes], Signature] = {}
    for signature in note.signatures:
        verifier = keys.get((signature.name, signature.key))
        if verifier is None:
            continue
        if not verifier.verifies(note.text, signature):
            raise Invalid(
                phrase(
                    "The signature of %(signature)s is not one of this note.",
                    signature=signature.name,
                )
            )
        believed.setdefault((signature.name, signature.key), signature)
    if not believed:
        raise Invalid(phrase("No key that is known has signed the note."))
    return Note(note.text, tuple(believed.values()))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(DASH).partition(" ")
    value = _decoded(encoded)
    if not line.startswith(DASH) or not _is_name(name) or len(value) < 5:
        raise Invalid(phrase("A signature line of the note is malformed."))
    return Signature(name, value[:4], value[4:])


def _is_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(each.isspace() for each in name)


def _decoded(encoded: str) -> bytes:
    """What base64 says, or nothing if it is not spelled in the one way there is."""
    try:
        found = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if b64encode(found).decode() == encoded else b""


def _stamped(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
