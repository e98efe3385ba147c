"""Tables of other texts to whose rows a text refers, so that whoever writes or decides on it has them before them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.documents import bound_content
from workflow.engine.documents.checked import bodies_of, versions_beside
from workflow.engine.documents.diff import FieldText, whole
from workflow.engine.documents.labels import of_parties, speaker
from workflow.engine.permissions.case_sight import CaseSight
from workflow.lifecycles.checks.check import CheckKind
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field, Section


@dataclass(frozen=True, slots=True)
class ReferredTable:
    """A table of another text of the case in the version that counts, and the field `at` which it is referred to."""

    at: str
    kind: str
    label: str
    version: int
    text: FieldText


def referred(session: Session, sight: CaseSight, kind: DocumentKind) -> tuple[ReferredTable, ...]:
    """What of other texts the tables of a text are held against row by row, as far as the person may read it.

    Nothing where that was not filed, and nothing older than what the checks look at.
    """
    definition = sight.definition_known
    wanted = tuple(_wanted(definition, sight.shown(kind)))
    if not wanted:
        return ()
    versions = dict(versions_beside(session, sight.case_id, definition, kind))
    bodies = bodies_of(session, sight.case_id, tuple(sorted(versions.items())))
    newest = bound_content.newest(session, sight.case_id)
    return tuple(
        _told(session, definition, at, (other, field), (versions[other.key], bodies[other.key]))
        for at, other, field in wanted
        if other.key in versions
        and sight.field(field)
        and sight.paper(other.key, newest[other.key].seq, None)
    )


def referred_beside(
    session: Session, sight: CaseSight, kinds: Collection[str]
) -> tuple[ReferredTable, ...]:
    """The same of several texts that are read together: what stands in none of these, each once."""
    documents = sight.definition_known.documents
    every = (each for key in kinds for each in referred(session, sight, documents[key]))
    apart = {(each.kind, each.text.field.key): each for each in every if each.kind not in kinds}
    return tuple(apart.values())


def rows_owed(session: Session, sight: CaseSight, kind: DocumentKind) -> Mapping[str, Any]:
    """The tables of a text that answers each row of another one, with a row begun for each that is to be answered.

    Nothing where the other text was not filed, or the person may not read it.
    """
    found: dict[str, Any] = {}
    documents = sight.definition_known.documents
    readable = {(each.at, each.kind): each.version for each in referred(session, sight, kind)}
    for check in kind.checks:
        if check.kind is not CheckKind.ANSWERS or len(check.of) != 1 or len(check.to) != 1:
            continue
        (here,), (there,) = check.of, check.to
        version = readable.get((check.at, there.document))
        if version is None or here.document or there.document not in documents:
            continue
        body = bodies_of(session, sight.case_id, ((there.document, version),))[there.document]
        rows = canonical.parse(body).get(there.field) or ()
        found[here.field] = [{here.column: each[there.column]} for each in rows]
    return found


def _wanted(
    definition: Definition, kind: DocumentKind
) -> Iterator[tuple[str, DocumentKind, Field]]:
    """Each table of another text that a check of a table of this one looks at, once for each field."""
    tables = {each.key for each in kind.fields() if each.kind == "lines"}
    looked = dict.fromkeys(
        (check.at, place.document, place.field)
        for check in kind.checks
        if check.at in tables
        for place in check.places()
        if place.column and place.document in definition.documents.keys() - {kind.key}
    )
    for at, document, table in looked:
        other = definition.documents[document]
        field = next((each for each in other.fields() if each.key == table), None)
        if field is not None:
            yield at, other, field


def _told(
    session: Session,
    definition: Definition,
    at: str,
    table: tuple[DocumentKind, Field],
    filed: tuple[int, bytes],
) -> ReferredTable:
    (kind, field), (version, body) = table, filed
    alone = replace(kind, sections=(Section(field.key, field.label, "", (field,)),), checks=())
    content = canonical.parse(body)
    say = speaker(session, definition, of_parties(alone, content), [content])
    (section,) = whole(alone, content, say)
    return ReferredTable(at, kind.key, kind.label, version, section.fields[0])
