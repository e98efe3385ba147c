"""Values of forms put into words: choices, countries, parties and sections by their names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from workflow.engine.documents import returns
from workflow.engine.documents.above.kept import called_then
from workflow.engine.documents.diff import Say
from workflow.engine.domain import domain_of
from workflow.engine.models import CaseParty
from workflow.lifecycles.checks.check import PARENT
from workflow.lifecycles.clauses.numbered import CLAUSES, READINGS
from workflow.lifecycles.clauses.remarks import REMARKS
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.people.models import Party, Person
from workflow.reading import asked_once
from workflow.reference import choices
from workflow.vocabulary import ANYBODY, HOUSE

Options = tuple[tuple[str, str], ...]
OF_PARTIES = ("agencies", "donors", "parties")
# What a field offers from these differs from case to case.
OF_ONE_CASE = (REMARKS, CLAUSES, READINGS, "indicators", "outputs", "sanctions", PARENT)


def speaker(
    session: Session,
    definition: Definition,
    contents: Iterable[Any],
    filed: Iterable[Any] = (),
) -> Say:
    """Says the values of fields that occur in `contents` as their reader would.

    Countries, days and amounts stay as stored: a page writes them in its own language. What `filed`
    versions chose of a case above is called as it was when they were filed.
    """
    keys = {word for content in contents for word in _words(content) if len(word) <= 80}
    called = called_then(filed)
    names = _names(session, keys) if keys else {}
    namers = domain_of(session).names

    def say(field: Field, value: str) -> str:
        if _of_parties(field):
            return names.get(value, value)
        if field.kind == "countries":
            return value
        if field.kind == "person":
            return person_called(session, value)
        known = called.get(field.vocabulary) or dict(options(definition, field))
        if value not in known and field.vocabulary in namers:
            known = {**known, **namers[field.vocabulary](session)}
        label = known.get(value, value)
        return f"{value} · {label}" if field.kind == "rating" else label

    return say


def of_parties(kind: DocumentKind, content: Mapping[str, Any]) -> list[Any]:
    """What a document says in those of its fields that name parties."""
    return [
        content.get(field.key)
        for field in kind.fields()
        if any(map(_of_parties, (field, *field.columns)))
    ]


def options(definition: Definition, field: Field) -> Options:
    """What a field offers, where that follows from the definition and the reference data."""
    if field.options:
        return field.options
    if field.kind == "rating":
        return choices("ratings")
    if field.kind == "countries":
        return choices("countries")
    source, _, kind = field.vocabulary.partition(":")
    if source == "sections":
        return tuple((each.key, each.title) for each in definition.documents[kind].sections)
    if source == "fields":
        return tuple(_places(definition.documents[kind]))
    general = source and source not in OF_ONE_CASE and not _of_parties(field)
    return choices(source) if general else ()


def options_on(session: Session, definition: Definition, case_id: int, field: Field) -> Options:
    """What a field offers on one case: also the parties that have a part in it."""
    source, _, rest = field.vocabulary.partition(":")
    if source == "parties":
        return parties_of(session, case_id, rest)
    if source == REMARKS:
        return tuple(_remarks(session, definition, case_id, definition.documents[rest]))
    return options(definition, field)


def _places(kind: DocumentKind) -> Iterator[tuple[str, str]]:
    """Each section of a document, followed by its fields."""
    for section in kind.sections:
        yield section.key, section.title
        for field in section.fields:
            yield f"{section.key}.{field.key}", f"{section.title}: {field.label}"


def _remarks(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> Iterator[tuple[str, str]]:
    """The remarks with which a document came back, each by its number."""
    for back in returns.last_returns(session, definition, case_id, kind):
        for remark in back.remarks:
            about = f"{remark.clause} ({back.party}): " if remark.clause and back.comment else ""
            yield remark.id, f"{remark.number}. {about}{remark.words}"


def parties_of(session: Session, case_id: int | None, capacity: str) -> Options:
    """The parties that have one part in a case, by name; of `anybody` all of them, and the house."""
    taking = select(CaseParty.party_id).where(CaseParty.case_id == case_id)
    named = (
        or_(Party.id.in_(taking), Party.key == HOUSE)
        if capacity == ANYBODY
        else Party.id.in_(taking.where(CaseParty.capacity == capacity))
    )
    rows = session.execute(select(Party.key, Party.name).where(named).order_by(Party.name))
    return tuple((key, name) for key, name in rows)


def _of_parties(field: Field) -> bool:
    return field.kind == "party" or field.vocabulary.partition(":")[0] in OF_PARTIES


@asked_once
def person_called(session: Session, number: str) -> str:
    """The name of a person whom an answer names by number."""
    known = int(number) if number.isdecimal() else 0
    return session.scalar(select(Person.name).where(Person.id == known)) or number


def _words(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _words(item)
        case Mapping():
            for item in value.values():
                yield from _words(item)


_NAMED = select(Party.key, Party.name).where(Party.key.in_(bindparam("keys", expanding=True)))


def _names(session: Session, keys: set[str]) -> dict[str, str]:
    rows = session.connection().execute(_NAMED, {"keys": sorted(keys)})
    return {row.key: row.name for row in rows}
