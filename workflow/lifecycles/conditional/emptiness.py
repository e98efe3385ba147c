"""Conditions that may be asked of something empty, each with its place and what would mend it."""

from collections.abc import Callable, Collection, Iterator
from functools import cache, partial

from workflow.errors import Fault
from workflow.lifecycles.checks.check import (
    AGAINST,
    BY_CLAUSE,
    CASE,
    KNOWN_ALWAYS,
    ValuePlace,
)
from workflow.lifecycles.checks.condition import CaseCondition
from workflow.lifecycles.children.kinds import ChildKind, ChildOpens
from workflow.lifecycles.conditional.certainty import Unfiled, unfiled
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.rule import RuleKind, Stance
from workflow.phrase import phrase

ONE_ANSWERS = (RuleKind.SINGLE, RuleKind.SINGLE_AFTER_CONSULTATION)
Missing = Callable[[str], Unfiled]


def faults(definition: Definition) -> Iterator[Fault]:
    """Every condition over what may be empty when it is asked, and every check over what is never looked at."""
    missing = cache(lambda document: unfiled(definition, document))
    yield from _of_outcomes(definition, missing)
    yield from _of_seats(definition, missing)
    yield from _of_children(definition, missing)
    yield from _of_round_checks(definition)


def _of_round_checks(definition: Definition) -> Iterator[Fault]:
    """The answers of a round are held against each other alone: a document beside them is never looked at."""
    for spec in definition.rounds.values():
        for at, check in enumerate(spec.checks):
            for document in sorted({place.document for place in check.places()} - {""}):
                problem = phrase(
                    "looks at '%(document)s', but answers are held against each other alone; have a "
                    "document say it, and check that",
                    document=document,
                )
                yield Fault(f"rounds.{spec.key}.checks[{at}]", problem)


def _of_outcomes(definition: Definition, missing: Missing) -> Iterator[Fault]:
    for spec in definition.rounds.values():
        for outcome, target in spec.outcomes.items():
            for way, branch in enumerate(target.branches):
                for number, condition in enumerate(branch.when):
                    lacking = _looked_at(condition, missing, _at_settling(spec.key, outcome))
                    place = f"rounds.{spec.key}.outcomes.{outcome}[{way}].when[{number}]"
                    yield from _of_answers(place, spec, outcome, condition)
                    yield from _of_texts(place, definition, condition, lacking)


def _of_seats(definition: Definition, missing: Missing) -> Iterator[Fault]:
    """Whether a seat is asked is read as a round opens, whichever of those that follow its rule."""
    for spec in definition.rounds.values():
        for at, seat in enumerate(spec.rule.seats):
            for number, condition in enumerate(seat.when):
                lacking = _looked_at(condition, missing, _at_opening(spec.key))
                place = f"rules.{spec.rule.key}.seats[{at}].when[{number}]"
                yield from _of_texts(place, definition, condition, lacking)


def _at_settling(key: str, outcome: str) -> Callable[[Unfiled], bool]:
    return lambda of: (key, outcome) in of.settling


def _at_opening(key: str) -> Callable[[Unfiled], bool]:
    return lambda of: key in of.opening


def _of_children(definition: Definition, missing: Missing) -> Iterator[Fault]:
    """Whether a child case opens is read as its parent enters a state, as its day comes, or as a round settles."""
    for kind in definition.children.values():
        for number, condition in enumerate(kind.when):
            lacking = _looked_at(condition, missing, partial(_lacks, definition, kind))
            place = f"children.{kind.key}.when[{number}]"
            yield from _of_texts(place, definition, condition, lacking)


def _lacks(definition: Definition, kind: ChildKind, of: Unfiled) -> bool:
    """Whether what is unfiled so may be missing as a child of this kind opens."""
    if kind.opens is not ChildOpens.BY_OUTCOME:
        places = of.entering if kind.opens is ChildOpens.ON_ENTRY else of.standing
        return bool(places.intersection(kind.states))
    return any(
        kind.key in to.children
        for key, outcome in of.settling
        for to in definition.rounds[key].outcomes[outcome].every()
    )


def _looked_at(
    condition: CaseCondition, missing: Missing, lacks: Callable[[Unfiled], bool]
) -> frozenset[str]:
    """Of the documents that a condition looks at, those that may be missing at that time."""
    named = {place.document for place in condition.needs() if not place.above}
    return frozenset(key for key in named - {"", CASE, AGAINST, BY_CLAUSE} if lacks(missing(key)))


def _of_answers(
    at: str, spec: RoundSpec, outcome: str, condition: CaseCondition
) -> Iterator[Fault]:
    """What an outcome asks of the answers to its own round: one person gives them, and has to."""
    asked = [place for place in condition.relation.places() if not place.document]
    owed = {place for place in condition.needs() if not place.document}
    if asked and spec.rule.kind not in ONE_ANSWERS:
        yield Fault(
            at,
            phrase(
                "looks at an answer, but many answer a rule of kind '%(kind)s'", kind=spec.rule.kind
            ),
        )
        return
    questions = {question.key: question for question in spec.questions}
    leading = [each for each in spec.rule.verdicts.values() if each.outcome == outcome]
    for place in owed:
        if any(each.stance is not Stance.FOR for each in leading):
            yield Fault(
                at,
                phrase(
                    "looks at '%(place)s', which may be empty: who is against need not answer it",
                    place=str(place),
                ),
            )
        elif place.field in questions and not _filled(questions[place.field], place):
            yield _optional(at, place)


def _of_texts(
    at: str, definition: Definition, condition: CaseCondition, lacking: Collection[str]
) -> Iterator[Fault]:
    for place in condition.relation.places():
        if place.document == AGAINST:
            yield Fault(at, phrase("looks at who was against; only the checks of a form can"))
    for place in condition.needs():
        if place.document == CASE and place.field not in KNOWN_ALWAYS:
            yield Fault(
                at,
                phrase("looks at '%(place)s', which is not known of every case", place=str(place)),
            )
        kind = definition.documents.get(place.document)
        if kind is None:
            continue
        field = _field(kind, place)
        if field is not None and field.repeats is not None:
            yield Fault(
                at,
                phrase(
                    "looks at '%(place)s', which repeats another document; name '%(origin)s'",
                    place=str(place),
                    origin=str(field.repeats),
                ),
            )
        elif field is not None and not _filled(field, place):
            yield _optional(at, place)
        elif field is not None and kind.key in lacking:
            yield Fault(
                at,
                phrase(
                    "looks at '%(place)s', which may be empty: '%(document)s' can be missing by then; have "
                    "a verdict on every way there need it",
                    place=str(place),
                    document=kind.key,
                ),
            )


def _field(kind: DocumentKind, place: ValuePlace) -> Field | None:
    return next((field for field in kind.fields() if field.key == place.field), None)


def _filled(field: Field, place: ValuePlace) -> bool:
    """Whether the form has to be filled in there: the field, and in a table the column as well."""
    columns = (column.required for column in field.columns if column.key == place.column)
    return field.required and (not place.column or any(columns))


def _optional(at: str, place: ValuePlace) -> Fault:
    return Fault(
        at,
        phrase(
            "looks at '%(place)s', which may be empty: say 'required = true' of the field",
            place=str(place),
        ),
    )
