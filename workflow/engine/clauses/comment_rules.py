"""What answers may say of clauses: comments on places that are there, and standing by comments of one's own."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from workflow.engine.clauses.offered import naming_clauses, options_at
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid
from workflow.lifecycles.clauses.numbered import CLAUSES
from workflow.lifecycles.clauses.remarks import reading, stood_by
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.documents import Field
from workflow.lifecycles.rule import Verdict
from workflow.phrase import Phrase, phrase

UNFIT = phrase("Some of your answers cannot be kept as they are.")
NO_CLAUSE = phrase("Name a clause of the text as it is now, and say what you have to say of it.")
NOT_OWN = phrase("Stand by comments of your own alone.")
STANDS = phrase("Whoever is content stands by no comment; choose a reservation, or name none.")
NONE_STANDS = phrase("Name each comment by which you stand.")


def eligible(
    work: UnitOfWork, spec: RoundSpec, answers: Mapping[str, Any], party: str
) -> frozenset[str]:
    """The clauses and the comments that an answer for this party may name, each as “vocabulary:key”."""
    found: set[str] = set()
    for question, column in naming_clauses(spec):
        if answers.get(question.key):
            offered = options_at(work.session, work.definition, work.case.id, column, party)
            found |= {f"{column.vocabulary}:{key}" for key, _ in offered}
    return frozenset(found)


def refuse_unfit(
    spec: RoundSpec, answers: Mapping[str, Any], verdict: Verdict, offered: Collection[str]
) -> None:
    """Refuse a comment on no clause, standing by what one never said, and a reservation that names none."""
    faults = {
        question.key: _strange(column)
        for question, column in naming_clauses(spec)
        if any(each not in offered for each in _named(question, column, answers))
    }
    faults |= dict(_contradicting(spec, answers, verdict))
    if faults:
        raise Invalid(UNFIT, faults)


def _named(question: Field, column: Field, answers: Mapping[str, Any]) -> Iterator[str]:
    for row in answers.get(question.key) or []:
        yield f"{column.vocabulary}:{row.get(column.key, '')}"


def _strange(column: Field) -> Phrase:
    return NO_CLAUSE if column.vocabulary.startswith(CLAUSES) else NOT_OWN


def _contradicting(
    spec: RoundSpec, answers: Mapping[str, Any], verdict: Verdict
) -> Iterator[tuple[str, Phrase]]:
    """Whoever has to give a reason stands by something, and whoever need not stands by nothing."""
    found = reading(spec)
    if found is not None:
        stands = bool(stood_by(spec, answers))
        if stands and not verdict.reason_required:
            yield found[0].key, STANDS
        elif verdict.reason_required and not stands:
            yield found[0].key, NONE_STANDS
