"""Looks across histories: that somebody searched, sampled or took away is told on the register."""

from dataclasses import replace

from sqlalchemy import select

from workflow.audit.envelope import Fact, read_event
from workflow.audit.events.histories import HistoryExported, HistoryRead
from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.free_text import kept_line, searched
from workflow.history.access_log import ONCE_IN
from workflow.people.register import registered
from workflow.vocabulary import REGISTER, EventType

EVENTS, SAMPLE, ACCESS = "events", "sample", "access"
LONGEST = 300


def record_look(engine: Engine, person: int, look: HistoryRead) -> bool:
    """Tell that the person looks across histories, unless the same was told within the hour.

    Of samples each draw is the same only with the same seed: nobody draws until they like it
    without a trace.
    """
    look = replace(look, query=_asked(look.query or ""), seed=_seed(look.seed))
    if any(_same(look, each) for each in _recent(engine, person)):
        return False
    _tell(engine, person, look)
    return True


def record_taken(engine: Engine, person: int, form: str, query: str, cases: int) -> None:
    """Tell that the person takes lines of several histories away."""
    taken = HistoryExported(form=form, query=_asked(query), cases=cases, pseudonymous=False)
    _tell(engine, person, taken)


def _asked(query: str) -> str:
    """What was looked for, as the register keeps it."""
    return searched(query)[:LONGEST].rstrip()


def _seed(seed: str | None) -> str | None:
    return None if seed is None else kept_line(seed, "seed")


def _tell(engine: Engine, person: int, what: HistoryRead | HistoryExported) -> None:
    with engine.transaction() as session:
        registered(session, Fact(what, person, engine.now()))


def _same(one: HistoryRead, other: HistoryRead) -> bool:
    return one.scope == other.scope and (one.scope != SAMPLE or one == other)


def _recent(engine: Engine, person: int) -> list[HistoryRead]:
    """What the person looked at within the hour."""
    register = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()
    with engine.reading() as session:
        told = session.scalars(
            select(Event.body).where(
                Event.case_id == register,
                Event.type == EventType.HISTORY_READ.value,
                Event.person_id == person,
                Event.at > engine.now() - ONCE_IN,
            )
        )
        return [what for body in told if isinstance(what := read_event(body).what, HistoryRead)]
