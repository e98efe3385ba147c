"""What a case that has ended changes of the facts of the one above, where its lifecycle says so."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update

from workflow.audit import canonical
from workflow.audit.events.cases import FactsAmended, FactsKept, TakingPart
from workflow.engine.cases.exchanges import Exchange, exchanged
from workflow.engine.children.models import ChildCase
from workflow.engine.documents import bound_content
from workflow.engine.documents.bound_content import FiledVersion
from workflow.engine.documents.checked import bodies_of
from workflow.engine.documents.in_force import held_to, in_force, settled_above
from workflow.engine.domain import domain_of
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.checks.known import Content, written
from workflow.lifecycles.checks.rows import alike
from workflow.lifecycles.documents import DocumentKind
from workflow.vocabulary import Stage


class KeptBecause(StrEnum):
    """Why what was signed under a case changes nothing there."""

    ENDED = "too_late"
    MOVED = "moved"


def amend(work: UnitOfWork, case_id: int, ref: str) -> tuple[Exchange, ...]:
    """Let the facts of the locked case follow what was signed under it, and tell so on its trail.

    That is what a document says which became the facts of the case above by an outcome there. Of a
    document that was written beside what is in force, it is what it says otherwise. Where the case has
    ended by now, or where what it changes was changed since it was written, nothing of it counts, and
    the trail says why. Answers with who joined and who left by it.
    """
    session = work.session
    followed = select(LifecycleCase.definition_id).where(LifecycleCase.id == case_id)
    definition = engine_of(session).definition(session.scalars(followed).one() or 0, session)
    taking: tuple[Exchange, ...] = ()
    for kind in settled_above(session, case_id, definition):
        taking += _follow(work, case_id, ref, kind)
    return taking


def _follow(work: UnitOfWork, case_id: int, ref: str, kind: DocumentKind) -> tuple[Exchange, ...]:
    """The same for one document."""
    session = work.session
    filed = bound_content.newest(session, case_id)[kind.key]
    content = _said(work, case_id, kind, filed)
    now, then = (in_force(session, work.case.id, work.definition, by) for by in (None, filed.at))
    why = _kept(work, kind, content, now, then)
    if why is not None:
        work.note(FactsKept(ref=ref, document=kind.key, version=filed.version, why=why))
        _write(work, case_id, ())
        return ()
    changes = _changes(kind, content, then)
    taking = _take(work, case_id, content, changes)
    work.note(
        FactsAmended(
            ref=ref,
            document=kind.key,
            version=filed.version,
            digest=filed.digest,
            changes=changes,
            parties=tuple(
                TakingPart(capacity=each.capacity, party=key) for each in taking for key in each.now
            ),
        )
    )
    domain_of(session).signed_below(work, case_id, content)
    return taking


def _said(work: UnitOfWork, case_id: int, kind: DocumentKind, filed: FiledVersion) -> Content:
    bodies = bodies_of(work.session, case_id, ((kind.key, filed.version),))
    content: Content = canonical.parse(bodies[kind.key])
    return content


def _kept(
    work: UnitOfWork, kind: DocumentKind, content: Content, now: Content, then: Content
) -> KeptBecause | None:
    """Why nothing of it counts; nothing where it does."""
    if work.case.stage == Stage.END:
        return KeptBecause.ENDED
    moved = (
        each for each in _touched(kind, content, then)
        if not alike(_values(now, each), _values(then, each))
        and not alike(_values(now, each), _values(content, each))
    )  # fmt: skip
    return KeptBecause.MOVED if any(moved) else None


def _changes(kind: DocumentKind, content: Content, then: Content) -> tuple[str, ...] | None:
    """What of a document counts that was written beside what is in force; of any other all does."""
    if not any(held_to(kind)):
        return None
    tables = (field.key for field in kind.fields() if field.kind == "lines")
    return (*_touched(kind, content, then), *(key for key in tables if content.get(key)))


def _touched(kind: DocumentKind, content: Content, then: Content) -> Iterator[str]:
    """The fields that say something else than was in force as they were written."""
    for field in held_to(kind):
        said = _values(content, field.key)
        if said and not alike(said, _values(then, field.key)):
            yield field.key


def _values(content: Content, key: str) -> tuple[str, ...]:
    return tuple(written(content.get(key)))


def _take(
    work: UnitOfWork, case_id: int, content: Content, changes: tuple[str, ...] | None
) -> tuple[Exchange, ...]:
    said: Mapping[str, Any] = content
    taking: tuple[Exchange, ...] = ()
    domain = domain_of(work.session)
    if changes is not None:
        said = {key: content[key] for key in changes}
        _write(work, case_id, changes)
        taking = exchanged(work, domain.parties_named(work.session, said, work.now))
    domain.take_facts(work.session, work.case.id, said, None, work.now)
    return taking


def _write(work: UnitOfWork, case_id: int, changes: tuple[str, ...]) -> None:
    its = update(ChildCase).where(ChildCase.case_id == case_id)
    work.session.execute(its.values(changes=" ".join(changes)))
