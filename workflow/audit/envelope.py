"""The envelope: one fact as the bytes that the trail keeps and hashes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow.audit import canonical
from workflow.audit.commitments import Commitment, commit
from workflow.clock import written
from workflow.errors import Invalid
from workflow.vocabulary import EventType

VERSION = 1
ORIGIN = "primemover"
LARGEST_BODY = 16 * 1024


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be recorded.

    `what` holds ids, keys, digests, verdicts and times as text; it can never be erased. `private`
    holds free text such as reasons, names of persons and file names: of each only a salted
    commitment enters the trail. A fact of nobody, such as a deadline's, has no `person`.
    """

    type: EventType
    person: int | None
    at: datetime
    what: Mapping[str, Any]
    role: str = ""
    party: str = ""
    appointment: int | None = None
    effective_at: datetime | None = None
    private: Mapping[str, str] = field(default_factory=dict)


def build(
    fact: Fact, *, case_ref: str, seq: int, prev: bytes
) -> tuple[bytes, tuple[Commitment, ...]]:
    """The body of event `seq` of the case, and the commitments it makes."""
    commitments = tuple(commit(name, text) for name, text in fact.private.items())
    envelope = {
        "v": VERSION,
        "log": ORIGIN,
        "case": case_ref,
        "seq": seq,
        "prev": prev.hex(),
        "type": fact.type.value,
        "person": opaque(fact.person),
        "role": fact.role,
        "party": fact.party,
        "appointment": fact.appointment,
        "at": written(fact.at),
        "what": fact.what,
        "commitments": {made.field: made.digest for made in commitments},
    }
    if fact.effective_at is not None and fact.effective_at != fact.at:
        envelope["effective"] = written(fact.effective_at)
    return _bounded(canonical.write(envelope)), commitments


def opaque(person: int | None) -> str | None:
    """The id under which the trail knows a person."""
    return None if person is None else f"p{person}"


def genesis(case_ref: str) -> bytes:
    """What the first event of a case names as its predecessor: this origin and this case."""
    return hashlib.sha256(canonical.write([ORIGIN, case_ref])).digest()


def _bounded(body: bytes) -> bytes:
    if len(body) > LARGEST_BODY:
        raise Invalid(
            f"This act would take {len(body)} bytes of the trail, which gives {LARGEST_BODY} to"
            " each. File long content as a document and refer to it."
        )
    return body
