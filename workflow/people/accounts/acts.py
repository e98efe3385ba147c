"""Acts on accounts of office holders: asked for by one administrator, confirmed by a second.

A link to a password, or another address to sign in with, lets whoever has it act as its person. So
neither is one administrator's to give to who holds an office, whatever the installation says of
four eyes. Where there is no second, both go by letter to the address that is known.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from workflow.audit.envelope import Fact
from workflow.audit.events.people import AccountAsked, AccountConfirmed, AccountDeclined
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.people.accounts.office_holders import second_administrators
from workflow.people.four_eyes import second
from workflow.people.models import AccountAct, Person
from workflow.people.register import claim_register, registered
from workflow.phrase import phrase

LINK, ADDRESS = "link", "address"
GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """What came of an act on an account.

    `waits` is the act that waits for a second administrator, or for the person if `token` is what
    stands at the end of a letter's link. Otherwise `token` opens the choice of a password, which an
    administrator may see if it is `shown`. `moved_from` is the address that somebody had before.
    """

    person: int
    waits: int | None = None
    token: str = ""
    shown: bool = False
    moved_from: str = ""


@dataclass(frozen=True, slots=True)
class WaitingAccountAct:
    """An act on an account that waits; `mine` says that this administrator asked for it.

    It has `lapsed` where whoever asked for it is no administrator with access any more.
    """

    id: int
    act: str
    person_id: int
    person: str
    known: str
    email: str
    asked_by: str
    asked_at: datetime
    by_letter: bool
    mine: bool
    own: bool
    lapsed: bool


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """Another address that somebody is asked to agree to, and the one that they have."""

    name: str
    known: str
    email: str
    asked_by: str


def ask(
    session: Session, person_id: int, act: str, email: str = "", *, by: int, now: datetime
) -> int:
    """Let an act wait for a second administrator; refuses one that waits already."""
    claim_register(session)
    same = select(AccountAct.id).where(
        AccountAct.person_id == person_id,
        AccountAct.act == act,
        AccountAct.email == email,
        AccountAct.token_hash.is_(None),
        AccountAct.outcome == "",
        AccountAct.asked_by.in_(second.administrators_today(session, now.date())),
    )
    if session.scalars(same).first() is not None:
        said = phrase("This was asked for already, and waits for a second administrator.")
        raise Invalid(said, {"email": said})
    return _kept(session, person_id, act, email, by=by, now=now).id


def ask_by_letter(
    session: Session, person_id: int, email: str, *, by: int, now: datetime
) -> AccountOutcome:
    """Let a new address wait for its person, who opens the link that a letter brings."""
    token = secrets.token_urlsafe(32)
    made = _kept(session, person_id, ADDRESS, email, by=by, now=now, token_hash=_hash(token))
    return AccountOutcome(person_id, waits=made.id, token=token)


def to_decide(
    session: Session, number: int, *, by: int, now: datetime, confirms: bool = False
) -> AccountAct:
    """An act that waits, locked, for a second administrator who may decide on it, or confirm it."""
    asked = second.to_decide(session, AccountAct, number, by=by, now=now)
    if asked.token_hash is not None:
        raise NotFound(phrase("There is no such act."))
    if asked.person_id == by:
        raise NotAuthorised(
            phrase("Nobody decides on their own account; another administrator does.")
        )
    if by not in second_administrators(session, now, but=()):
        raise NotAuthorised(
            phrase("Who was made an administrator within a week is not the second one yet.")
        )
    if confirms:
        second.refuse_lapsed(session, asked, now)
    return asked


def by_letter(session: Session, token: str, now: datetime, *, locked: bool = True) -> AccountAct:
    """The new address that a letter's link is about; refuses one that opens nothing any more."""
    standing = (
        select(AccountAct)
        .join(Person, Person.id == AccountAct.person_id)
        .where(
            AccountAct.token_hash == _hash(token),
            AccountAct.outcome == "",
            AccountAct.asked_at > now - GOOD_FOR,
            Person.disabled_at.is_(None),
        )
    )
    lock = standing.with_for_update(of=AccountAct) if locked else standing
    asked = session.scalars(lock).one_or_none()
    if asked is None:
        raise NotFound(
            phrase("This link opens nothing any more. Ask an administrator for a new one.")
        )
    return asked


def change_asked(session: Session, token: str, now: datetime) -> AddressAsked:
    """What a letter's link asks its reader to agree to; writes nothing."""
    asked = by_letter(session, token, now, locked=False)
    person, by = session.get_one(Person, asked.person_id), session.get_one(Person, asked.asked_by)
    return AddressAsked(person.name, person.email, asked.email, by.name)


def confirmed(session: Session, asked: AccountAct, *, by: int, now: datetime) -> None:
    """Tell that an act was confirmed; what it is about is done by whoever asks this."""
    told = AccountConfirmed(**_told(asked), asked_by=asked.asked_by)
    registered(session, Fact(told, by, now))
    second.decided(session, asked, second.CONFIRMED, by=by, now=now)


def decline(session: Session, number: int, reason: str, *, by: int, now: datetime) -> None:
    """Decline what another administrator asked for, with the reason; nothing is done."""
    reason = second.reason_to_decline(reason)
    asked = to_decide(session, number, by=by, now=now)
    told = AccountDeclined(**_told(asked), asked_by=asked.asked_by, reason=reason)
    registered(session, Fact(told, by, now))
    second.decided(session, asked, second.DECLINED, by=by, now=now, reason=reason)


def waiting(session: Session, administrator: int, now: datetime) -> tuple[WaitingAccountAct, ...]:
    """The acts on accounts that wait, the oldest first; a letter that is over is waited for no more."""
    asker, able = aliased(Person), second.administrators_today(session, now.date())
    rows = session.execute(
        select(AccountAct, Person.name, Person.email, asker.name)
        .join(Person, Person.id == AccountAct.person_id)
        .join(asker, asker.id == AccountAct.asked_by)
        .where(
            AccountAct.outcome == "",
            or_(AccountAct.token_hash.is_(None), AccountAct.asked_at > now - GOOD_FOR),
        )
        .order_by(AccountAct.id)
        .limit(200)
    )
    return tuple(
        WaitingAccountAct(
            id=asked.id,
            act=asked.act,
            person_id=asked.person_id,
            person=person,
            known=known,
            email=asked.email,
            asked_by=by,
            asked_at=asked.asked_at,
            by_letter=asked.token_hash is not None,
            mine=asked.asked_by == administrator,
            own=asked.person_id == administrator,
            lapsed=asked.token_hash is None and asked.asked_by not in able,
        )
        for asked, person, known, by in rows
    )


def _kept(
    session: Session, person_id: int, act: str, email: str, *, by: int, now: datetime,
    token_hash: bytes | None = None,
) -> AccountAct:  # fmt: skip
    asked = AccountAct(
        act=act, person_id=person_id, email=email, asked_by=by, asked_at=now, token_hash=token_hash
    )
    session.add(asked)
    session.flush()
    letter = token_hash is not None
    told = AccountAsked(**_told(asked), by_letter=letter, email=email)
    registered(session, Fact(told, by, now))
    return asked


def _told(asked: AccountAct) -> dict[str, Any]:
    return {"number": asked.id, "act": asked.act, "whom": asked.person_id}


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
