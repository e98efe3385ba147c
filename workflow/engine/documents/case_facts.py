"""What is known of a case beside its documents, as far as checks and conditions ask for it."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from workflow.engine.domain import domain_of
from workflow.engine.workdays import today
from workflow.lifecycles.checks.check import TODAY

Facts = dict[str, tuple[str, ...]]


def facts_of(session: Session, case_id: int, named: Collection[str]) -> Facts:
    """The facts of a case by name, those that are only looked for where they are `named`."""
    domain = domain_of(session)
    asked = domain.looked_for.keys() & set(named)
    facts: Facts = {}
    if set(named) - asked - {TODAY}:
        facts |= domain.facts(session, case_id)
    if asked or TODAY in named:
        day = today(session)
        facts |= {name: domain.looked_for[name](session, case_id, day) for name in sorted(asked)}
        facts[TODAY] = (day.isoformat(),)
    return facts
