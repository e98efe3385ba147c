"""Whether what a row carries has its place in the facts of the child case that it opens."""

from collections.abc import Iterator, Mapping

from workflow.errors import Fault
from workflow.lifecycles.checks.check import ValuePlace
from workflow.lifecycles.children.kinds import EachRow
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.phrase import Phrase, phrase


def faults(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Fault]:
    """Each value that a row carries and the lifecycle of the child has no place for, with where it is said."""
    for kind in definition.children.values():
        child = known.get(kind.lifecycle)
        if child is None or kind.each_row is None or not kind.each_row.carries:
            continue
        facts = child.documents.get(child.facts)
        if facts is None or not facts.sections:
            problem = phrase("is said, and '%(child)s' has no form of the facts", child=child.key)
            yield Fault(f"children.{kind.key}.carries", problem)
            continue
        for key, place in kind.each_row.carries:
            for problem in _unfit(definition, kind.each_row, (key, place), facts):
                yield Fault(f"children.{kind.key}.carries.{key}", problem)


def _unfit(
    definition: Definition, each: EachRow, carried: tuple[str, ValuePlace], facts: DocumentKind
) -> Iterator[Phrase]:
    key, place = carried
    fields = {field.key: field for field in facts.fields()}
    source = definition.documents[place.document]
    table = next(field for field in source.fields() if field.key == place.field)
    column = next(field for field in table.columns if field.key == place.column)
    field = fields.get(key)
    if field is None:
        yield phrase(
            "names '%(key)s', which is no field of '%(facts)s'; its fields: %(fields)s",
            key=key,
            facts=facts.key,
            fields=tuple(fields),
        )
        return
    if field.kind != column.kind:
        yield phrase(
            "puts a field of kind '%(column)s' into '%(key)s', a field of kind '%(kind)s'",
            column=column.kind,
            key=key,
            kind=field.kind,
        )
        return
    yield from _too_narrow(each, place, column, field)
    if table.confidential and not field.confidential:
        yield phrase("puts what is confidential into '%(key)s', which is not", key=key)
    if facts.open_to.wider_than(source.open_to):
        yield phrase(
            "puts what '%(document)s' opens to %(some)s into '%(facts)s', which is open to %(more)s",
            document=source.key,
            some=source.open_to.value,
            facts=facts.key,
            more=facts.open_to.value,
        )


def _too_narrow(each: EachRow, place: ValuePlace, column: Field, field: Field) -> Iterator[Phrase]:
    """Why what may stand in a column may not stand in a field of the same kind."""
    if column.kind in ("line", "text") and column.longest > field.longest:
        yield phrase(
            "puts up to %(longest)s characters into '%(key)s', which takes %(fewer)s",
            longest=column.longest,
            key=field.key,
            fewer=field.longest,
        )
    if column.vocabulary != field.vocabulary:
        yield phrase("puts a choice of another list into '%(key)s'", key=field.key)
    for value in _strange(each, place, column, field):
        yield phrase(
            "may put '%(value)s' into '%(key)s', which does not offer it",
            value=value,
            key=field.key,
        )


def _strange(each: EachRow, place: ValuePlace, column: Field, field: Field) -> tuple[str, ...]:
    """Choices that a row may have and the field does not offer; those of rows that open nothing aside."""
    offered = {value for value, _ in field.options}
    found = [value for value, _ in column.options]
    own = (place.document, place.field) == (each.table.document, each.table.field)
    if own and each.only is not None and each.only.place.column == column.key:
        found = [value for value in found if value in each.only.words]
    return tuple(value for value in found if value not in offered)
