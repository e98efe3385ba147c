"""Documents, files and parties in words."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.cases import InCapacity, PartyJoined, PartyLeft
from workflow.audit.events.documents import AttachmentFiled, AttachmentRemoved, DocumentFiled
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext, Text
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Term, phrase


def filed(event: Recorded, what: DocumentFiled, context: HistoryContext) -> Said:
    """A new version of a document, or what a case begins with."""
    texts = (Text(what.kind, what.version, what.digest, event.seq),)
    if what.carried_from is not None:
        sentence = phrase(
            "The %(kind)s begins with what %(who)s filed above in %(document)s, version %(version)s",
            kind=context.kind(what.kind), who=context.names.people.get(what.writer or 0, ""),
            document=Term(what.carried_from.replace("_", " ")), version=what.carried_version or 0,
        )  # fmt: skip
        return Said(sentence, texts=texts)
    sentence = phrase(
        "%(who)s filed the %(kind)s, version %(version)s",
        who=context.who(event), kind=context.kind(what.kind), version=what.version,
    )  # fmt: skip
    return Said(sentence, texts=texts)


def attached(event: Recorded, what: AttachmentFiled, context: HistoryContext) -> Said:
    """A file put on record."""
    name = context.names.private(event, what.filename)
    sentence = phrase(
        "%(who)s attached %(filename)s to the %(kind)s",
        who=context.who(event), filename=name or Term("a file"), kind=context.kind(what.kind),
    )  # fmt: skip
    size = phrase("%(size)s bytes", size=what.size)
    erased = (phrase("The name of the file was erased."),) if name is None else ()
    file = Text(what.kind, 0, what.digest, event.seq)
    brought = (phrase("brought in; it bears %(day)s", day=what.dated),) if what.dated else ()
    return Said(sentence, under=(*brought, size, *erased), texts=(file,))


def removed(event: Recorded, what: AttachmentRemoved, context: HistoryContext) -> Said:
    """A file taken off; its bytes and this line stay."""
    sentence = phrase(
        "%(who)s took a file off the %(kind)s",
        who=context.who(event), kind=context.kind(what.kind),
    )  # fmt: skip
    return Said(sentence, texts=(Text(what.kind, 0, what.digest, event.seq),))


def joined(_event: Recorded, what: PartyJoined, context: HistoryContext) -> Said:
    """A party took a part in the case."""
    return Said(
        phrase(
            "%(party)s joined as %(capacity)s",
            party=context.party(what.party), capacity=_capacity(what),
        ),
        tone="done",
    )  # fmt: skip


def left(_event: Recorded, what: PartyLeft, context: HistoryContext) -> Said:
    """A party gave up its part in the case."""
    return Said(
        phrase(
            "%(party)s is no longer %(capacity)s",
            party=context.party(what.party), capacity=_capacity(what),
        )
    )  # fmt: skip


def _capacity(what: InCapacity) -> Term:
    return Term(what.capacity.replace("_", " "))


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    DocumentFiled: filed,
    AttachmentFiled: attached,
    AttachmentRemoved: removed,
    PartyJoined: joined,
    PartyLeft: left,
}
