"""What of a history is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date

from workflow.history.recorded import Recorded

LATE = "late"
SHOWN: Mapping[str, tuple[str, ...]] = {
    "signoffs": (
        "signoff.given", "signoff.changed", "signoff.voided", "signoff.late", "seat.recused",
        "interest.declared", "duty.overridden",
    ),
    "states": (
        "case.opened", "case.came_of", "programme.imported", "programme.import_revised", "programme.placed", "record.merger_proposed", "record.merger_declined", "record.merged", "record.separated", "record.taken_in", "record.let_go", "source.accepted", "source.declined",
        "state.entered",
        "footing.changed", "case.migrated", "case.child_opened", "facts.amended", "facts.kept", "programme.taken_on", "programme.let_go", "lead_group.changed",
        "round.settled", "round.freed", "round.extended", "round.paused", "round.resumed",
    ),
    "texts": ("document.filed", "attachment.filed", "attachment.removed"),
    "readings": ("history.read", "history.exported", "history.reviewed"),
    LATE: (),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HistoryFilters:
    """What a person narrows a history to; `before` is the number of the event to go on from."""

    show: str = ""
    person: int | None = None
    party: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None

    def take(self, event: Recorded, *, late: bool) -> bool:
        """Whether the event is asked for."""
        day = event.at.astimezone(UTC).date()
        return (
            (
                self.show not in SHOWN
                or (late if self.show == LATE else event.type in SHOWN[self.show])
            )
            and (self.person is None or event.person == self.person)
            and (not self.party or self.party in event.parties)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )
