"""What of a case was sent, and what is a draft: read off the order in which things happened.

A draft is what its writers filed while it was theirs alone: in a private state, or while a round
waits for themselves to hand it over. What stood when it was handed over is sent; what had been
replaced or taken off by then never is, and neither is anything of a case that was never handed over.
A private state that is shared holds no drafts: those who take part in the case read each other there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from workflow.audit.envelope import UNREADABLE, read_event
from workflow.audit.events.cases import InState, as_called_now
from workflow.audit.events.documents import (
    AttachmentFiled,
    AttachmentRemoved,
    DocumentFiled,
    OfKind,
)
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import OfRound, RoundOpened, RoundSettled
from workflow.audit.models import Event
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.seat import Part
from workflow.reading import asked_once
from workflow.vocabulary import EventType

TELLING = (
    EventType.CASE_OPENED,
    EventType.STATE_ENTERED,
    EventType.CASE_MIGRATED,
    EventType.ROUND_OPENED,
    EventType.ROUND_SETTLED,
    EventType.ROUND_OVERTAKEN,
    EventType.DOCUMENT_FILED,
    EventType.ATTACHMENT_REMOVED,
)
_TOLD = (
    select(Event.seq, Event.body)
    .where(Event.case_id == bindparam("case_id"), Event.type.in_([each.value for each in TELLING]))
    .order_by(Event.seq)
)


@dataclass(frozen=True, slots=True)
class Drafting:
    """A stretch of the history in which some kinds of documents are drafts; `sent` says how it ended."""

    kinds: frozenset[str]
    begins: int
    ends: int | None = None
    sent: bool = False

    def keeps(self, kind: str, seq: int, gone: int | None) -> bool:
        """Whether what was filed by event `seq`, and replaced by event `gone`, never left it."""
        if kind not in self.kinds or seq < self.begins:
            return False
        if self.ends is None:
            return True
        return seq < self.ends and not (self.sent and (gone is None or gone > self.ends))


def is_draft(draftings: Iterable[Drafting], kind: str, seq: int, gone: int | None) -> bool:
    """Whether what event `seq` filed is its writers' own still."""
    return any(each.keeps(kind, seq, gone) for each in draftings)


def replaced(kind: DocumentKind, filed: Sequence[int]) -> Mapping[int, int | None]:
    """By which event each version gave way to the next; a report of a series gives way to none."""
    ordered = sorted(filed)
    later = dict(pairwise(ordered))
    return {seq: None if kind.serial else later.get(seq) for seq in ordered}


def handed_over(definition: Definition, spec: RoundSpec) -> frozenset[str]:
    """The kinds of documents that a round waits for their own writers to hand over."""
    deciding = {(seat.role, seat.of) for seat in spec.rule.seats if seat.part is Part.DECIDES}
    return frozenset(
        kind
        for kind in spec.text
        if deciding <= {(each.role, each.of) for each in definition.documents[kind].written_by}
    )


def drafted_in(definition: Definition, state: str, kind: str) -> bool:
    """Whether what is filed in a state is a draft until its writers hand it over."""
    return definition.states[state].drafts or any(
        kind in handed_over(definition, spec) for spec in definition.rounds_in(state)
    )


def draftings(definition: Definition, told: Sequence[tuple[int, Payload]]) -> tuple[Drafting, ...]:
    """The stretches in which something was a draft, from events in their order."""
    return (*_private(definition, told), *_rounds(definition, told))


def of_case(session: Session, definition: Definition, case_id: int) -> tuple[Drafting, ...]:
    """The stretches of one case in which something was a draft."""
    return draftings(definition, _told(session, case_id))


def taken_off(session: Session, case_id: int, seq: int, digest: str) -> int | None:
    """The event that took off the file which event `seq` filed; none where it stands."""
    return next(
        (
            later
            for later, what in _told(session, case_id)
            if later > seq and isinstance(what, AttachmentRemoved) and _undoes(what, seq, digest)
        ),
        None,
    )


def gave_way(
    session: Session, case_id: int, definition: Definition, filed: tuple[int, OfKind]
) -> int | None:
    """The event after which what an event filed stood no more; of a removal, its own."""
    seq, what = filed
    if isinstance(what, AttachmentRemoved):
        return seq
    if isinstance(what, AttachmentFiled):
        return taken_off(session, case_id, seq, what.digest)
    return _next_version(session, case_id, definition.documents[what.kind], seq)


def _next_version(session: Session, case_id: int, kind: DocumentKind, seq: int) -> int | None:
    """The event that filed the next version of a document; none for a report of a series."""
    return (
        None
        if kind.serial
        else next(
            (
                later
                for later, what in _told(session, case_id)
                if later > seq and isinstance(what, DocumentFiled) and what.kind == kind.key
            ),
            None,
        )
    )


def _undoes(what: AttachmentRemoved, seq: int, digest: str) -> bool:
    """Whether a removal is of the file that event `seq` filed: the oldest name its digest alone."""
    return what.filed == seq or (what.filed is None and what.digest == digest)


@asked_once
def _told(session: Session, case_id: int) -> tuple[tuple[int, Payload], ...]:
    rows = session.connection().execute(_TOLD, {"case_id": case_id})
    return as_called_now(tuple(_readable(rows)))


def _readable(rows: Iterable[Row[int, bytes]]) -> Iterator[tuple[int, Payload]]:
    """What events say, without those whose bytes were damaged."""
    for seq, body in rows:
        try:
            yield seq, read_event(body).what
        except UNREADABLE:
            continue


def _private(definition: Definition, told: Iterable[tuple[int, Payload]]) -> Iterator[Drafting]:
    """The stays in private states; one that ends in an end at once was handed over to nobody."""
    every, begins = frozenset(definition.documents), None
    for seq, what in told:
        if not isinstance(what, InState):
            continue
        state = definition.states[what.state]
        if state.drafts and begins is None:
            begins = seq
        elif not state.drafts and begins is not None:
            yield Drafting(every, begins, seq, sent=not state.final)
            begins = None
    if begins is not None:
        yield Drafting(every, begins)


def _rounds(definition: Definition, told: Iterable[tuple[int, Payload]]) -> Iterator[Drafting]:
    """The rounds in which writers were asked to hand over what they wrote."""
    begun: dict[tuple[str, int], tuple[frozenset[str], int]] = {}
    for seq, what in told:
        if isinstance(what, RoundOpened):
            kinds = handed_over(definition, definition.rounds[what.round])
            if kinds:
                begun[what.place] = kinds, seq
        elif isinstance(what, OfRound) and what.place in begun:
            kinds, begins = begun.pop(what.place)
            yield Drafting(kinds, begins, seq, sent=isinstance(what, RoundSettled))
    yield from (Drafting(kinds, begins) for kinds, begins in begun.values())
