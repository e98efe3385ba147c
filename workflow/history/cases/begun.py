"""Cases in words: begun by somebody, opened under another one, awaited by it, and what they change of it."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.cases import CaseOpened, ChildOpened, FactsAmended, FactsKept
from workflow.audit.events.countries.meetings import CaseCameOf
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import RoundFreed
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Part, Phrase, Term, phrase

PROGRAMME = "programme"


def came_of(event: Recorded, what: CaseCameOf, context: HistoryContext) -> Said:
    """Somebody began the case for what another one says."""
    parts = {"who": context.who(event), "origin": what.origin}
    if what.row is None:
        return Said(phrase("%(who)s began it for what was committed to in %(origin)s", **parts))
    return Said(phrase("%(who)s began it for match %(row)s of %(origin)s", **parts, row=what.row))


def case_opened(event: Recorded, what: CaseOpened, context: HistoryContext) -> Said:
    """Somebody began the case for a party, or another case opened it."""
    known = context.definition
    if what.parent is None:
        sentence = _begun(what.subject, context.who(event), context.party(what.proposer))
    else:
        sentence = phrase(
            "Opened as a part of %(parent)s; %(party)s speaks for it",
            parent=what.parent, party=context.party(what.proposer),
        )  # fmt: skip
    runs = phrase(
        "lifecycle “%(title)s”, version %(version)s",
        title=Term(known.title) if known else "", version=known.version if known else "",
    )  # fmt: skip
    state = context.state(what.state)
    return Said(sentence, under=(runs,) if known else (), tone="now", moved=("", state))


def _begun(subject: str, who: Part, party: Part) -> Phrase:
    """That somebody began a programme, which is a proposal at first, or something else."""
    if subject == PROGRAMME:
        return phrase("%(who)s began this proposal for %(party)s", who=who, party=party)
    about = Term(subject)
    return phrase(
        "%(who)s began this %(subject)s for %(party)s", who=who, subject=about, party=party
    )


def child_opened(_event: Recorded, what: ChildOpened, context: HistoryContext) -> Said:
    """A case was opened under this one."""
    kind = context.child_kind(what.kind)
    if what.row is not None:
        sentence = phrase("%(kind)s %(row)s opened: %(ref)s", kind=kind, row=what.row, ref=what.ref)
    elif what.party is None:
        sentence = phrase("%(kind)s opened: %(ref)s", kind=kind, ref=what.ref)
    else:
        sentence = phrase(
            "%(kind)s of %(party)s opened: %(ref)s",
            kind=kind, party=context.party(what.party), ref=what.ref,
        )  # fmt: skip
    return Said(sentence, under=tuple(_dated(what)))


def round_freed(_event: Recorded, what: RoundFreed, context: HistoryContext) -> Said:
    """What a round waited for under the case has ended."""
    sentence = phrase(
        "What “%(round)s” waited for has ended: it can be answered",
        round=context.round_label(what.round),
    )
    return Said(sentence, tone="now")


def facts_amended(_event: Recorded, what: FactsAmended, _context: HistoryContext) -> Said:
    """What was signed under the case changed its facts."""
    sentence = phrase(
        "What was approved is changed by %(ref)s: dates and money are as its text says",
        ref=what.ref,
    )
    return Said(sentence, tone="now")


# Why what was signed below changed nothing.
KEPT: Mapping[str, Phrase] = {
    "too_late": phrase("It had ended before."),
    "moved": phrase(
        "What it changes was changed in the meantime by another amendment: it has to be asked for again."
    ),
}


def facts_kept(_event: Recorded, what: FactsKept, _context: HistoryContext) -> Said:
    """What was signed under the case changed nothing of it."""
    sentence = phrase("%(ref)s took effect, but changes nothing here", ref=what.ref)
    why = KEPT.get(what.why)
    return Said(sentence, under=(why,) if why else (), tone="now")


def _dated(what: ChildOpened) -> list[Phrase]:
    """For which time it is, and by when."""
    found = []
    if what.since is not None and what.until is not None:
        found.append(phrase("for %(first)s to %(last)s", first=what.since, last=what.until))
    if what.due_on is not None:
        found.append(phrase("due on %(day)s", day=what.due_on))
    if what.calendar is not None:
        found.append(
            phrase("by the reporting calendar kept as number %(number)s", number=what.calendar)
        )
    return found


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    CaseOpened: case_opened,
    CaseCameOf: came_of,
    ChildOpened: child_opened,
    FactsAmended: facts_amended,
    FactsKept: facts_kept,
    RoundFreed: round_freed,
}
