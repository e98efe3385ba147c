"""The events of a case until one instant, folded as `verify` folds them, each checked on the way."""

from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from workflow.audit.chain import Broken, ToldEvent, follow, start
from workflow.audit.envelope import UNREADABLE
from workflow.audit.events.documents import DocumentFiled
from workflow.audit.facets import Faceting
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.replay import hear
from workflow.audit.verification.verify import stored_events


@dataclass(slots=True)
class ReplayedCase:
    """What the events of a case said until one instant, and what they say in all."""

    story: ExpectedRows = field(default_factory=ExpectedRows)
    faceting: Faceting = field(default_factory=Faceting)
    events: int = 0
    all_events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    behind: list[int] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    broken: str = ""


def told_until(connection: Connection, case_id: int, ref: str, end: datetime) -> ReplayedCase:
    """Everything that was recorded before `end`, event by event, each one checked on the way."""
    past = ReplayedCase()
    try:
        with closing(stored_events(connection, case_id)) as events:
            for told in follow(ref, events, start(ref)):
                _take(past, told, end)
    except Broken as broken:
        past.broken = broken.sentence
    except UNREADABLE as fault:
        past.broken = f"Event {past.all_events} does not say what it has to say: {fault!r}."
    return past


def _take(past: ReplayedCase, told: ToldEvent, end: datetime) -> None:
    past.all_events += 1
    past.first, past.last = past.first or told.at, told.at
    if isinstance(told.what, DocumentFiled):
        past.versions[told.what.kind] = told.what.version
    if told.at < end:
        past.events += 1
        past.faceting.hear(told)
        hear(past.story, told)
    elif told.effective < end:
        past.behind.append(told.seq)
