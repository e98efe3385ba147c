"""Acts on lifecycles that take two administrators: asked for by one, confirmed or declined by another."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import LifecycleAsked, LifecycleDeclined
from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import OfferAct
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.lifecycles.loader.files import from_body
from workflow.people.administrators import refuse_all_but_administrators, two_administer
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.publication.acts import do, register_time
from workflow.publication.days import today
from workflow.publication.models import LifecycleRequest
from workflow.publication.wishes import LifecycleWish, refuse


@dataclass(frozen=True, slots=True)
class LifecycleOutcome:
    """What came of a wish: the number of the act that was done, or of the request that waits."""

    act: int | None = None
    waits: int | None = None


def takes_two(session: Session, two_for: Collection[str], on: date) -> bool:
    """Whether acts on lifecycles wait for a second administrator.

    They do as soon as two have access, as the seats of a board do: a lifecycle says who decides. They
    do as well where the installation names any role that takes two, or one alone would change its rounds.
    """
    return bool(two_for) or two_administer(session, on)


def carry_out(
    session: Session,
    wish: LifecycleWish,
    *,
    by: int | None,
    now: datetime,
    two_for: Collection[str] = (),
) -> LifecycleOutcome:
    """Do what is wished, or let it wait for the second administrator; refuses what cannot be done.

    `by` is nobody at the command line, where nobody is asked who they are; there it is done at once.
    Of two who come together the second finds what the first has done.
    """
    now = register_time(session, now)
    if by is not None:
        refuse_all_but_administrators(session, by, now)
    refuse(session, wish, now, by=by)
    if by is None or not takes_two(session, two_for, now.date()):
        return LifecycleOutcome(act=do(session, wish, by=by, now=now))
    _refuse_twice(session, wish)
    return LifecycleOutcome(waits=_ask(session, wish, by=by, now=now))


def confirm(session: Session, number: int, *, by: int, now: datetime) -> int:
    """Do what another administrator asked for; returns the number of the act."""
    asked, now = _open(session, number, by, now)
    wish = _wish(asked)
    if wish.definition is not None and (wish.definition.key, wish.definition.digest) != (
        asked.key,
        asked.digest,
    ):
        raise Invalid(
            phrase("What waits here is not what was asked for any more. Decline it, and ask again.")
        )
    if wish.starts_on is not None:
        wish = _not_before(session, wish, now)
    refuse(session, wish, now, by=by)
    done = do(session, wish, by=by, now=now, asked=asked)
    asked.outcome, asked.decided_by, asked.decided_at = "confirmed", by, now
    session.flush()
    return done


def decline(session: Session, number: int, reason: str, *, by: int, now: datetime) -> None:
    """Decline what another administrator asked for, with the reason; nothing is done."""
    reason = kept_prose(reason, "reason")
    if not 1 <= len(reason) <= LONGEST_REASON:
        said = phrase("Say why it is declined.")
        raise Invalid(said, {"reason": said})
    asked, now = _open(session, number, by, now)
    told = LifecycleDeclined(**_told(asked), asked_by=asked.asked_by, reason=reason)
    registered(session, Fact(told, by, now))
    asked.outcome, asked.decided_by, asked.decided_at = "declined", by, now
    asked.reason = reason
    session.flush()


def _ask(session: Session, wish: LifecycleWish, *, by: int, now: datetime) -> int:
    asked = LifecycleRequest(
        act=wish.act.value,
        key=wish.key,
        version=_version(session, wish),
        digest=wish.digest,
        body=wish.definition.body if wish.definition else None,
        starts_on=wish.starts_on,
        unless_drafts=wish.unless_drafts,
        why=wish.reason,
        asked_by=by,
        asked_at=now,
    )
    session.add(asked)
    session.flush()
    told = LifecycleAsked(
        **_told(asked),
        act=asked.act,
        starts_on=asked.starts_on,
        unless_drafts=asked.unless_drafts,
        why=asked.why,
    )
    registered(session, Fact(told, by, now))
    return asked.id


def _version(session: Session, wish: LifecycleWish) -> str | None:
    if wish.definition is not None:
        return wish.definition.version
    of = select(DefinitionVersion.version).where(DefinitionVersion.digest == wish.digest)
    return session.scalars(of).one_or_none()


def _refuse_twice(session: Session, wish: LifecycleWish) -> None:
    """Refuse a second act on a lifecycle while one waits: whoever decides shall know what they decide."""
    waits = select(LifecycleRequest.id).where(
        LifecycleRequest.outcome == "", LifecycleRequest.key == wish.key
    )
    number = session.scalars(waits.limit(1)).first()
    if number is not None:
        raise Stale(
            phrase(
                "An act on this lifecycle waits for a second administrator already (number %(number)s). "
                "Decide on it first.",
                number=number,
            )
        )


def _open(
    session: Session, number: int, by: int, now: datetime
) -> tuple[LifecycleRequest, datetime]:
    """An act that waits, for somebody who may decide on it, and the time of the register."""
    now = register_time(session, now)
    refuse_all_but_administrators(session, by, now)
    asked = session.get(LifecycleRequest, number, with_for_update=True)
    if asked is None:
        raise NotFound(phrase("There is no such act."))
    if asked.outcome:
        raise Stale(phrase("This act was decided on already."))
    if asked.asked_by == by:
        raise NotAuthorised(phrase("Who asked for this cannot confirm or decline it as well."))
    return asked, now


def _wish(asked: LifecycleRequest) -> LifecycleWish:
    return LifecycleWish(
        act=OfferAct(asked.act),
        key=asked.key,
        digest=asked.digest,
        definition=from_body(asked.body) if asked.body is not None else None,
        starts_on=asked.starts_on,
        why=asked.why,
        unless_drafts=asked.unless_drafts,
    )


def _not_before(session: Session, wish: LifecycleWish, now: datetime) -> LifecycleWish:
    """The same from today on, where its day passed while it waited."""
    passed = wish.starts_on is not None and wish.starts_on < today(session, now)
    return replace(wish, starts_on=None) if passed else wish


def _told(asked: LifecycleRequest) -> dict[str, Any]:
    return {
        "number": asked.id,
        "lifecycle": asked.key,
        "version": asked.version,
        "digest": asked.digest,
    }
