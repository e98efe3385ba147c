"""What is offered once a version of a lifecycle is retired: an earlier one, or nothing."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import in_its_place, standing
from workflow.engine.offers.queries import offers
from workflow.phrase import Phrase, phrase
from workflow.publication.days import begins, today


def offered_then(
    session: Session, key: str, digest: str | None, starts_on: date | None, now: datetime
) -> Phrase | None:
    """What is offered of a lifecycle once the version of this digest is retired, from a day on.

    Nothing is said where all of it is retired, or where the version is not the one offered by then.
    """
    version = session.scalar(
        select(DefinitionVersion.id).where(
            DefinitionVersion.key == key, DefinitionVersion.digest == digest
        )
    )
    since = begins(session, starts_on or today(session, now), now)
    known = offers(session)
    stands = standing(known, since).get(key)
    if version is None or stands is None or stands.version != version:
        return None
    other = in_its_place(known, key, version, since)
    if other is None:
        return phrase("No version of it is offered then.")
    named = session.scalar(select(DefinitionVersion.version).where(DefinitionVersion.id == other))
    return phrase(
        "Version %(other)s is offered then in its place; retire the whole lifecycle to offer none.",
        other=named or "",
    )
