"""What a question about clauses offers on one case: the clauses of the text as it is filed, or one's own comments."""

from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.clauses.readings import readings_of
from workflow.engine.documents import labels
from workflow.engine.documents.bound_content import newest
from workflow.engine.documents.checked import bodies_of
from workflow.engine.documents.labels import Options
from workflow.lifecycles.clauses.numbered import CLAUSES, READINGS, Clause, clauses
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field


def options_at(
    session: Session, definition: Definition, case_id: int, field: Field, party: str
) -> Options:
    """What a field offers to whoever answers for a party; of clauses nothing where nobody does."""
    source, _, key = field.vocabulary.partition(":")
    if source in (CLAUSES, READINGS) and not party:
        return ()
    if source == CLAUSES:
        found = clauses_on(session, case_id, definition.documents[key])
        return tuple((each.key, f"{each.number} {each.title}") for each in found)
    if source == READINGS:
        own = readings_of(session, definition, case_id, definition.documents[key], party)
        return tuple((each.id, f"{each.number}. {each.words}") for each in own)
    return labels.options_on(session, definition, case_id, field)


def naming_clauses(spec: RoundSpec) -> tuple[tuple[Field, Field], ...]:
    """The questions of a round that name clauses or comments, each with the column that does."""
    return tuple(
        (question, column)
        for question in spec.questions
        for column in question.columns
        if column.vocabulary.partition(":")[0] in (CLAUSES, READINGS)
    )


def clauses_on(session: Session, case_id: int, kind: DocumentKind) -> tuple[Clause, ...]:
    """The clauses of the newest text of a kind; of its form alone where nothing is filed yet."""
    filed = newest(session, case_id).get(kind.key)
    if filed is None:
        return clauses(kind, {})
    bodies = bodies_of(session, case_id, ((kind.key, filed.version),))
    return clauses(kind, canonical.parse(bodies[kind.key]))
