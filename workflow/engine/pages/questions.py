"""What a round asks besides its verdict, as its page puts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.documents import labels
from workflow.engine.documents.labels import Options
from workflow.engine.documents.returns import REMARKS
from workflow.engine.permissions.personal.named import holders_offered
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import Field


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked besides the verdict; `options` by the key of the field or column."""

    field: Field
    options: Mapping[str, Options]

    @property
    def remarks(self) -> frozenset[str]:
        """The vocabularies of its columns that name the remarks on a text."""
        named = (column.vocabulary for column in self.field.columns)
        return frozenset(each for each in named if each.startswith(f"{REMARKS}:"))


def questions(
    session: Session, definition: Definition, case_id: int, spec: RoundSpec, today: date
) -> tuple[Question, ...]:
    """What the round asks besides its verdict, with the options that this case gives."""
    return tuple(
        Question(
            field,
            {
                each.key: _people(session, definition, case_id, each, today)
                if each.kind == "person"
                else labels.options_on(session, definition, case_id, each)
                for each in (field, *field.columns)
            },
        )
        for field in spec.questions
    )


def _people(
    session: Session, definition: Definition, case_id: int, field: Field, today: date
) -> Options:
    offered = holders_offered(session, definition, case_id, field, today)
    return tuple((str(each.person), each.name) for each in offered)
