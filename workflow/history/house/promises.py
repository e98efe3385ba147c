"""What a source asked of its money in words: earmarks, conditions, and payments that are expected."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.money.promises import (
    ConditionMet,
    MoneyEarmarked,
    PaymentExpected,
    PaymentWithdrawn,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, phrase


def earmarked(event: Recorded, what: MoneyEarmarked, context: HistoryContext) -> Said:
    """A source lets some of its money be spent for one thing, or on a condition."""
    sentence = phrase(
        "%(who)s recorded earmark %(number)s of the money of %(source)s",
        who=context.who(event),
        number=what.earmark,
        source=context.party(what.source),
    )
    return Said(sentence, under=_purpose(what), reason=what.reason)


def met(event: Recorded, what: ConditionMet, context: HistoryContext) -> Said:
    """The condition of an earmark was met."""
    sentence = phrase(
        "%(who)s recorded that the condition of earmark %(number)s was met on %(day)s",
        who=context.who(event),
        number=what.earmark,
        day=what.on,
    )
    return Said(sentence, tone="done", reason=what.reason)


def expected(event: Recorded, what: PaymentExpected, context: HistoryContext) -> Said:
    """A payment is due on a day."""
    parts: dict[str, Any] = {
        "who": context.who(event),
        "number": what.payment,
        "amount": f"{what.currency} {what.amount}",
        "source": context.party(what.source),
        "day": what.due,
    }
    if what.holder:
        sentence = phrase(
            "%(who)s recorded payment %(number)s: %(amount)s of %(source)s is due to %(holder)s on %(day)s",
            holder=context.party(what.holder),
            **parts,
        )
    else:
        sentence = phrase(
            "%(who)s recorded payment %(number)s: %(amount)s is due from %(source)s on %(day)s",
            **parts,
        )
    return Said(sentence, reason=what.reason)


def withdrawn(event: Recorded, what: PaymentWithdrawn, context: HistoryContext) -> Said:
    """A payment is expected no more."""
    sentence = phrase(
        "%(who)s recorded that payment %(number)s is expected no more",
        who=context.who(event),
        number=what.payment,
    )
    return Said(sentence, reason=what.reason)


def _purpose(what: MoneyEarmarked) -> tuple[Phrase, ...]:
    said = {
        "output": phrase("for the output “%(name)s”", name=what.output),
        "country": phrase("for the country %(name)s", name=what.country.upper()),
        "category": phrase("for the category “%(name)s”", name=what.category),
        "condition": phrase("once this is met: %(name)s", name=what.condition),
    }
    return tuple(each for name, each in said.items() if getattr(what, name))


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    MoneyEarmarked: earmarked,
    ConditionMet: met,
    PaymentExpected: expected,
    PaymentWithdrawn: withdrawn,
}
