"""What is known of the days on which parties rest: holidays that run out, and who has no calendar."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.models import OPEN, DefinitionVersion, LifecycleCase, Seat
from workflow.lifecycles.calendar import WORKING_DAYS
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.terms import Within
from workflow.offices.facts import RunsOut, SetupFacts
from workflow.offices.lacks import Lack
from workflow.offices.vacancies import asked_offices
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
    session: Session, definition_of: Callable[[int], Definition], today: date
) -> tuple[str, ...]:
    """Parties that open seats ask in working days of their own, and that have no calendar.

    Each seat counts as the lifecycle says that its own case follows. It takes no longer however many
    are open: each office is found by a step through their index, and one such seat of it is enough.
    """
    rounds = {
        (number, key): {seat.role for seat in spec.rule.seats}
        for number in session.scalars(select(DefinitionVersion.id))
        for key, spec in definition_of(number).rounds.items()
        if _own_days(spec.within)
    }
    asked = _asked_in(session, rounds) if rounds else {}
    kept = calendars_on(session, asked, today)
    return tuple(sorted(name for party, name in asked.items() if party not in kept))


def _asked_in(
    session: Session, rounds: Mapping[tuple[int, str], Collection[str]]
) -> dict[int, str]:
    """The parties of which a seat is open in one of these rounds, each with the roles that it asks."""
    office = asked_offices(set().union(*rounds.values()))
    one_of_its = (
        select(Seat.id)
        .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
        .where(
            Seat.status == OPEN,
            Seat.role == office.c.role,
            Seat.party_id == office.c.party_id,
            tuple_(LifecycleCase.definition_id, Seat.round_key).in_(sorted(rounds)),
            # Said of the seat alone as well, which its index answers before any case is looked at.
            Seat.round_key.in_(sorted({key for _, key in rounds})),
        )
        .correlate(office)
    )
    rows = session.execute(
        select(Party.id, Party.name)
        .join(office, office.c.party_id == Party.id)
        .where(one_of_its.exists())
        .distinct()
    )
    return dict(rows.all())


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
