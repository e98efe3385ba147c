"""Looks across histories: that somebody searched, sampled or took away is told on the register."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from workflow.audit.envelope import Fact
from workflow.audit.models import Event
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.history.access_log import ONCE_IN
from workflow.history.recorded import recorded
from workflow.people.register import REGISTER, registered
from workflow.vocabulary import EventType

EVENTS, SAMPLE, ACCESS = "events", "sample", "access"
LONGEST = 300


def record_look(engine: Engine, person: int, scope: str, query: str, **more: Any) -> bool:
    """Tell that the person looks across histories, unless the same was told within the hour.

    Of samples each draw is the same only with the same seed: nobody draws until they like it
    without a trace.
    """
    what = {"scope": scope, "query": query[:LONGEST], **more}
    if any(_same(what, each) for each in _recent(engine, person)):
        return False
    _tell(engine, person, EventType.HISTORY_READ, what)
    return True


def record_taken(engine: Engine, person: int, form: str, query: str, cases: int) -> None:
    """Tell that the person takes lines of several histories away."""
    what = {"form": form, "query": query[:LONGEST], "cases": cases, "pseudonymous": False}
    _tell(engine, person, EventType.HISTORY_EXPORTED, what)


def _tell(engine: Engine, person: int, kind: EventType, what: Mapping[str, Any]) -> None:
    with engine.transaction() as session:
        registered(session, Fact(kind, person, engine.now(), what))


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return one["scope"] == other.get("scope") and (one["scope"] != SAMPLE or one == other)


def _recent(engine: Engine, person: int) -> list[Mapping[str, Any]]:
    """What the person looked at within the hour."""
    register = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER).scalar_subquery()
    with engine.reading() as session:
        told = session.scalars(
            select(Event).where(
                Event.case_id == register,
                Event.type == EventType.HISTORY_READ.value,
                Event.person_id == person,
                Event.at > engine.now() - ONCE_IN,
            )
        )
        return [each.what for each in recorded(told)]
