"""Forms held against what their lifecycle declares: beside earlier documents, and what is known of the case."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.answers.given import answers_given
from workflow.engine.document_models import Document
from workflow.engine.documents import bound_content, in_force
from workflow.engine.documents.above.kept import beside
from workflow.engine.domain import domain_of
from workflow.engine.workdays import today
from workflow.lifecycles.checks import findings
from workflow.lifecycles.checks.check import AGAINST, CASE, IN_FORCE, TODAY, CheckKind, FormCheck
from workflow.lifecycles.checks.known import Content, KnownValues
from workflow.lifecycles.checks.results import CheckFinding
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.form_checks import with_repeated
from workflow.lifecycles.rule import Stance
from workflow.reading import asked_once_each
from workflow.reference import reference


def held_against(
    session: Session, case_id: int, definition: Definition, kind: DocumentKind, content: Content
) -> tuple[CheckFinding, ...]:
    """How a form with this content stands to every check of its kind that is asked of it."""
    if not kind.checks:
        return ()
    others = _others(session, case_id, definition, kind)
    others |= beside(session, case_id, kind, content)
    known = _known(session, case_id, with_repeated(kind, content, others), others, kind.checks)
    if any(check.across for check in kind.checks):
        known = replace(known, earlier=_earlier(session, case_id, kind))
    if asked := rounds_asked(kind):
        known = replace(known, against=against(session, case_id, definition, asked))
    if any(check.beside for check in kind.checks):
        known = replace(known, beside=in_force.beside(session, case_id, kind))
    if any(check.kind is CheckKind.UNMOVED for check in kind.checks):
        written = _filed_at(session, case_id, kind, content)
        known = replace(known, then=in_force.in_force_above(session, case_id, written))
    return findings(kind.checks, known)


def _filed_at(
    session: Session, case_id: int, kind: DocumentKind, content: Content
) -> datetime | None:
    """When this was filed; nothing where it is being written now."""
    newest = bound_content.newest(session, case_id).get(kind.key)
    if newest is None or newest.digest != canonical.digest(canonical.write(content)):
        return None
    return newest.at


def whole_text(
    session: Session, case_id: int, definition: Definition, kind: DocumentKind
) -> dict[str, Any]:
    """What the newest version of a document says, with what it repeats; nothing if none is filed."""
    newest = bound_content.newest(session, case_id).get(kind.key)
    if newest is None:
        return {}
    bodies = bodies_of(session, case_id, ((kind.key, newest.version),))
    others = _others(session, case_id, definition, kind)
    return with_repeated(kind, canonical.parse(bodies[kind.key]), others)


def repeated(
    session: Session, case_id: int, definition: Definition, kind: DocumentKind
) -> dict[str, Any]:
    """What a form that was never saved begins with: the values that it repeats."""
    if not any(field.repeats for field in kind.fields()):
        return {}
    others = _others(session, case_id, definition, kind)
    return with_repeated(kind, {}, others | beside(session, case_id, kind, {}))


def _known(
    session: Session,
    case_id: int,
    own: Content,
    others: Mapping[str, Content],
    checks: tuple[FormCheck, ...],
) -> KnownValues:
    """What the checks look at; what none of them asks for is not asked of the database."""
    named = {place.field for check in checks for place in check.places() if place.document == CASE}
    groups = domain_of(session).groups(session)
    return KnownValues(own, others, facts_of(session, case_id, named), groups)


def facts_of(session: Session, case_id: int, named: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The facts of a case by name, those that are only looked for where they are `named`."""
    domain = domain_of(session)
    asked = domain.looked_for.keys() & set(named)
    facts: dict[str, tuple[str, ...]] = {}
    if set(named) - asked - {TODAY}:
        facts |= domain.facts(session, case_id)
    if asked or TODAY in named:
        day = today(session)
        facts |= {name: domain.looked_for[name](session, case_id, day) for name in sorted(asked)}
        facts[TODAY] = (day.isoformat(),)
    return facts


def against(
    session: Session, case_id: int, definition: Definition, rounds: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """By round, the parties whose last word there, in whichever turn, was against; countries by code."""
    given = (each for each in answers_given(session, case_id) if each.standing)
    last = {(each.key, each.party_key): each.verdict for each in given if each.key in rounds}
    found: dict[str, tuple[str, ...]] = dict.fromkeys(rounds, ())
    for (key, party), verdict in last.items():
        if definition.rounds[key].rule.verdicts[verdict].stance is Stance.AGAINST:
            code = party.upper()
            found[key] += (code if code in reference().countries else party,)
    return found


def rounds_asked(kind: DocumentKind) -> tuple[str, ...]:
    """The rounds of which a kind of document asks who was against."""
    places = (place for check in kind.checks for place in check.places())
    return tuple(sorted({place.field for place in places if place.document == AGAINST}))


def _earlier(session: Session, case_id: int, kind: DocumentKind) -> tuple[Content, ...]:
    """What a document said each time that it was filed, the newest first."""
    rows = session.connection().execute(EARLIER, {"case_id": case_id, "kind": kind.key})
    return tuple(canonical.parse(row.body) for row in rows)


def _others(
    session: Session, case_id: int, definition: Definition, kind: DocumentKind
) -> dict[str, Content]:
    """The newest versions of the other documents that a kind of document looks at, by their kind."""
    bodies = bodies_of(session, case_id, versions_beside(session, case_id, definition, kind))
    found: dict[str, Content] = {key: canonical.parse(body) for key, body in bodies.items()}
    whole: dict[str, Content] = {
        key: with_repeated(definition.documents[key], content, found)
        for key, content in found.items()
    }
    if in_force.looks_in_force(kind):
        whole[IN_FORCE] = in_force.in_force_above(session, case_id)
    return whole


def versions_beside(
    session: Session, case_id: int, definition: Definition, kind: DocumentKind
) -> tuple[tuple[str, int], ...]:
    """The newest versions of the other documents that a kind of document looks at."""
    wanted = _looked_at(definition, kind)
    if not wanted:
        return ()
    newest = bound_content.newest(session, case_id)
    return tuple((key, newest[key].version) for key in sorted(wanted & newest.keys()))


def _looked_at(definition: Definition, kind: DocumentKind) -> set[str]:
    """The other documents that a kind looks at, and those whose values these repeat."""
    named = {place.document for check in kind.checks for place in check.places()}
    named |= set(_repeats(kind))
    named &= definition.documents.keys() - {kind.key}
    return named.union(*(_repeats(definition.documents[each]) for each in named))


def _repeats(kind: DocumentKind) -> Iterator[str]:
    return (field.repeats.document for field in kind.fields() if field.repeats is not None)


def bodies_of(
    session: Session, case_id: int, versions: tuple[tuple[str, int], ...]
) -> dict[str, bytes]:
    """The bytes of these versions of documents, by their kind."""
    return {kind: body for (kind, _), body in bodies(session, case_id, versions).items()}


@asked_once_each
def bodies(
    session: Session, case_id: int, versions: tuple[tuple[str, int], ...]
) -> Mapping[tuple[str, int], bytes]:
    """The bytes of these versions of documents, each by its kind and version."""
    if not versions:
        return {}
    asked = {"case_id": case_id, "versions": [*versions]}
    rows = session.connection().execute(_BODIES, asked)
    return {(row.kind, row.version): row.body for row in rows}


# What some versions of the documents of a case say, as (kind, version).
_BODIES = select(Document.kind, Document.version, Document.body).where(
    Document.case_id == bindparam("case_id"),
    tuple_(Document.kind, Document.version).in_(bindparam("versions", expanding=True)),
)
EARLIER = (
    select(Document.body)
    .where(Document.case_id == bindparam("case_id"), Document.kind == bindparam("kind"))
    .order_by(Document.version.desc())
)
