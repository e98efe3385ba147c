"""Histories of lead groups and of their programmes: what was taken on, who joined and left, and what was let go."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.lead_groups.groups import (
    LeadGroupChanged,
    ProgrammeLetGo,
    ProgrammeTakenOn,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, phrase

WHY: Mapping[str, Phrase] = {
    "left": phrase("A member left, its notice having run."),
    "joined": phrase("A country joined."),
    "status": phrase("A member is no longer a pivotal country."),
    "chair": phrase("The chair went on."),
    "followed": phrase("The programme follows its lead group."),
}


def taken_on(_event: Recorded, what: ProgrammeTakenOn, _context: HistoryContext) -> Said:
    """A lead group leads a programme from now on."""
    sentence = phrase(
        "The lead group %(group)s leads %(programme)s", group=what.group, programme=what.programme
    )
    return Said(sentence, tone="done")


def let_go(_event: Recorded, what: ProgrammeLetGo, _context: HistoryContext) -> Said:
    """A lead group leads a programme no longer."""
    sentence = phrase(
        "The lead group %(group)s leads %(programme)s no longer",
        group=what.group, programme=what.programme,
    )  # fmt: skip
    return Said(sentence)


def changed(_event: Recorded, what: LeadGroupChanged, context: HistoryContext) -> Said:
    """Who leads and convenes from now on."""
    lead, convene = (
        tuple(context.party(each.party) for each in what.parties if each.capacity == part)
        for part in ("lead", "convenor")
    )
    if convene:
        sentence = phrase(
            "By the lead group %(group)s, %(lead)s lead now, and %(convenor)s convenes",
            group=what.group, lead=lead, convenor=convene,
        )  # fmt: skip
    else:
        sentence = phrase(
            "By the lead group %(group)s, %(lead)s lead now, and nobody of them convenes",
            group=what.group, lead=lead or phrase("nobody"),
        )  # fmt: skip
    why = WHY.get(what.why)
    return Said(sentence, under=(why,) if why else (), tone="now")


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    ProgrammeTakenOn: taken_on,
    ProgrammeLetGo: let_go,
    LeadGroupChanged: changed,
}
