"""Working calendars and letters in words: when a party works and rests, and how letters are worded."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.events.house import CalendarSet, LetterWorded
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.phrase import Phrase, Term, counted, phrase
from workflow.reference import reference

WEEK: Mapping[str, Phrase] = {
    "monday": phrase("Monday"),
    "tuesday": phrase("Tuesday"),
    "wednesday": phrase("Wednesday"),
    "thursday": phrase("Thursday"),
    "friday": phrase("Friday"),
    "saturday": phrase("Saturday"),
    "sunday": phrase("Sunday"),
}


def calendar(event: Recorded, what: CalendarSet, context: HistoryContext) -> Said:
    """A party's working calendar was set."""
    sentence = phrase(
        "The working calendar of %(party)s was set, in force from %(first)s",
        party=context.party(what.party), first=what.since,
    )  # fmt: skip
    return Said(sentence, under=(*_days(what), *entered_by(event, context)))


def letter(event: Recorded, what: LetterWorded, context: HistoryContext) -> Said:
    """How letters of a kind are worded was kept."""
    sentence = phrase(
        "How letters are worded (%(kind)s, %(language)s) was kept as version %(version)s",
        kind=Term(what.kind.replace("_", " ")), language=what.language, version=what.version,
    )  # fmt: skip
    return Said(sentence, under=entered_by(event, context), reason=what.body)


def _days(what: CalendarSet) -> tuple[Phrase, ...]:
    rest = tuple(WEEK[name] for name in what.weekend)
    found = [phrase("It rests on %(days)s.", days=rest)] if rest else []
    found.append(
        counted(
            "%(num)s day of rest beside these",
            "%(num)s days of rest beside these",
            len(what.closed),
        )
    )
    if what.source and what.through:
        said = phrase(
            "holidays of %(country)s by %(edition)s, up to %(last)s",
            country=_source(what.source), edition=what.edition, last=what.through,
        )  # fmt: skip
        found.append(said)
    return tuple(found)


def _source(source: str) -> Term | Phrase:
    """Whose holidays they are: those of a country, or of a region of it by its letters."""
    iso3, _, region = source.partition("-")
    known = reference().countries.get(iso3)
    country = Term(known.name if known else iso3)
    if not region:
        return country
    return phrase("%(country)s (%(region)s)", country=country, region=region)


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    CalendarSet: calendar,
    LetterWorded: letter,
}
