"""Who may put off the end of a round, or let its clock go on: the one check for pages and verbs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.rounds import RoundExtended
from workflow.audit.models import Event
from workflow.engine import round_state
from workflow.engine.permissions.authority import office_among, the_roles
from workflow.engine.round_state import PAUSED_BY_MAIL, RoundState
from workflow.engine.rounds import due_time
from workflow.errors import NotAuthorised, NotFound, Refusal, RoundClosed
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.terms import Extension
from workflow.phrase import Either, Term, counted, phrase
from workflow.reading import asked_once
from workflow.vocabulary import EventType

Office = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody who looks at one case at one instant."""

    session: Session
    definition: Definition
    case_id: int
    person: int
    now: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody entitled may do to the end of a round: put it off, or let its clock go on.

    `until` is the new end, None where the clock stands still; `left` says how often it may be
    put off, this time included.
    """

    until: datetime | None
    left: int


def offer(asking: Asking, spec: RoundSpec, round_: RoundState) -> Offer | None:
    """What this person may do to the end of the round now, by the checks of the verbs themselves."""
    terms = due_time.terms_of(spec)
    if terms is None or office(asking, terms) is None:
        return None
    if not deny_reasons_to_resume(asking, spec, round_):
        return Offer(None, 0)
    if round_.due_at is None or deny_reasons(asking, spec, round_):
        return None
    used = extensions(asking.session, asking.case_id, round_)
    return Offer(
        due_time.later(asking.session, spec, terms, round_, round_.due_at), terms.times - used
    )


def offers(asking: Asking) -> dict[str, Offer]:
    """What this person may do to the ends of the open rounds of the case, by round."""
    rounds = asking.definition.rounds
    if not any(due_time.terms_of(spec) for spec in rounds.values()):
        return {}
    found = {
        round_.key: offer(asking, rounds[round_.key], round_)
        for round_ in round_state.open_among_all(asking.session, asking.case_id)
        if due_time.terms_of(rounds[round_.key])
    }
    return {key: each for key, each in found.items() if each is not None}


def deny_reasons(asking: Asking, spec: RoundSpec, round_: RoundState | None) -> tuple[Refusal, ...]:
    """Every reason why this person may not put off the end of this round now."""
    terms = due_time.terms_of(spec)
    if terms is None or round_ is None or (round_.due_at is None and not round_.paused_for):
        return (NotFound(phrase("The end of this round cannot be put off.")),)
    return tuple(_reasons(asking, spec, round_, terms))


def deny_reasons_to_resume(
    asking: Asking, spec: RoundSpec, round_: RoundState | None
) -> tuple[Refusal, ...]:
    """Every reason why this person may not let the clock of this round go on now."""
    terms = due_time.terms_of(spec)
    if terms is None or round_ is None:
        return (NotFound(phrase("The clock of this round cannot be stopped.")),)
    strangers = tuple(_strangers(asking, terms))
    if round_.status != "open" or round_.paused_for != PAUSED_BY_MAIL:
        return (
            *strangers,
            RoundClosed(
                phrase(
                    "No undelivered mail stops the clock of “%(round)s”.", round=Term(spec.label)
                )
            ),
        )
    return strangers


def _reasons(
    asking: Asking, spec: RoundSpec, round_: RoundState, terms: Extension
) -> Iterator[Refusal]:
    if round_.status == "open" and round_.paused_for:
        yield RoundClosed(
            phrase(
                "The clock of “%(round)s” stands still; there is no end to put off.",
                round=Term(spec.label),
            )
        )
    elif round_.status != "open" or round_.due_at is None or round_.due_at <= asking.now:
        yield RoundClosed(
            phrase(
                "“%(round)s” has ended; its end can only be put off before it comes.",
                round=Term(spec.label),
            )
        )
    yield from _strangers(asking, terms)
    if extensions(asking.session, asking.case_id, round_) >= terms.times:
        yield RoundClosed(
            counted(
                "“%(round)s” has been extended once already, as often as it may.",
                "“%(round)s” has been extended %(num)s times already, as often as it may.",
                terms.times,
                round=Term(spec.label),
            )
        )


def _strangers(asking: Asking, terms: Extension) -> Iterator[Refusal]:
    if office(asking, terms) is None:
        roles = [asking.definition.roles[seat.role].label for seat in terms.by]
        yield NotAuthorised(
            phrase("Only %(roles)s may put off this end.", roles=Either(the_roles(roles)))
        )


def office(asking: Asking, terms: Extension) -> Office | None:
    """The role, party and appointment under which the person may extend, if there is one."""
    return office_among(asking.session, asking.case_id, terms.by, asking.person, asking.now.date())


def extensions(session: Session, case_id: int, round_: RoundState) -> int:
    """How often somebody put off the end of this round already, as the trail tells."""
    return _extended(session, case_id).count(round_.place)


@asked_once
def _extended(session: Session, case_id: int) -> list[tuple[str, int]]:
    """The round and turn of every end of this case that somebody put off."""
    told = select(Event.body).where(
        Event.case_id == case_id,
        Event.type == EventType.ROUND_EXTENDED.value,
        Event.person_id.is_not(None),
    )
    return [what_in(body, RoundExtended).place for body in session.scalars(told)]
