"""Whether cases may be moved to a version: to one that is offered, or where it is said that another one is meant."""

from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.migration.wish import Migration
from workflow.engine.offers.queries import offers
from workflow.errors import Invalid
from workflow.phrase import Phrase, phrase
from workflow.publication.page import version_standing


def not_offered(session: Session, number: int, now: datetime) -> Phrase | None:
    """How a version stands that is not offered; nothing of one that is."""
    acts = offers(session)
    key = next((each.key for each in acts if each.version == number), "")
    standing = version_standing([each for each in acts if each.key == key], number, now)
    return None if standing.kind == "offered" else standing.said


def refuse_not_offered(
    session: Session, migration: Migration, now: datetime, *, although: bool
) -> None:
    """Refuse a version that is not offered now, unless it is said that it is meant although it is not."""
    stands = not_offered(session, migration.number or 0, now)
    if stands is not None and not although:
        said = phrase(
            "Version %(version)s is not what is offered now: %(standing)s. Say that it is meant although "
            "it is not offered, and why.",
            version=migration.to.version, standing=stands,
        )  # fmt: skip
        raise Invalid(said, {"although_not_offered": said})
