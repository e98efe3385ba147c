"""Whether what a child case looks at in the cases above it is there, and may be shown to whoever writes it."""

from collections.abc import Iterator, Mapping

from workflow.errors import Fault
from workflow.lifecycles.checks.check import TAKES, CheckKind, FormCheck, ValuePlace
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.parentage.above import meant_above, named_above
from workflow.phrase import Phrase, phrase

# What a choice can be made of.
NAMES = ("line", "number", "choice")
# What is looked at: by which document and as what, where, and by which field or check.
Look = tuple[DocumentKind, ValuePlace, Field | FormCheck]


def faults(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Fault]:
    """Every place above at which a case under this one looks in vain, or that it may not show.

    The nearest case above counts that has the place. What nobody begins by itself is judged beside
    the lifecycle that opens it.
    """
    for kind in definition.children.values():
        child = known.get(kind.lifecycle)
        for each, looked in _looking(child, (definition,), known) if child else ():
            yield from (_fault(kind, problem) for problem in _problems(each, looked))


def _fault(kind: ChildKind, problem: Phrase) -> Fault:
    return Fault(f"children.{kind.key}.lifecycle", problem)


def _looking(
    child: Definition, chain: tuple[Definition, ...], known: Mapping[str, Definition]
) -> Iterator[tuple[tuple[Definition, ...], tuple[Definition, Look]]]:
    """What a child looks at, and the cases under it, each with the lifecycles of the cases above, the nearest first."""
    for look in _looks(child):
        yield chain, (child, look)
    for kind in child.children.values():
        below = known.get(kind.lifecycle)
        if below is not None and below not in chain and below is not child:
            yield from _looking(below, (child, *chain), known)


def _looks(child: Definition) -> Iterator[Look]:
    for document in child.documents.values():
        for field in document.offering_above():
            if field.offers_above is not None:
                yield document, field.offers_above, field
        for field in document.fields():
            if field.repeats is not None and field.repeats.above:
                yield document, field.repeats, field
        for check in document.checks:
            yield from ((document, place, check) for place in check.places() if place.above)


def _problems(chain: tuple[Definition, ...], looked: tuple[Definition, Look]) -> Iterator[Phrase]:
    child, (document, place, by) = looked
    above = next((each for each in chain if any(named_above(each, place))), None)
    if above is not None:
        for kind in meant_above(above, place):
            for field in kind.fields():
                if field.key == place.field:
                    yield from _unfit(child, document, place, by, (kind, field))
    elif _begins_by_itself(chain[-1]):
        yield phrase(
            "names '%(child)s', which looks at '%(place)s'; there is no such field above it in: %(above)s",
            child=child.key,
            place=str(place),
            above=tuple(each.key for each in chain),
        )


def _begins_by_itself(definition: Definition) -> bool:
    """Whether a case on it needs none above: its facts have a title of their own."""
    facts = definition.documents.get(definition.facts)
    return facts is not None and any(field.key == "title" for field in facts.fields())


def _unfit(
    child: Definition,
    document: DocumentKind,
    place: ValuePlace,
    by: Field | FormCheck,
    found: tuple[DocumentKind, Field],
) -> Iterator[Phrase]:
    kind, table = found
    column = next((each for each in table.columns if each.key == place.column), None)
    field = column if place.column else table
    named = {"child": child.key, "place": str(place)}
    if field is None:
        yield phrase(
            "names '%(child)s', which looks at '%(place)s'; '%(field)s' has no such column",
            field=table.key, **named,
        )  # fmt: skip
        return
    if not _takes(place, by, field):
        yield phrase(
            "names '%(child)s', which looks at '%(place)s', a field of kind '%(kind)s', which is no "
            "use there",
            kind=field.kind, **named,
        )  # fmt: skip
    if table.confidential:
        yield phrase(
            "names '%(child)s', which would show '%(place)s', which is confidential", **named
        )
    if document.open_to.wider_than(kind.open_to):
        yield phrase(
            "names '%(child)s', which would open '%(place)s' to more people than '%(document)s' is "
            "open to",
            document=kind.key, **named,
        )  # fmt: skip


def _takes(place: ValuePlace, by: Field | FormCheck, field: Field) -> bool:
    """Whether a field of this kind can be chosen from, repeated or compared as it is asked to be."""
    if isinstance(by, FormCheck):
        takes = TAKES.get(by.kind, ())
        whole = field.kind == "lines" and by.kind is not CheckKind.GIVEN
        return not whole and (not takes or field.kind in takes)
    if by.offers_above == place:
        return field.kind in NAMES
    columns = {each.key for each in by.columns}
    return by.kind == field.kind and columns >= {each.key for each in field.columns}
