"""Documents, files and parties in words."""

from collections.abc import Callable, Mapping

from workflow.history.context import HistoryContext, Text
from workflow.history.phrase import Term, phrase
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.vocabulary import EventType


def filed(event: Recorded, setting: HistoryContext) -> Said:
    """A new version of a document."""
    what = event.what
    sentence = phrase(
        "%(who)s filed the %(kind)s, version %(version)s",
        who=setting.who(event), kind=setting.kind(what["kind"]), version=what["version"],
    )  # fmt: skip
    return Said(sentence, texts=(Text(what["kind"], what["version"], what["digest"], event.seq),))


def attached(event: Recorded, setting: HistoryContext) -> Said:
    """A file put on record."""
    what, name = event.what, setting.names.private(event, "filename")
    sentence = phrase(
        "%(who)s attached %(filename)s to the %(kind)s",
        who=setting.who(event), filename=name or Term("a file"), kind=setting.kind(what["kind"]),
    )  # fmt: skip
    size = phrase("%(size)s bytes", size=what["size"])
    erased = (phrase("The name of the file was erased."),) if name is None else ()
    file = Text(what["kind"], 0, what["digest"], event.seq)
    return Said(sentence, under=(size, *erased), texts=(file,))


def removed(event: Recorded, setting: HistoryContext) -> Said:
    """A file taken off; its bytes and this line stay."""
    what = event.what
    sentence = phrase(
        "%(who)s took a file off the %(kind)s",
        who=setting.who(event), kind=setting.kind(what["kind"]),
    )  # fmt: skip
    return Said(sentence, texts=(Text(what["kind"], 0, what["digest"], event.seq),))


def joined(event: Recorded, setting: HistoryContext) -> Said:
    """A party took a part in the case."""
    return Said(
        phrase(
            "%(party)s joined as %(capacity)s",
            party=setting.party(event.what["party"]), capacity=_capacity(event),
        ),
        tone="done",
    )  # fmt: skip


def left(event: Recorded, setting: HistoryContext) -> Said:
    """A party gave up its part in the case."""
    return Said(
        phrase(
            "%(party)s is no longer %(capacity)s",
            party=setting.party(event.what["party"]), capacity=_capacity(event),
        )
    )  # fmt: skip


def _capacity(event: Recorded) -> Term:
    return Term(event.what["capacity"].replace("_", " "))


TELLERS: Mapping[str, Callable[[Recorded, HistoryContext], Said]] = {
    EventType.DOCUMENT_FILED: filed,
    EventType.ATTACHMENT_FILED: attached,
    EventType.ATTACHMENT_REMOVED: removed,
    EventType.PARTY_JOINED: joined,
    EventType.PARTY_LEFT: left,
}
