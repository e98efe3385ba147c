"""What pages ask about notices: a person's list, how many are unread, how the mail fared."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    ScalarSelect,
    String,
    bindparam,
    column,
    func,
    select,
    table,
)
from sqlalchemy.orm import Session

from workflow.database import Instant
from workflow.notices.models import Delivery, Notice, NoticeChoice
from workflow.notices.vocabulary import (
    ALWAYS_AT_ONCE,
    ASKING,
    LEADING,
    OF_MONEY,
    MailPreference,
    NoticeKind,
    Sending,
)
from workflow.people.models import Party, Person

# The engine stands above the notices; they need these columns of its tables and no more.
_CASE = table(
    "lifecycle_case", column("id", Integer), column("ref", String), column("title", String)
)
_ROUND = table(
    "round",
    column("id", Integer),
    column("key", String),
    column("turn", Integer),
    column("due_at", Instant),
)
_FIELDS: tuple[Any, ...] = (
    Notice.id,
    Notice.kind,
    _CASE.c.ref,
    _CASE.c.title,
    Notice.label,
    Notice.outcome,
    Notice.because,
    Notice.role,
    func.coalesce(Party.name, "").label("party"),
    Notice.seat_id,
    _ROUND.c.due_at,
    Notice.created_at,
    Notice.read_at,
    _ROUND.c.key.label("round_key"),
    _ROUND.c.turn,
    func.coalesce(Party.key, "").label("party_key"),
)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice as its reader sees it."""

    id: int
    kind: str
    ref: str
    title: str
    label: str
    outcome: str
    because: str
    role: str
    party: str
    seat: int | None
    due_at: datetime | None
    created_at: datetime
    read_at: datetime | None
    round_key: str = ""
    turn: int = 0
    party_key: str = ""

    @property
    def path(self) -> str:
        """Where it leads: to the seat that is asked, which leads on to its form, to the money, the discussion, or the programme."""
        at = f"/programmes/{self.ref}"
        if NoticeKind(self.kind) in OF_MONEY:
            return f"{at}/money"
        if self.kind == NoticeKind.MENTIONED:
            return f"{at}/discussion"
        leads = self.seat is not None and NoticeKind(self.kind) in LEADING
        return f"{at}/seats/{self.seat}" if leads else at

    @property
    def letter(self) -> str:
        """Where the letter stands that a silence writes to the party; nothing for other rounds."""
        if NoticeKind(self.kind) not in ALWAYS_AT_ONCE or not self.party_key:
            return ""
        return (
            f"/programmes/{self.ref}/rounds/{self.round_key}/{self.turn}/letters/{self.party_key}"
        )


@dataclass(frozen=True, slots=True)
class Lost:
    """A mail that reached nobody: whose, for which party, whether it bounced or failed, and since when."""

    person: str
    party: str
    state: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldOfSeat:
    """Who was told that a seat asks them, when, when they opened the notice, and how the last mail fared.

    `reminded` is when they were last reminded, if they were.
    """

    person: str
    at: datetime
    read_at: datetime | None
    mail: str
    mailed_at: datetime | None
    reminded: datetime | None = None


def listed(
    session: Session,
    person: int,
    known: ColumnElement[bool],
    *,
    before: int | None = None,
    limit: int = 50,
) -> tuple[NoticeLine, ...]:
    """A person's notices, the newest first, from before the id that the list above ended with.

    Of cases that they may not know of any more there are none; `known` is the condition on a notice.
    """
    mine = (Notice.person_id == person) & known
    return _lines(session, mine if before is None else mine & (Notice.id < before), limit)


def by_ids(
    session: Session, notices: list[int], known: ColumnElement[bool] | None = None
) -> tuple[NoticeLine, ...]:
    """These notices, the newest first; with `known` those of them of which that condition holds."""
    these = Notice.id.in_(notices)
    return _lines(session, these if known is None else these & known, len(notices))


def newest(session: Session, person: int) -> int:
    """The newest of a person's notices, also one of what they may not know of any more."""
    return session.scalar(select(func.max(Notice.id)).where(Notice.person_id == person)) or 0


def unread(person: int | BindParameter[int], most: int) -> ScalarSelect[int]:
    """How many notices a person has not read, `most` at most: part of a statement that asks more."""
    mine = select(Notice.id).where(Notice.person_id == person, Notice.read_at.is_(None))
    return select(func.count()).select_from(mine.limit(most).subquery()).scalar_subquery()


def choices(session: Session, person: int) -> dict[NoticeKind, MailPreference]:
    """How a person wants mail about each kind of notice."""
    chosen = select(NoticeChoice.kind, NoticeChoice.way).where(NoticeChoice.person_id == person)
    found = dict(session.execute(chosen).all())
    return {
        kind: MailPreference(found.get(kind.value, MailPreference.AT_ONCE.value))
        for kind in NoticeKind
    }


def lost(session: Session, round_id: int) -> tuple[Lost, ...]:
    """The mails about the opening of a silence that came back or were given up."""
    rows = session.connection().execute(_LOST, {"round_id": round_id})
    return tuple(Lost(*row) for row in rows)


_OF_SEATS = (
    select(
        *(Notice.seat_id, Person.id, Person.name, Notice.created_at, Notice.read_at),
        *(Delivery.state, Delivery.done_at, Notice.kind),
    )
    .join(Person, Person.id == Notice.person_id)
    .outerjoin(Delivery, Delivery.notice_id == Notice.id)
    .where(
        Notice.round_id == bindparam("round_id"),
        Notice.seat_id.is_not(None),
        Notice.kind.in_([each.value for each in ASKING]),
    )
    .order_by(Notice.id)
)


def told_of_seats(session: Session, round_id: int) -> dict[int, tuple[ToldOfSeat, ...]]:
    """Of each seat of a round: everybody who was told of it, once each, in the order of telling."""
    found: dict[int, dict[int, ToldOfSeat]] = {}
    rows = session.connection().execute(_OF_SEATS, {"round_id": round_id})
    for seat, person, name, at, read_at, mail, mailed_at, kind in rows:
        told = found.setdefault(seat or 0, {})
        first = told.get(person)
        opened = [each for each in (first.read_at if first else None, read_at) if each]
        told[person] = ToldOfSeat(
            name,
            first.at if first else at,
            min(opened, default=None),
            mail or (first.mail if first else ""),
            mailed_at if mail or first is None else first.mailed_at,
            at if kind == NoticeKind.REMINDER else first.reminded if first else None,
        )
    return {seat: tuple(told.values()) for seat, told in found.items()}


_LOST = (
    select(Person.name, func.coalesce(Party.name, ""), Delivery.state, Delivery.done_at)
    .select_from(Notice)
    .join(Delivery, Delivery.notice_id == Notice.id)
    .join(Person, Person.id == Notice.person_id)
    .outerjoin(Party, Party.id == Notice.party_id)
    .where(
        Notice.round_id == bindparam("round_id"),
        Notice.kind == NoticeKind.SILENCE_OPENED.value,
        Delivery.state.in_((Sending.BOUNCED.value, Sending.FAILED.value)),
    )
    .order_by(Party.name, Person.name)
)


def _lines(session: Session, which: ColumnElement[bool], limit: int) -> tuple[NoticeLine, ...]:
    rows = session.execute(
        select(*_FIELDS)
        .join(_CASE, _CASE.c.id == Notice.case_id)
        .join(_ROUND, _ROUND.c.id == Notice.round_id)
        .outerjoin(Party, Party.id == Notice.party_id)
        .where(which)
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    return tuple(NoticeLine(*row) for row in rows)
