"""What a source asked of its money and when it is expected: earmarks, conditions and payments to come."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, Only, Payload, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfEarmark(Payload):
    """An earmark of money, by its number in its case."""

    earmark: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyEarmarked(OfEarmark):
    """A source lets some of its money be spent for one thing only, or on a condition."""

    event_type: ClassVar = EventType.MONEY_EARMARKED
    source: str
    output: Annotated[str, Only("only where it is for one output")] = ""
    country: Annotated[str, Only("only where it is for one country")] = ""
    category: Annotated[str, Only("only where it is for one category")] = ""
    condition: Annotated[str, Only("only where something has to be met first")] = ""
    reason: Annotated[Private, Committed("Where the source says so.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionMet(OfEarmark):
    """The condition of an earmark was met on a day."""

    event_type: ClassVar = EventType.CONDITION_MET
    on: date
    reason: Annotated[Private, Committed("By whom or by what it was met.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPayment(Payload):
    """A payment that is expected, by its number in its case."""

    payment: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentExpected(OfPayment):
    """A payment is due on a day: of a source to the office, or of its money to an agency."""

    event_type: ClassVar = EventType.PAYMENT_EXPECTED
    act: str
    source: str
    holder: Annotated[str, Only("only where it is due to an agency")] = ""
    earmark: Annotated[int, Only("only where it is of earmarked money")] = 0
    currency: str
    amount: str
    due: date
    reason: Annotated[Private, Committed("What it is for, or where it was promised.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentWithdrawn(OfPayment):
    """A payment is expected no more."""

    event_type: ClassVar = EventType.PAYMENT_WITHDRAWN
    reason: Annotated[Private, Committed("Why it is expected no more.")]
