"""What a round asks besides its verdict, as its page puts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.clauses.offered import options_at
from workflow.engine.clauses.readings import ReadComment, readings_of
from workflow.engine.documents.labels import Options
from workflow.engine.permissions.personal.named import holders_offered
from workflow.lifecycles.clauses.numbered import READINGS
from workflow.lifecycles.clauses.remarks import COMMENTS, REMARKS
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import Field


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked besides the verdict; `options` by the key of the field or column.

    `readings` are one's own comments with what became of each, where it asks by which of them one stands.
    """

    field: Field
    options: Mapping[str, Options]
    readings: tuple[ReadComment, ...] = ()

    @property
    def remarks(self) -> frozenset[str]:
        """The vocabularies of its columns that name the remarks on a text."""
        named = (column.vocabulary for column in self.field.columns)
        return frozenset(each for each in named if each.startswith(f"{REMARKS}:"))

    @property
    def reads(self) -> Field | None:
        """Its column that names one's own comments, if it has one."""
        return _reading(self.field)

    @property
    def by_clause(self) -> bool:
        """Whether it is about single clauses of a text: comments on them, what becomes of these, what stands."""
        return self.field.key == COMMENTS or bool(self.remarks) or self.reads is not None


def questions(
    session: Session,
    definition: Definition,
    case_id: int,
    spec: RoundSpec,
    today: date,
    *,
    party: str = "",
) -> tuple[Question, ...]:
    """What the round asks besides its verdict of whoever answers for a party, with what this case offers."""
    return tuple(
        Question(
            field,
            {
                each.key: _people(session, definition, case_id, each, today)
                if each.kind == "person"
                else options_at(session, definition, case_id, each, party)
                for each in (field, *field.columns)
            },
            _readings(session, definition, case_id, field, party),
        )
        for field in spec.questions
    )


def _people(
    session: Session, definition: Definition, case_id: int, field: Field, today: date
) -> Options:
    offered = holders_offered(session, definition, case_id, field, today)
    return tuple((str(each.person), each.name) for each in offered)


def _reading(field: Field) -> Field | None:
    return next(
        (each for each in field.columns if each.vocabulary.startswith(f"{READINGS}:")), None
    )


def _readings(
    session: Session, definition: Definition, case_id: int, field: Field, party: str
) -> tuple[ReadComment, ...]:
    column = _reading(field)
    if column is None:
        return ()
    kind = definition.documents[column.vocabulary.partition(":")[2]]
    return readings_of(session, definition, case_id, kind, party)
