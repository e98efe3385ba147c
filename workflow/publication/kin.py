"""Whether a lifecycle fits those that its child cases follow: the ones at hand, and the ones published."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import standing
from workflow.engine.offers.queries import offers
from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body, refusal_of
from workflow.lifecycles.parentage.across import faults, named


def unknown(definition: Definition, given: Mapping[str, Definition]) -> frozenset[str]:
    """The lifecycles that its child cases follow, and theirs, and so on, that are not among those given."""
    met, waiting = set[str](), deque(named(definition))
    while waiting:
        key = waiting.popleft()
        if key not in met:
            met.add(key)
            waiting += named(given[key]) if key in given else ()
    return frozenset(met - given.keys() - {definition.key})


def unfit(
    session: Session,
    definition: Definition,
    at: datetime,
    given: Mapping[str, Definition] | None = None,
) -> tuple[Fault, ...]:
    """What keeps its child cases from following those given, or else those published, as offered at an instant.

    Of a lifecycle that is not offered the newest version counts, as it does for a child case that opens.
    """
    known = dict(given or {})
    while missing := unknown(definition, known):
        found = _published(session, missing, at)
        known |= found
        if not found.keys() >= missing:
            break
    return faults(definition, known)


def parents(session: Session, key: str, at: datetime) -> tuple[Definition, ...]:
    """The other lifecycles offered at an instant of which cases open child cases of this one."""
    numbers = [each.version for each in standing(offers(session), at).values() if each.key != key]
    bodies = session.scalars(
        select(DefinitionVersion.body).where(DefinitionVersion.id.in_(numbers))
    )
    # Most open none; to read one whole takes longer than to look for two words in it.
    likely = (body for body in bodies if b'"children":' in body and key.encode() in body)
    return tuple(each for each in map(from_body, likely) if key in named(each))


def stranded(
    session: Session, definition: Definition, at: datetime
) -> tuple[tuple[Definition, Fault], ...]:
    """What would keep the child cases of those offered from following this version, were it offered."""
    given = {definition.key: definition}
    return tuple(
        (parent, fault)
        for parent in parents(session, definition.key, at)
        for fault in unfit(session, parent, at, given)
    )


def refuse_unfit(
    session: Session, definition: Definition, file: str, at: datetime,
    given: Mapping[str, Definition] | None = None,
) -> None:  # fmt: skip
    """Refuse the file of a lifecycle whose child cases cannot follow what they name, with every fault."""
    found = unfit(session, definition, at, given) if definition.children else ()
    if found:
        raise refusal_of(file, *(Fault(f"{file}: {each.place}", each.problem) for each in found))


def _published(session: Session, keys: Iterable[str], at: datetime) -> dict[str, Definition]:
    offered = {key: each.version for key, each in standing(offers(session), at).items()}
    newest = dict(
        session.execute(
            select(DefinitionVersion.key, func.max(DefinitionVersion.id))
            .where(DefinitionVersion.key.in_(sorted(keys)))
            .group_by(DefinitionVersion.key)
        ).all()
    )
    numbers = [offered.get(key) or number for key, number in newest.items()]
    bodies = select(DefinitionVersion.body).where(DefinitionVersion.id.in_(numbers))
    return {each.key: each for each in map(from_body, session.scalars(bodies))}
