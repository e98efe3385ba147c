"""The acts themselves: a version published, offered again or retired, and the register told of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import (
    LifecycleOffered,
    LifecyclePublished,
    LifecycleRetired,
    LifecyclesListed,
    OfOffer,
)
from workflow.audit.trail import present, recall
from workflow.engine.commands.open_case import store_version
from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import OfferAct
from workflow.engine.offers.models import LifecycleOffer
from workflow.people.register import claim_register, registered
from workflow.publication.days import begins, today
from workflow.publication.models import LifecycleRequest
from workflow.publication.wishes import LifecycleWish, drafts, version_of


def register_time(session: Session, now: datetime) -> datetime:
    """Claim the register, and say at which time it would tell of something now."""
    head = claim_register(session)
    if head.seq and head.last_at is None:
        recall(session, head)
    return present(head, now)


def do(
    session: Session,
    wish: LifecycleWish,
    *,
    by: int | None,
    now: datetime,
    asked: LifecycleRequest | None = None,
) -> int:
    """Do what is wished, which was found possible; returns the number of the act.

    `now` is the time of the register, which whoever comes here has claimed.
    """
    _list_those_before(session, by, now)
    if wish.definition is not None:
        version: int | None = store_version(session, wish.definition, now)
    else:
        version = version_of(session, wish.key, wish.digest)
    starts_on = wish.starts_on or today(session, now)
    done = LifecycleOffer(
        act=wish.act.value,
        key=wish.key,
        definition_id=version,
        starts_on=starts_on,
        since=begins(session, starts_on, now),
        at=now,
        person_id=by,
        asked_by=asked.asked_by if asked else None,
        why=wish.reason,
    )
    session.add(done)
    session.flush()
    registered(session, Fact(_told(session, done, asked), by, now))
    return done.id


def _told(session: Session, done: LifecycleOffer, asked: LifecycleRequest | None) -> OfOffer:
    of = session.get(DefinitionVersion, done.definition_id) if done.definition_id else None
    said: dict[str, Any] = {
        "number": done.id,
        "lifecycle": done.key,
        "version": of.version if of else None,
        "digest": of.digest if of else None,
        "starts_on": done.starts_on,
        "since": done.since,
        "request": asked.id if asked else None,
        "asked_by": done.asked_by,
        "why": done.why,
    }
    match OfferAct(done.act):
        case OfferAct.PUBLISH:
            return LifecyclePublished(**said)
        case OfferAct.OFFER:
            return LifecycleOffered(**said)
        case OfferAct.RETIRE:
            written = drafts(session, done.key, done.definition_id)
            return LifecycleRetired(**said, drafts=len(written))


def _list_those_before(session: Session, by: int | None, now: datetime) -> None:
    """Before the first act, tell which versions were published while the register did not tell of them."""
    if session.scalars(select(LifecycleOffer.id).limit(1)).first() is not None:
        return
    found = session.scalars(select(DefinitionVersion.digest).order_by(DefinitionVersion.id)).all()
    if found:
        registered(session, Fact(LifecyclesListed(digests=tuple(found)), by, now))
