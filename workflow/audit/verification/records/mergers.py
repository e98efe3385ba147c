"""What the events of merging say that a record, and the programme that takes it in, should be."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Payload
from workflow.audit.events.records.mergers import (
    MergerDeclined,
    MergerProposed,
    RecordLetGo,
    RecordMerged,
    RecordSeparated,
    RecordTakenIn,
)
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.labels import CASE
from workflow.vocabulary import Footing


def _merger_proposed(story: ExpectedRows, _told: ToldEvent, what: MergerProposed) -> None:
    story.things[CASE]["parent"] = what.into
    story.version_is(what.version)


def _merger_declined(story: ExpectedRows, _told: ToldEvent, what: MergerDeclined) -> None:
    story.things[CASE]["parent"] = None
    story.version_is(what.version)


def _separated(story: ExpectedRows, _told: ToldEvent, what: RecordSeparated) -> None:
    story.things[CASE] |= {"footing": Footing.RECORD, "parent": None}
    story.version_is(what.version)


def _record_below(story: ExpectedRows, _told: ToldEvent, what: RecordTakenIn | RecordLetGo) -> None:
    story.version_is(what.version)


def _merged(story: ExpectedRows, _told: ToldEvent, what: RecordMerged) -> None:
    story.things[CASE] |= {"footing": Footing.KEPT, "parent": what.into}
    story.version_is(what.version)


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    MergerProposed: _merger_proposed,
    MergerDeclined: _merger_declined,
    RecordMerged: _merged,
    RecordSeparated: _separated,
    RecordTakenIn: _record_below,
    RecordLetGo: _record_below,
}
