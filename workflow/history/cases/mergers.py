"""Records of one effort in words: proposed to come under a programme, taken in, let go."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.payload import Payload
from workflow.audit.events.records.mergers import (
    MergerDeclined,
    MergerProposed,
    RecordLetGo,
    RecordMerged,
    RecordSeparated,
    RecordTakenIn,
)
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import phrase


def merged(event: Recorded, what: RecordMerged, context: HistoryContext) -> Said:
    """A record stands under another one."""
    sentence = phrase(
        "%(who)s found this record to be of one effort with %(into)s; it is kept as a record only",
        who=context.who(event), into=what.into,
    )  # fmt: skip
    return Said(sentence, tone="now", reason=what.reason)


def merger_proposed(event: Recorded, what: MergerProposed, context: HistoryContext) -> Said:
    """Somebody proposed that a record come under a programme."""
    sentence = phrase(
        "%(who)s proposed that this record, of one effort with %(into)s, come under it",
        who=context.who(event), into=what.into,
    )  # fmt: skip
    return Said(sentence, reason=what.reason)


def merger_declined(event: Recorded, what: MergerDeclined, context: HistoryContext) -> Said:
    """It does not come under it."""
    sentence = phrase(
        "%(who)s declined that this record come under %(into)s",
        who=context.who(event), into=what.into,
    )  # fmt: skip
    return Said(sentence, tone="objection", reason=what.reason)


def separated(event: Recorded, what: RecordSeparated, context: HistoryContext) -> Said:
    """A record lives on by itself again."""
    sentence = phrase(
        "%(who)s found this record to be no part of the effort of %(parent)s; it is a record of its own again",
        who=context.who(event), parent=what.parent,
    )  # fmt: skip
    return Said(sentence, tone="now", reason=what.reason)


def taken_in(event: Recorded, what: RecordTakenIn, context: HistoryContext) -> Said:
    """A record of the same effort came under this programme."""
    sentence = phrase(
        "%(who)s took in %(record)s, a record of the same effort, which is kept under this programme",
        who=context.who(event), record=what.record,
    )  # fmt: skip
    return Said(sentence, tone="now")


def record_let_go(event: Recorded, what: RecordLetGo, context: HistoryContext) -> Said:
    """A record that had come under this programme left it."""
    sentence = phrase(
        "%(who)s let go %(record)s, which is no part of this effort",
        who=context.who(event), record=what.record,
    )  # fmt: skip
    return Said(sentence, tone="now")


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    MergerProposed: merger_proposed,
    MergerDeclined: merger_declined,
    RecordMerged: merged,
    RecordSeparated: separated,
    RecordTakenIn: taken_in,
    RecordLetGo: record_let_go,
}
