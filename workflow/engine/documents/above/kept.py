"""What a filed version keeps of the cases above: what it looked at, and what it chose as it was called.

It is kept in the version under the name that its lifecycle has for it, so that nothing that changes
above changes what was signed.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from workflow.engine.documents.above.said import offered_above, said_above
from workflow.lifecycles.checks.check import is_above
from workflow.lifecycles.checks.known import Content
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.form_checks import with_repeated
from workflow.phrase import Phrase, phrase


class StrangeRows(NamedTuple):
    """The field that names rows which the case above does not have, which these are, and which case that is."""

    field: Field
    ref: str
    named: tuple[str, ...]

    @property
    def said(self) -> Phrase:
        """What is to be said at the field."""
        return phrase(
            "%(ref)s has no such row: %(values)s. Choose one of those that it offers.",
            ref=self.ref,
            values=self.named,
        )


def beside(
    session: Session, case_id: int, kind: DocumentKind, content: Content
) -> dict[str, Content]:
    """What of the cases above a document looks at, by the name that places have for it.

    What the content itself has kept of that, since it is a filed version, is as it was then.
    """
    looked = kind.places_above()
    if not looked:
        return {}
    then = {
        key: value for key, value in content.items() if is_above(key) and isinstance(value, Mapping)
    }
    live = frozenset(each for each in looked if each.document not in then)
    return {**said_above(session, case_id, live), **then}


def repeating(
    session: Session, case_id: int, kind: DocumentKind, content: Content
) -> dict[str, Any]:
    """The content with what the form repeats of the cases above where nothing else is written."""
    return with_repeated(kind, content, beside(session, case_id, kind, {}))


def kept_with(
    session: Session, case_id: int, kind: DocumentKind, content: Content
) -> dict[str, Any]:
    """What a version that is filed now keeps of what it looks at above: values, and what it chose is called."""
    offering = tuple(kind.offering_above())
    plain = kind.places_above() - {each.offers_above for each in offering}
    chosen: dict[str, list[list[str]]] = {}
    for field in offering:
        named = _chosen(session, case_id, kind, field, content)
        before = chosen.setdefault(field.vocabulary, [])
        before += [each for each in named if each not in before]
    return {**said_above(session, case_id, plain), **chosen}


def own(content: Content) -> dict[str, Any]:
    """The content without what a filed version keeps of the cases above."""
    return {key: value for key, value in content.items() if not is_above(key)}


def called_then(contents: Iterable[Any]) -> dict[str, dict[str, str]]:
    """By list of choices, what filed versions chose above was called when they were filed."""
    found: dict[str, dict[str, str]] = {}
    for content in contents:
        for key, value in content.items() if isinstance(content, Mapping) else ():
            if is_above(key) and isinstance(value, list):
                found.setdefault(key, {}).update((pair[0], pair[1]) for pair in value)
    return found


def strangers(
    session: Session, case_id: int, kind: DocumentKind, content: Content
) -> Iterator[StrangeRows]:
    """The fields that name rows of a case above which are not there."""
    for field in kind.offering_above():
        ref, options = offered_above(session, case_id, field)
        known = {value for value, _ in options}
        wrong = tuple(each for each in _written(kind, field, content) if each not in known)
        if wrong:
            at = next(each for each in kind.fields() if field == each or field in each.columns)
            yield StrangeRows(at, ref, wrong)


def _chosen(
    session: Session, case_id: int, kind: DocumentKind, field: Field, content: Content
) -> list[list[str]]:
    """What was chosen of the rows above, each with what it is called."""
    called = dict(offered_above(session, case_id, field).options)
    named = sorted({each for each in _written(kind, field, content) if each in called})
    return [[each, called[each]] for each in named]


def _written(kind: DocumentKind, field: Field, content: Content) -> Iterator[str]:
    """What stands in a field, or in a column of each row of its table."""
    for each in kind.fields():
        value = content.get(each.key)
        if each == field:
            yield from _words(value)
        elif field in each.columns and isinstance(value, list):
            for row in value:
                yield from _words(row.get(field.key) if isinstance(row, Mapping) else None)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))
