"""Acts on lifecycles that take two administrators: asked for by one, confirmed or declined by another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import LifecycleAsked, LifecycleDeclined
from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import OfferAct
from workflow.errors import Invalid, Stale
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body
from workflow.people.administrators import refuse_all_but_administrators, two_administer
from workflow.people.four_eyes.second import (
    CONFIRMED,
    DECLINED,
    administrators_today,
    decided,
    reason_to_decline,
    to_confirm,
    to_decide,
)
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.publication.acts import do, register_time
from workflow.publication.days import today
from workflow.publication.models import LifecycleAct, LifecycleRequest
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
    beside: Mapping[str, Definition] | None = None,
) -> LifecycleOutcome:
    """Do what is wished, or let it wait for the second administrator; refuses what cannot be done.

    `by` is nobody at the command line, where nobody is asked who they are; there it is done at once.
    Of two who come together the second finds what the first has done. What is wished `beside` it, by
    the keys of lifecycles, counts for its child cases as if it were published, until it is confirmed.
    """
    now = register_time(session, now)
    if by is not None:
        refuse_all_but_administrators(session, by, now)
    refuse(session, wish, now, by=by, beside=beside)
    if by is None or not takes_two(session, two_for, now.date()):
        return LifecycleOutcome(act=do(session, wish, by=by, now=now))
    refuse_twice(session, wish.key, now)
    return LifecycleOutcome(waits=_ask(session, wish, by=by, now=now))


def confirm(session: Session, number: int, *, by: int, now: datetime) -> int:
    """Do what another administrator asked for; returns the number of the act."""
    asked = to_confirm(session, LifecycleRequest, number, by=by, now=now)
    now = register_time(session, now)
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
    decided(session, asked, CONFIRMED, by=by, now=now)
    return done


def decline(session: Session, number: int, reason: str, *, by: int, now: datetime) -> None:
    """Decline what another administrator asked for, with the reason; nothing is done."""
    reason = reason_to_decline(reason)
    asked = to_decide(session, LifecycleRequest, number, by=by, now=now)
    now = register_time(session, now)
    told = LifecycleDeclined(**told_of(asked), asked_by=asked.asked_by, reason=reason)
    registered(session, Fact(told, by, now))
    decided(session, asked, DECLINED, by=by, now=now, reason=reason)


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
    return let_wait(session, asked)


def _version(session: Session, wish: LifecycleWish) -> str | None:
    if wish.definition is not None:
        return wish.definition.version
    of = select(DefinitionVersion.version).where(DefinitionVersion.digest == wish.digest)
    return session.scalars(of).one_or_none()


def refuse_twice(session: Session, key: str, now: datetime) -> None:
    """Refuse a second act on a lifecycle while one waits: whoever decides shall know what they decide."""
    waits = select(LifecycleRequest.id).where(
        LifecycleRequest.outcome == "",
        LifecycleRequest.key == key,
        LifecycleRequest.act != LifecycleAct.TEXTS.value,
        LifecycleRequest.asked_by.in_(administrators_today(session, now.date())),
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


def let_wait(session: Session, asked: LifecycleRequest, **of_its_act: Any) -> int:
    """Keep what waits for a second administrator, told on the register; returns its number.

    `of_its_act` is what is told of this kind of act alone.
    """
    session.add(asked)
    session.flush()
    told = LifecycleAsked(
        **told_of(asked),
        act=asked.act,
        starts_on=asked.starts_on,
        unless_drafts=asked.unless_drafts,
        why=asked.why,
        **of_its_act,
    )
    registered(session, Fact(told, asked.asked_by, asked.asked_at))
    return asked.id


def told_of(asked: LifecycleRequest) -> dict[str, Any]:
    """What each event about a request says of it."""
    return {
        "number": asked.id,
        "lifecycle": asked.key,
        "version": asked.version,
        "digest": asked.digest,
    }
