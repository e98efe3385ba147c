"""What the cases above one say, as it is in force: values, tables as choices, and days.

The nearest case above counts that has such a place: its newest filed text, and of what tells its facts
what its amendments made of them.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.children.models import ChildCase
from workflow.engine.document_models import Document
from workflow.engine.documents.in_force import signed_below, telling
from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.checks.check import ValuePlace
from workflow.lifecycles.checks.known import Content, is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.form_checks import NOTHING, with_repeated
from workflow.lifecycles.parentage.above import has_rows_of, named_above, narrowed, row_choices
from workflow.reading import asked_once

Options = tuple[tuple[str, str], ...]


class _CaseAbove(NamedTuple):
    """A case above another one, and the lifecycle that it follows."""

    id: int
    ref: str
    definition: Definition


class OfferedAbove(NamedTuple):
    """The rows of a case above that a field offers, and which case that is; nowhere else are there any."""

    ref: str
    options: Options


@asked_once
def said_above(
    session: Session, case_id: int, places: frozenset[ValuePlace]
) -> dict[str, dict[str, Any]]:
    """What stands at these places of the cases above, by the name that places have for the document.

    Where nothing is filed there is nothing; of a table nothing but the columns that are asked for.
    """
    found: dict[str, dict[str, Any]] = {}
    pending = {(each.document, each.field) for each in places}
    for case in _cases_above(session, case_id) if pending else ():
        for document, key in sorted(pending):
            place = ValuePlace(key, document=document)
            if any(named_above(case.definition, place)):
                asked = (each for each in places if (each.document, each.field) == (document, key))
                value = _in_force(session, case, place.above).get(key)
                columns = frozenset(each.column for each in asked)
                found.setdefault(document, {})[key] = narrowed(value, columns)
                pending.discard((document, key))
    return found


def offered_above(session: Session, case_id: int, field: Field) -> OfferedAbove:
    """What a field offers of the rows of a case above, by what they are called there."""
    place = field.offers_above
    for case in _cases_above(session, case_id) if place else ():
        tables = tuple(named_above(case.definition, place)) if place else ()
        if place and tables:
            rows = _in_force(session, case, place.above).get(place.field)
            return OfferedAbove(case.ref, row_choices(tables[0], place.column, rows))
    return OfferedAbove("", ())


def day_at(session: Session, case_id: int, place: ValuePlace) -> date | None:
    """The day that stands at a place, in the newest version of a document of this case or in one above."""
    said: Content
    if place.above:
        said = said_above(session, case_id, frozenset({place})).get(place.document, {})
    else:
        said = _newest(session, case_id, {place.document}).get(place.document, {})
    written = str(said.get(place.field) or "")
    return date.fromisoformat(written) if is_day(written) else None


def _in_force(session: Session, case: _CaseAbove, named: str) -> Mapping[str, Any]:
    """What a document of a case says, or whatever tells its facts, as it is in force."""
    facts = tuple(telling(session, case.id, case.definition))
    kind = case.definition.documents.get(named)
    found: dict[str, Any] = {}
    for each in facts if kind is None else (kind,):
        said = _whole(session, case, each)
        found |= {key: value for key, value in said.items() if value not in NOTHING}
    if case.definition.children and (kind is None or kind in facts):
        for each in facts if kind is None else (kind,):
            found |= _amended(session, case, each)
    return found


def _amended(session: Session, case: _CaseAbove, kind: DocumentKind) -> dict[str, Any]:
    """What was signed under a case to change what a document of it says, and is heard there.

    A table is changed by one of the same columns alone.
    """
    fields = {field.key: field for field in kind.fields()}
    found: dict[str, Any] = {}
    for signed in signed_below(session, case.id):
        for key, value in signed.counts.items() if signed.heard else ():
            field = fields.get(key)
            if field is not None and (field.kind != "lines" or has_rows_of(field, value)):
                found[key] = value
    return found


def _whole(session: Session, case: _CaseAbove, kind: DocumentKind) -> dict[str, Any]:
    """What the newest version of a document says, with what it repeats of others of its case."""
    others = {each.repeats.document for each in kind.fields() if each.repeats is not None}
    texts = _newest(session, case.id, {kind.key, *others})
    return with_repeated(kind, texts.get(kind.key, {}), texts)


def _newest(session: Session, case_id: int, kinds: set[str]) -> Mapping[str, Content]:
    asked = {"case_id": case_id, "kinds": sorted(kinds)}
    found: dict[str, Content] = {}
    for row in session.connection().execute(_BODIES, asked):
        found[row.kind] = canonical.parse(row.body)
    return found


def _cases_above(session: Session, case_id: int) -> Iterator[_CaseAbove]:
    """The cases above one, the nearest first."""
    row = _above(session, case_id)
    while row is not None:
        number, ref, definition_id = row
        yield _CaseAbove(number, ref, engine_of(session).definition(definition_id, session))
        row = _above(session, number)


@asked_once
def _above(session: Session, case_id: int) -> tuple[int, str, int] | None:
    found = session.connection().execute(_ABOVE, {"case_id": case_id}).first()
    return None if found is None else (found.id, found.ref, found.definition_id)


_ABOVE = (
    select(LifecycleCase.id, LifecycleCase.ref, LifecycleCase.definition_id)
    .join(ChildCase, ChildCase.parent_id == LifecycleCase.id)
    .where(ChildCase.case_id == bindparam("case_id"))
)
# In the order of their versions, so that the newest of each comes last.
_BODIES = (
    select(Document.kind, Document.body)
    .where(Document.case_id == bindparam("case_id"))
    .where(Document.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(Document.version)
)
