"""The events of a dossier: each unaltered and in its place, and each in the log."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow.dossiers.verifier.notes import NotedCheckpoint
from workflow.dossiers.verifier.strict import (
    Wrong,
    canonical,
    count_from,
    hash_from_base64,
    instant,
    leaf_hash,
    parsed_object,
)
from workflow.dossiers.verifier.tree_proofs import is_included

FIRST_LINE = "c2sp.org/tlog-proof@v1"
TEXTS = ("log", "case", "type", "role", "party", "at", "prev")
PERSON = re.compile(r"p[0-9]{1,18}", re.ASCII)


@dataclass
class EventPlace:
    """One event as far as the other checks need it."""

    seq: int
    hash: bytes
    type: str
    at: datetime
    index: int | None = None
    commitments: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Chain:
    """How far the chain of a case was followed; `log` is the name that its events give the log."""

    case: str
    log: str = ""
    seq: int = 0
    hash: bytes = b""
    at: datetime | None = None
    index: int = -1

    def take(self, seq: int, body: bytes) -> tuple[EventPlace, Mapping[str, Any]]:
        """The next event, once it is known to be in its place; raises `Wrong` if it is not."""
        event = parsed_object(body)
        _refuse_shape(event)
        self.log = self.log or event["log"]
        if not self.seq:
            genesis = canonical([self.log, self.case]).encode("utf-8")
            self.hash = hashlib.sha256(genesis).digest()
        here = (event["case"], event["log"], event["seq"])
        if here != (self.case, self.log, seq):
            raise Wrong(f"it says that it is event {here[2]} of {here[0]} in the log {here[1]}")
        if self.hash and event["prev"] != self.hash.hex():
            raise Wrong(
                f"it names {event['prev'][:16]}… as the event before it, "
                f"but that one hashes to {self.hash.hex()[:16]}…"
            )
        at = instant(event["at"])
        instant(event.get("effective", event["at"]))
        if self.at is not None and at < self.at:
            raise Wrong("it is earlier than the event before it")
        self.seq, self.hash, self.at = seq, leaf_hash(body), at
        return EventPlace(seq, self.hash, event["type"], at, None, event["commitments"]), event

    def follow(self, index: int) -> int:
        """The index of an event, which has to be behind that of the event before it."""
        if index <= self.index:
            raise Wrong("it stands in the log before the event that it follows")
        self.index = index
        return index

    def leap(self, seq: int) -> None:
        """Go on in front of event `seq` although those before it are missing."""
        self.seq, self.hash = seq - 1, b""

    def skip(self, seq: int, body: bytes) -> None:
        """Go on behind an event that is not in order, so that each fault is told once."""
        self.seq, self.hash = seq, leaf_hash(body)


def place_in_log(proof: bytes, leaf: bytes, note: bytes, checkpoint: NotedCheckpoint) -> int:
    """The index that a proof (C2SP tlog-proof) gives an entry in the log of the checkpoint."""
    above, blank, below = proof.partition(b"\n\n")
    if not blank or below != note:
        raise Wrong("its proof is not made for the checkpoint of this dossier")
    try:
        lines = above.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise Wrong("its proof is not written as it has to be") from None
    if lines.pop(0) != FIRST_LINE or not lines or not lines[0].startswith("index "):
        raise Wrong("its proof is not written as it has to be")
    index = count_from(lines.pop(0)[len("index ") :])
    hashes = [hash_from_base64(line) for line in lines[:64]]
    if len(lines) > 64 or not is_included(leaf, index, checkpoint.size, hashes, checkpoint.root):
        raise Wrong("its proof does not lead to the root of the checkpoint: it is not in this log")
    return index


def _refuse_shape(event: Mapping[str, Any]) -> None:
    """Refuse an event that lacks what every event says."""
    if event.get("v") != 1 or type(event.get("v")) is not int:
        raise Wrong("it is written in a form that this verifier does not know")
    if type(event.get("seq")) is not int or not all(
        isinstance(event.get(name), str) for name in TEXTS
    ):
        raise Wrong("it lacks one of the things that every event says")
    person, what, committed = event.get("person"), event.get("what"), event.get("commitments")
    if person is not None and not (isinstance(person, str) and PERSON.fullmatch(person)):
        raise Wrong("it does not say by whom it is")
    if not isinstance(what, dict) or not isinstance(committed, dict):
        raise Wrong("it does not say what happened")
    if not all(isinstance(each, str) and len(each) == 43 for each in committed.values()):
        raise Wrong("what it commits to is not a digest")
