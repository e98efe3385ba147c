"""What happens to the money of a case, and the rates that the house entered for it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import (
    Committed,
    OfHouse,
    Only,
    Payload,
    PersonId,
    Private,
    Spelt,
)
from workflow.vocabulary import EventType

_MANDATED = Only("only where somebody acted under a mandate")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """Entry: what came to an account of money, or left it with a minus before the amount."""

    account: str
    source: str
    currency: str
    amount: str
    holder: Annotated[str, Only("only where not the office but another party holds it")] = ""
    year: Annotated[int, Only("only where it is of one year")] = 0
    output: Annotated[str, Only("only where it is for one output")] = ""
    category: Annotated[str, Only("only where it is of one category")] = ""
    country: Annotated[str, Only("only where it is for one country")] = ""
    earmark: Annotated[int, Only("only where it is of earmarked money")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMovement(Payload):
    """A movement of money, by its number in its case."""

    movement: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRecorded(OfMovement):
    """Somebody recorded a movement of money; it counts once somebody else has certified it."""

    event_type: ClassVar = EventType.MONEY_RECORDED
    act: str
    on: date
    entries: tuple[ToldEntry, ...]
    rate: str
    rate_on: date
    usd: str
    corrects: Annotated[int | None, Only("only where it takes another movement back")] = None
    paper: Annotated[str, Only("only where it was taken over from a report")] = ""
    reason: Annotated[Private, Committed("What it is for, its conditions, or why it is corrected.")]

    @property
    def parties(self) -> frozenset[str]:
        """Whose money it is, and who holds it."""
        return frozenset({each.source for each in self.entries} | {e.holder for e in self.entries})


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDecided(OfMovement):
    """What somebody said of a movement that another person recorded."""

    mandate: Annotated[int | None, _MANDATED] = None
    principal: Annotated[PersonId | None, Spelt("for"), _MANDATED] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyCertified(MoneyDecided):
    """Somebody else than who recorded a movement of money certified it."""

    event_type: ClassVar = EventType.MONEY_CERTIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDeclined(MoneyDecided):
    """A movement of money that was recorded was not certified, and never counts."""

    event_type: ClassVar = EventType.MONEY_DECLINED
    reason: Annotated[Private, Committed("Why it was not certified.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesEntered(OfHouse):
    """A file of rates of exchange was entered; the digest names the rates that were new in it."""

    event_type: ClassVar = EventType.RATES_ENTERED
    number: int
    rates: int
    digest: str
    since: date
    until: date
