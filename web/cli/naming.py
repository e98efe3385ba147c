"""People as the command line names them: by their addresses."""

from sqlalchemy import select

from workflow.engine.engine import Engine
from workflow.errors import NotFound
from workflow.people.models import Person
from workflow.people.passwords import address


def somebody(engine: Engine, email: str) -> int:
    """The id of the person with this address; refuses one who is not entered or has no access."""
    known = select(Person.id).where(Person.email == address(email), Person.disabled_at.is_(None))
    with engine.reading() as session:
        found = session.scalars(known).one_or_none()
    if found is None:
        raise NotFound(f"Nobody with access has the address {email}.")
    return found
