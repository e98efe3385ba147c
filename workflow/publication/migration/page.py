"""A move that waits, as administrators read it: from where to where, which cases, and what becomes of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.engine.published.named import named_version
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.phrase import Phrase, Term, phrase
from workflow.publication.migration.plan import MigrationPlan, plan_of
from workflow.publication.migration.target import not_offered
from workflow.publication.models import LifecycleAct, LifecycleRequest


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The plan of a move, its two versions, and the titles of the cases that the reader may know of.

    `standing` is how the version stands to which they move, where it is not offered now.
    """

    number: int
    plan: MigrationPlan
    before: Definition
    to: Definition
    titles: Mapping[str, str]
    standing: Phrase | None

    @property
    def taken(self) -> tuple[Phrase, ...]:
        """What takes the place of states and rounds that are gone."""
        here, there = self.before, self.to
        found = (
            *(
                (here.states[before].label, there.states[now].label)
                for before, now in self.plan.mapping.states.items()
                if before in here.states and now in there.states
            ),
            *(
                (here.rounds[before].label, there.rounds[now].label)
                for before, now in self.plan.mapping.rounds.items()
                if before in here.rounds and now in there.rounds
            ),
        )
        return tuple(
            phrase("“%(now)s” takes the place of “%(before)s”.", now=Term(now), before=Term(before))
            for before, now in found
        )


def plan_page(
    session: Session, engine: Engine, number: int, person: int, now: datetime
) -> PlanPage | None:
    """The move that waits under a number; nothing where another act does."""
    asked = session.get(LifecycleRequest, number)
    if asked is None:
        raise NotFound(phrase("There is no such act."))
    if asked.act != LifecycleAct.MIGRATE:
        return None
    plan = plan_of(asked.body or b"")
    version, to = named_version(session, engine, f"{asked.key}@{asked.digest}")
    titles = session.execute(
        select(LifecycleCase.ref, LifecycleCase.title).where(
            LifecycleCase.ref.in_(plan.refs), known_to(person, now.date())
        )
    ).all()
    return PlanPage(
        number,
        plan,
        _followed(session, engine, plan.before),
        to,
        {row.ref: row.title for row in titles},
        not_offered(session, version, now),
    )


def _followed(session: Session, engine: Engine, digest: str) -> Definition:
    number = session.scalars(
        select(DefinitionVersion.id).where(DefinitionVersion.digest == digest)
    ).one()
    return engine.definition(number, session)
