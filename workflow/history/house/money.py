"""Money in words: what was recorded, certified or declined, and which rates were entered."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.money.movements import (
    MoneyCertified,
    MoneyDeclined,
    MoneyRecorded,
    RatesEntered,
    ToldEntry,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, Term, counted, phrase

ONE, TRANSFER = "1", "transfer"


def recorded(event: Recorded, what: MoneyRecorded, context: HistoryContext) -> Said:
    """A movement of money was recorded, or one was taken back."""
    reached = what.entries[-1]
    parts: dict[str, Part] = {
        "who": context.who(event),
        "number": what.movement,
        "act": Term(what.act.replace("_", " ")),
        "amount": f"{reached.currency} {reached.amount}",
        "source": context.party(reached.source),
        "day": what.on,
    }
    if what.act == TRANSFER:
        return _transferred(event, what, context)
    if what.corrects is None:
        said = phrase(
            "%(who)s recorded movement %(number)s: %(act)s, %(amount)s of %(source)s, of %(day)s",
            **parts,
        )
    else:
        said = phrase(
            "%(who)s recorded movement %(number)s, which takes back movement %(corrects)s: %(act)s, "
            "%(amount)s of %(source)s, as of %(day)s",
            corrects=what.corrects,
            **parts,
        )
    return Said(
        said,
        under=(*_rate(what, reached), *_holder(reached, context), *_paper(what)),
        reason=what.reason,
    )


def _transferred(event: Recorded, what: MoneyRecorded, context: HistoryContext) -> Said:
    """Money was moved from one budget line to another, or that was taken back."""
    of, to = what.entries if what.corrects is None else reversed(what.entries)
    parts: dict[str, Part] = {
        "who": context.who(event),
        "number": what.movement,
        "amount": f"{to.currency} {to.amount}",
        "source": context.party(to.source),
        "day": what.on,
    }
    if what.corrects is None:
        said = phrase(
            "%(who)s recorded movement %(number)s: %(amount)s of %(source)s goes from one budget line "
            "to another, of %(day)s",
            **parts,
        )
    else:
        said = phrase(
            "%(who)s recorded movement %(number)s, which takes back movement %(corrects)s: %(amount)s of "
            "%(source)s goes back to its budget line, as of %(day)s",
            corrects=what.corrects,
            **parts,
        )
    under = phrase("from %(line)s", line=_line(of)), phrase("to %(line)s", line=_line(to))
    return Said(said, under=(*under, *_rate(what, to)), reason=what.reason)


def _line(of: ToldEntry) -> Part:
    """A budget line by what it is for."""
    year = str(of.year) if of.year else ""
    what = filter(None, (of.output, year, of.category, of.country.upper()))
    return ", ".join(what) or phrase("the line for anything")


def certified(event: Recorded, what: MoneyCertified, context: HistoryContext) -> Said:
    """A movement of money counts from now on."""
    sentence = phrase(
        "%(who)s certified movement %(number)s", who=context.who(event), number=what.movement
    )
    return Said(sentence, tone="done")


def declined(event: Recorded, what: MoneyDeclined, context: HistoryContext) -> Said:
    """A movement of money never counts."""
    sentence = phrase(
        "%(who)s did not certify movement %(number)s",
        who=context.who(event),
        number=what.movement,
    )
    return Said(sentence, tone="objection", reason=what.reason)


def rates(event: Recorded, what: RatesEntered, context: HistoryContext) -> Said:
    """Rates of exchange were entered."""
    sentence = counted(
        "%(num)s rate of exchange was entered, of %(since)s",
        "%(num)s rates of exchange were entered, of %(since)s to %(until)s",
        what.rates,
        since=what.since,
        until=what.until,
    )
    return Said(sentence, under=entered_by(event, context))


def _rate(what: MoneyRecorded, reached: ToldEntry) -> tuple[Phrase, ...]:
    if what.rate == ONE:
        return ()
    said = phrase(
        "USD %(usd)s at the rate of %(day)s: %(rate)s %(currency)s for a dollar",
        usd=what.usd,
        day=what.rate_on,
        rate=what.rate,
        currency=reached.currency,
    )
    return (said,)


def _holder(reached: ToldEntry, context: HistoryContext) -> tuple[Phrase, ...]:
    if not reached.holder:
        return ()
    return (phrase("held by %(party)s", party=context.party(reached.holder)),)


def _paper(what: MoneyRecorded) -> tuple[Phrase, ...]:
    if not what.paper:
        return ()
    ref, kind, version = what.paper.split("/")
    return (
        phrase(
            "taken over from %(ref)s: %(kind)s, version %(version)s",
            ref=ref,
            kind=Term(kind.replace("_", " ")),
            version=version,
        ),
    )


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    MoneyRecorded: recorded,
    MoneyCertified: certified,
    MoneyDeclined: declined,
    RatesEntered: rates,
}
