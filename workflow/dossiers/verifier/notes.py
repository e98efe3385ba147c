"""Checkpoints as signed notes, and the policy that says whose signatures count (C2SP)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone

from workflow.dossiers.verifier.ed25519 import verifies
from workflow.dossiers.verifier.strict import Wrong, count_from, from_base64, hash_from_base64

OF_A_LOG, OF_A_WITNESS = 1, 4
LATEST = 253402300799
MOST_NAMES = 1000


@dataclass(frozen=True)
class Key:
    """A public key, what it is called, and whether it is a log's or a witness's."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which signature lines name the key."""
        named = self.name.encode("utf-8") + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]


@dataclass(frozen=True)
class Policy:
    """Whom an auditor believes: logs, witnesses, and how many of them have to agree."""

    logs: tuple[Key, ...]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, tuple[int, tuple[str, ...]]]
    quorum: str

    def satisfied(self, seen: Iterable[Key]) -> bool:
        """Whether these witnesses are enough."""
        return self.quorum == "none" or self._agrees(self.quorum, set(seen))

    def _agrees(self, name: str, seen: set[Key]) -> bool:
        if name in self.witnesses:
            return self.witnesses[name] in seen
        least, members = self.groups[name]
        return sum(self._agrees(member, seen) for member in members) >= least


@dataclass(frozen=True)
class NotedCheckpoint:
    """How large a log was, the root of its tree, and the signature lines under it."""

    origin: str
    size: int
    root: bytes
    text: str
    lines: tuple[tuple[str, bytes, bytes], ...]


@dataclass
class Judged:
    """What a policy makes of a checkpoint: who vouches for it, and when."""

    signed: bool = False
    witnesses: dict[Key, datetime] = field(default_factory=dict)


def key_from(text: str) -> Key:
    """The key that a key string, `name+hash+base64`, tells of."""
    name, _, rest = text.partition("+")
    number, _, encoded = rest.partition("+")
    material = from_base64(encoded)
    if not is_key_name(name) or len(material) != 33:
        raise Wrong(f"{text[:60]!r} is not the key string of a log or a witness")
    key = Key(name, material[0], material[1:])
    if key.id.hex() != number:
        raise Wrong(f"the key string of {name} does not hash to the id that it names")
    return key


def policy_from(content: bytes) -> Policy:
    """The policy that a file spells (C2SP tlog-policy)."""
    told = _Told()
    for number, words in _lines_of(content):
        told.take(number, words)
    keys = [key.public for key in (*told.logs, *told.witnesses.values())]
    if len(set(keys)) != len(keys):
        raise Wrong("the policy names one key twice")
    if not told.quorum:
        raise Wrong("the policy has no quorum line")
    return Policy(tuple(told.logs), told.witnesses, told.groups, told.quorum)


@dataclass
class _Told:
    """What the lines of a policy have told so far."""

    logs: list[Key] = field(default_factory=list)
    witnesses: dict[str, Key] = field(default_factory=dict)
    groups: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    grouped: set[str] = field(default_factory=set)
    quorum: str = ""

    def take(self, number: int, words: list[str]) -> None:
        """One more line, as words."""
        known = {"log": (2, 3), "witness": (3, 4), "quorum": (2,), "group": range(4, 200)}
        try:
            if len(words) not in known.get(words[0], ()):
                raise Wrong("it is none of log, witness, group and quorum")  # noqa: TRY301
            getattr(self, "_" + words[0])(*words[1:])
        except Wrong as fault:
            raise Wrong(f"line {number} of the policy: {fault}") from None

    def _log(self, key: str, _address: str = "") -> None:
        self.logs.append(_key_of_kind(key, OF_A_LOG))

    def _witness(self, name: str, key: str, _address: str = "") -> None:
        self._new(name)
        self.witnesses[name] = _key_of_kind(key, OF_A_WITNESS)

    def _group(self, name: str, least: str, *members: str) -> None:
        self._new(name)
        self._known(members)
        if self.grouped & set(members) or len(set(members)) != len(members):
            raise Wrong("a name may stand in one group only, and once")
        self.grouped |= set(members)
        self.groups[name] = (_least(least, len(members)), members)

    def _quorum(self, name: str) -> None:
        if self.quorum:
            raise Wrong("there is a quorum above it")
        if name != "none":
            self._known((name,))
        self.quorum = name

    def _new(self, name: str) -> None:
        if name == "none" or name in self.witnesses or name in self.groups:
            raise Wrong(f"the name {name!r} is taken")

    def _known(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.witnesses and name not in self.groups:
                raise Wrong(f"the name {name!r} is not known above it")


def checkpoint_from(content: bytes) -> NotedCheckpoint:
    """The checkpoint that a signed note spells, none of it believed yet."""
    try:
        whole = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("it is not UTF-8") from None
    if any(each < " " and each != "\n" for each in whole):
        raise Wrong("it holds a control character")
    text, blank, below = whole.rpartition("\n\n")
    signatures = below.split("\n")
    lines = text.split("\n")
    if not blank or signatures.pop() or not signatures or len(signatures) > 32:
        raise Wrong("it does not end with a blank line and signatures")
    if len(lines) < 3 or not all(lines):
        raise Wrong("it has to say its origin, its size and its root")
    signed = tuple(_signature_line(line) for line in signatures)
    return NotedCheckpoint(
        lines[0], count_from(lines[1]), hash_from_base64(lines[2]), text + "\n", signed
    )


def judged(checkpoint: NotedCheckpoint, policy: Policy, *, built_in: bool = False) -> Judged:
    """Who of the policy vouches for the checkpoint; a false signature of one of them is refused."""
    found = Judged()
    known = {(key.name, key.id): key for key in (*policy.logs, *policy.witnesses.values())}
    for name, number, value in checkpoint.lines:
        key = known.get((name, number))
        if key is None or (key.kind == OF_A_LOG and key.name != checkpoint.origin):
            continue
        message, signature = checkpoint.text, value
        if key.kind == OF_A_WITNESS:
            at, signature = int.from_bytes(value[:8], "big"), value[8:]
            message = f"cosignature/v1\ntime {at}\n{message}"
            if at > LATEST:
                raise Wrong(f"the cosignature of {name} has no time")
            found.witnesses[key] = datetime.fromtimestamp(at, timezone.utc)
        if not verifies(key.public, message.encode("utf-8"), signature, built_in=built_in):
            raise Wrong(f"the signature of {name} is not one of this checkpoint")
        found.signed = found.signed or key.kind == OF_A_LOG
    return found


def is_key_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(name) and "+" not in name and not any(each.isspace() for each in name)


def _signature_line(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line[2:].partition(" ")
    if not line.startswith("— ") or not is_key_name(name):
        raise Wrong("a signature line in it is malformed")
    value = from_base64(encoded)
    if len(value) < 5:
        raise Wrong("a signature line in it is too short")
    return name, value[:4], value[4:]


def _lines_of(content: bytes) -> Iterable[tuple[int, list[str]]]:
    if len(content) > 262_144:
        raise Wrong("the policy is too large")
    if any(each < 32 and each not in (9, 10) for each in content) or 127 in content:
        raise Wrong("the policy holds a control character")
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    if len(lines) > MOST_NAMES:
        raise Wrong("the policy has too many lines")
    for number, line in enumerate(lines, 1):
        words = [word for word in re.split("[ \t]+", line) if word]
        if words and not words[0].startswith("#"):
            yield number, words


def _key_of_kind(text: str, kind: int) -> Key:
    key = key_from(text)
    if key.kind != kind:
        raise Wrong(f"the key of {key.name} is not of the kind that this line needs")
    return key


def _least(text: str, members: int) -> int:
    least = {"any": 1, "all": members}.get(text)
    if least is None:
        least = count_from(text)
    if not 1 <= least <= members:
        raise Wrong(f"{text} of {members} is not a number of witnesses")
    return least
