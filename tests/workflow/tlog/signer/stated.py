"""What a log has stated so far, and by which keys."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.workflow.tlog.writing import (
    ORIGIN,
    reading,
)
from workflow.tlog.formats.checkpoint import Checkpoint
from workflow.tlog.formats.note import Verifier
from workflow.tlog.signer import keys
from workflow.tlog.store.models import LogSigner
from workflow.tlog.store.queries import (
    latest,
)


def refusal_of(session: Session) -> str:
    """Why the signer signs nothing, or nothing while it does."""
    return session.scalars(select(LogSigner.refusal)).one()


def known(database: Engine, size: int, origin: str = ORIGIN) -> list[Verifier]:
    with reading(database) as session:
        return keys.verifiers(session, origin, size)


def newest(database: Engine) -> tuple[Checkpoint, bytes]:
    with reading(database) as session:
        found = latest(session)
    assert found is not None
    return found.checkpoint, found.note.encode()
