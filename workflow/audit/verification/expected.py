"""The story of one case: what its rows must hold, as far as its events have told."""

from dataclasses import dataclass, field
from datetime import datetime

from workflow.audit.chain import ToldEvent
from workflow.audit.events.payload import Private, Sealed
from workflow.audit.verification.labels import CASE, Things


@dataclass(slots=True)
class ExpectedRows:
    """Everything told so far, as rows would hold it.

    `confirmed` names the act on an office that a second administrator confirmed just now: the next
    event on an appointment says which one that was.
    """

    things: Things = field(default_factory=lambda: {CASE: {"version": 1, "parent": None}})
    seats: dict[str, list[str]] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    confirmed: str = ""
    nameless: set[tuple[str, str]] = field(default_factory=set)
    without_access: dict[str, datetime] = field(default_factory=dict)
    opened: set[tuple[int, str]] = field(default_factory=set)
    missing: set[tuple[int, str]] = field(default_factory=set)

    def texts(self, told: ToldEvent) -> None:
        """Note which private texts of an event are kept, and which are not."""
        self.opened |= {(told.seq, name) for name in told.opened}
        self.missing |= {(told.seq, name) for name in told.committed - told.opened.keys()}

    def version_is(self, version: int) -> None:
        """The case counts its versions up; pages opened before are stale."""
        self.things[CASE]["version"] = version

    def close(
        self,
        of_round: str,
        status: str,
        told: ToldEvent,
        outcome: str | None = None,
    ) -> None:
        """End a round; seats that did not answer are overtaken with it."""
        self.things[of_round] |= {
            "status": status,
            "outcome": outcome,
            "settled_at": told.at,
            "effective_at": told.effective,
            "paused_for": "",
        }
        for seat in self.seats[of_round]:
            if self.things[seat]["status"] == "open":
                self.things[seat]["status"] = "overtaken"

    def end_claim(self, seat: str, how: str, at: datetime) -> None:
        """End the claim that stands on a seat, if there is one."""
        claim = self.claims.pop(seat, None)
        if claim:
            self.things[claim] |= {"ended_as": how, "ended_at": at}

    def end_answer(self, seat: str, how: str, at: datetime) -> None:
        """End the standing answer of a seat, if it has one."""
        answer = self.standing.pop(seat, None)
        if answer:
            self.things[answer] |= {"standing": False, "ended_as": how, "ended_at": at}


def private_columns(told: ToldEvent, **columns: Private) -> dict[str, str]:
    """The columns that repeat a private text; one that was erased can no longer be compared."""
    found = {}
    for column, text in columns.items():
        if not isinstance(text, Sealed):
            found[column] = ""
        elif text.field in told.opened:
            found[column] = told.opened[text.field]
    return found
