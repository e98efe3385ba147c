"""What published lifecycles declare as rows, compared with what was published, and declared anew.

By these rows it is known who may know of a case: whoever alters one may open every draft.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session

from workflow.database import Base
from workflow.engine.commands.open_case import declare, declared
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.errors import FaultyFile
from workflow.lifecycles.definition import Definition

# The column of each of these tables that says of which lifecycle a row is.
OF = "definition_id"


def astray(session: Session, engine: Engine) -> tuple[int, ...]:
    """The published lifecycles whose rows say something else than they do.

    One that is damaged itself is passed over: that is told of it already.
    """
    return tuple(
        number
        for number, definition in _published(session, engine)
        if any(
            _kept(session, table, number) != _declared(rows)
            for table, rows in declared(definition).items()
        )
    )


def make_follow(session: Session, engine: Engine, numbers: Sequence[int]) -> None:
    """Declare these lifecycles anew."""
    for number in numbers:
        definition = engine.definition(number, session)
        for table in declared(definition):
            session.execute(delete(table).where(inspect(table).c[OF] == number))
        declare(session, number, definition)


def _published(session: Session, engine: Engine) -> Iterator[tuple[int, Definition]]:
    for number, digest in session.execute(
        select(DefinitionVersion.id, DefinitionVersion.digest).order_by(DefinitionVersion.id)
    ):
        try:
            definition = engine.definition(number, session)
        except FaultyFile:
            continue
        if definition.digest == digest:
            yield number, definition


def _kept(session: Session, table: type[Base], number: int) -> set[tuple[str, ...]]:
    """The rows of one lifecycle in a table, each as what it says, in the order of its columns' names."""
    columns = inspect(table).c
    said = sorted((each for each in columns if each.name != OF), key=lambda each: each.name)
    return {tuple(row) for row in session.execute(select(*said).where(columns[OF] == number))}


def _declared(rows: Sequence[Mapping[str, str]]) -> set[tuple[str, ...]]:
    """The same of what is declared."""
    return {tuple(row[name] for name in sorted(row)) for row in rows}
