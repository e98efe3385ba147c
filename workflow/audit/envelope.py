"""The envelope: one fact as the bytes that the trail keeps and hashes, and what they say."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from workflow.audit import canonical
from workflow.audit.commitments import Commitment, commit
from workflow.audit.events import codec
from workflow.audit.events.catalogue import said
from workflow.audit.events.payload import Payload, opaque, person_of
from workflow.clock import read, written
from workflow.errors import Invalid, Refusal
from workflow.phrase import phrase
from workflow.vocabulary import EventType

# What reading bytes that somebody altered behind the engine's back may come to.
UNREADABLE = (Refusal, ValueError, TypeError, LookupError, AttributeError)
VERSION = 1
ORIGIN = "primemover"
LARGEST_BODY = 16 * 1024
Kind = TypeVar("Kind", bound=Payload)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is to be recorded, by whom, and under which office.

    `what` says it; of its private texts only salted commitments enter the trail. A fact of nobody,
    such as a deadline's, has no `person`.
    """

    what: Payload
    person: int | None
    at: datetime
    role: str = ""
    party: str = ""
    appointment: int | None = None
    effective_at: datetime | None = None

    @property
    def type(self) -> EventType:
        """The type of event that this is."""
        return self.what.event_type


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event as its bytes tell it; `prev` is spelt as in them."""

    v: int
    log: str
    case: str
    seq: int
    prev: str
    type: str
    person: int | None
    role: str
    party: str
    appointment: int | None
    at: datetime
    effective: datetime
    what: Payload
    commitments: Mapping[str, str]


def build(
    fact: Fact, *, case_ref: str, seq: int, prev: bytes
) -> tuple[bytes, tuple[Commitment, ...]]:
    """The body of event `seq` of the case, and the commitments it makes."""
    commitments = tuple(commit(name, text) for name, text in codec.texts(fact.what).items())
    envelope = {
        "v": VERSION,
        "log": ORIGIN,
        "case": case_ref,
        "seq": seq,
        "prev": prev.hex(),
        "type": str(fact.type),
        "person": opaque(fact.person),
        "role": fact.role,
        "party": fact.party,
        "appointment": fact.appointment,
        "at": written(fact.at),
        "what": codec.written(fact.what),
        "commitments": {made.field: made.digest for made in commitments},
    }
    if fact.effective_at is not None and fact.effective_at != fact.at:
        envelope["effective"] = written(fact.effective_at)
    return _bounded(canonical.write(envelope)), commitments


def read_event(body: bytes) -> Envelope:
    """The event that canonical `body` tells of."""
    return event_of(canonical.parse(body))


def event_of(event: Mapping[str, Any]) -> Envelope:
    """The event that the plain values of a body tell of; raises where they are no event."""
    return Envelope(
        v=event["v"],
        log=event["log"],
        case=event["case"],
        seq=event["seq"],
        prev=event["prev"],
        type=event["type"],
        person=None if event["person"] is None else person_of(event["person"]),
        role=_of(str, event["role"]),
        party=_of(str, event["party"]),
        appointment=None if event["appointment"] is None else _of(int, event["appointment"]),
        at=_instant(event["at"]),
        effective=_instant(event.get("effective", event["at"])),
        what=said(event["type"], event["what"], event["commitments"]),
        commitments={
            field: _of(str, digest) for field, digest in _of(dict, event["commitments"]).items()
        },
    )


def _of(kind: type[Value], value: Any) -> Value:
    """`value`, if it is of this kind and nothing that only counts as such."""
    if type(value) is not kind:
        raise TypeError(f"{value!r:.40} stands where a {kind.__name__} has to")
    return value


def _instant(text: Any) -> datetime:
    """The instant that an event tells; one of no zone is none."""
    instant = read(_of(str, text))
    if instant.tzinfo is None:
        raise ValueError(f"{text!r:.40} is an instant without a time zone")
    return instant


def what_in(body: bytes, kind: type[Kind]) -> Kind:
    """What an event says whose kind is known; refuses one that does not say it."""
    event = read_event(body)
    if not isinstance(event.what, kind):
        raise Invalid(
            phrase(
                "Event %(seq)s of %(case)s does not say what %(type)s has to say.",
                seq=event.seq,
                case=event.case,
                type=event.type,
            )
        )
    return event.what


def genesis(case_ref: str) -> bytes:
    """What the first event of a case names as its predecessor: this origin and this case."""
    return hashlib.sha256(canonical.write([ORIGIN, case_ref])).digest()


def _bounded(body: bytes) -> bytes:
    if len(body) > LARGEST_BODY:
        raise Invalid(
            phrase(
                "This act would take %(count)s bytes of the trail, which gives %(largest_body)s to "
                "each. File long content as a document and refer to it.",
                count=len(body),
                largest_body=LARGEST_BODY,
            )
        )
    return body
