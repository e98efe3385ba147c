"""What is known of the days on which parties rest: holidays that run out, and who has no calendar."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import Round, Seat
from workflow.lifecycles.calendar import WORKING_DAYS
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.terms import Within
from workflow.offices.facts import RunsOut, SetupFacts
from workflow.offices.lacks import Lack
from workflow.people.calendars.kept import calendars_on
from workflow.people.models import Party, PartyCalendar
from workflow.phrase import Phrase, counted, phrase

# So long before the last day that is known somebody has to set a calendar anew.
AHEAD = timedelta(days=365)
NAMED = 3


def running_out(session: Session, today: date) -> tuple[RunsOut, ...]:
    """Parties whose holidays are known for less than a year from today, the first to end first."""
    parties = dict(
        session.execute(
            select(Party.id, Party.name).where(Party.id.in_(select(PartyCalendar.party_id)))
        ).all()
    )
    kept = calendars_on(session, parties, today)
    ends = (
        RunsOut(parties[party], each.through)
        for party, each in kept.items()
        if each.through is not None and each.through < today + AHEAD
    )
    return tuple(sorted(ends, key=lambda each: (each.last, each.party)))


def asked_without_calendar(
    session: Session, lifecycle: Definition | None, today: date
) -> tuple[str, ...]:
    """Parties that open rounds ask in working days of their own, and that have no calendar."""
    rounds = lifecycle.rounds.values() if lifecycle else ()
    counted_so = [spec.key for spec in rounds if _own_days(spec.within)]
    asked = dict(
        session.execute(
            select(Party.id, Party.name)
            .join(Seat, Seat.party_id == Party.id)
            .join(Round, Round.id == Seat.round_id)
            .where(Round.status == "open", Round.key.in_(counted_so))
            .distinct()
        ).all()
    )
    kept = calendars_on(session, asked, today)
    return tuple(sorted(name for party, name in asked.items() if party not in kept))


def calendars(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Ends in working days are counted by days of rest that somebody knows."""
    for each in facts.running_out:
        yield _lack(
            phrase("The holidays of %(party)s run out", party=each.party),
            phrase(
                "They are known up to %(last)s; from then on its working days are counted as if it had none.",
                last=each.last,
            ),
        )
    if facts.uncounted:
        yield _lack(
            counted(
                "A calendar for a party that is asked in working days",
                "Calendars for %(num)s parties that are asked in working days",
                len(facts.uncounted),
            ),
            phrase(
                "Without one a party works from Monday to Friday and has no holidays; so %(parties)s.",
                parties=_some(facts.uncounted),
            ),
        )


def _some(names: tuple[str, ...]) -> tuple[str | Phrase, ...]:
    """The first of many, and how many others."""
    if len(names) <= NAMED + 1:
        return names
    rest = len(names) - NAMED
    return (*names[:NAMED], counted("%(num)s other", "%(num)s others", rest))


def _lack(what: Phrase, why: Phrase) -> Lack:
    return Lack(what, why, "calendars", phrase("See the calendars"), stops=False)


def _own_days(within: Within | None) -> bool:
    return (
        within is not None
        and within.calendar is None
        and (within.unit == WORKING_DAYS or within.rolls)
    )
