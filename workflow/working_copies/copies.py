"""Keeping what somebody is writing, giving it back to them alone, and forgetting it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, select
from sqlalchemy.orm import Session

from workflow.engine.commands.receipts import INSERTS
from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.working_copies.models import WorkingCopy

Pairs = tuple[tuple[str, str], ...]

# What one form may hold, and how many of each kind one person.
LARGEST, MOST = 262_144, 100
SAME = ("person_id", "place", "sent")
# What stands in place of a text that went with an erasure; no field of a form is without a name.
ERASED = b'[["", ""]]'


@dataclass(frozen=True, slots=True)
class FormWords:
    """What stands in the fields of a form: where it would go, and on which opened page it stands."""

    place: str
    fields: Pairs
    page: str = ""
    case: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """A working copy as its writer finds it again.

    `sent` says that it was sent and not taken, `meant` that its writer had done with it, and `erased`
    that it went with a text that was erased: then nothing of it is left but where and when it was.
    """

    id: int
    place: str
    page: str
    sent: bool
    meant: bool
    saved_at: datetime
    fields: Pairs = field(repr=False)
    erased: bool = False

    def value(self, name: str) -> str:
        """What stands in the first field of this name, or nothing."""
        return next((value for key, value in self.fields if key == name), "")


def keep(session: Session, person: int, written: FormWords, now: datetime) -> bool:
    """Keep what is being typed in place of what was kept of this form; whether it counts.

    It does not count from a page whose words were taken meanwhile. What was kept under no key was
    meant, and stays so while the same is typed. Refuses more than can be kept.
    """
    body = _body(written.fields)
    old = session.scalars(_typed(person, written.place)).one_or_none()
    if old is not None and not old.fields and old.key == written.key:
        return False
    if old is not None and old.fields == body and not old.key:
        return True
    _put(session, person, written, body, now)
    if old is None:
        _forget_oldest(session, person)
    return True


def hold(session: Session, person: int, written: FormWords, now: datetime) -> int:
    """Hold a form that was sent and could not be taken; returns the number of its copy.

    Sent twice, it is held once. Refuses more than can be kept.
    """
    body = _body(written.fields)
    number = _put(session, person, written, body, now, sent=sha256(body).hexdigest())
    _forget_oldest(session, person)
    return number


def held(session: Session, person: int, number: int) -> Copy | None:
    """The copy of this number, if it is this person's and was not erased."""
    left = WorkingCopy.fields.not_in((b"", ERASED))
    mine = (WorkingCopy.id == number, WorkingCopy.person_id == person, left)
    row = session.scalars(select(WorkingCopy).where(*mine)).one_or_none()
    return None if row is None else _copy(row)


def of_places(session: Session, person: int, places: Iterable[str]) -> tuple[Copy, ...]:
    """What this person wrote last in each of these forms and did not send, the newest first."""
    here = WorkingCopy.place.in_(tuple(places))
    found = _own(session, person, here, WorkingCopy.fields != ERASED)
    newest: dict[str, Copy] = {}
    for each in found:
        newest.setdefault(each.place, each)
    return tuple(newest.values())


def every(session: Session, person: int) -> tuple[Copy, ...]:
    """Everything that this person wrote and did not send, the newest first; of what was erased, that it was."""
    return _own(session, person)


def finish(session: Session, person: int, place: str, key: str, now: datetime) -> None:
    """Forget what was kept of a form: its words were taken, or are wanted no more.

    What the page called `key` sends of itself afterwards comes too late and does not count.
    """
    mine = (WorkingCopy.person_id == person, WorkingCopy.place == place)
    session.execute(delete(WorkingCopy).where(*mine))
    if key:
        _put(session, person, FormWords(place, (), key=key), b"", now)


def throw_away(session: Session, person: int, number: int, key: str, now: datetime) -> None:
    """Forget one copy of this person's, and what the page called `key` still sends of it; others stay."""
    found = held(session, person, number)
    drop(session, person, number)
    if found is not None and key and not found.sent:
        _put(session, person, FormWords(found.place, (), key=key), b"", now)


def drop(session: Session, person: int, number: int) -> None:
    """Forget one copy of this person's."""
    mine = (WorkingCopy.id == number, WorkingCopy.person_id == person)
    session.execute(delete(WorkingCopy).where(*mine))


def _body(fields: Pairs) -> bytes:
    body = json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace")
    if len(body) > LARGEST:
        raise Invalid(
            phrase(
                "This form holds more than can be kept beside it, %(most)s kilobytes.",
                most=LARGEST // 1024,
            )
        )
    return body


def _typed(person: int, place: str) -> Select[WorkingCopy]:
    mine = (WorkingCopy.person_id == person, WorkingCopy.place == place, WorkingCopy.sent == "")
    return select(WorkingCopy).where(*mine)


def _put(
    session: Session, person: int, written: FormWords, body: bytes, now: datetime, *, sent: str = ""
) -> int:
    """Write the row, or write over the one of the same form; returns its number."""
    news: dict[str, Any] = {
        "case_id": written.case,
        "page": written.page,
        "key": written.key,
        "fields": body,
        "saved_at": now,
    }
    row = {"person_id": person, "place": written.place, "sent": sent, **news}
    new = INSERTS[session.get_bind().dialect.name](WorkingCopy).values(row)
    put = new.on_conflict_do_update(index_elements=SAME, set_=news)
    number: int = session.execute(put.returning(WorkingCopy.id)).scalar_one()
    return number


def _forget_oldest(session: Session, person: int) -> None:
    """Let one person have so many typed, held and finished; of each the oldest goes first.

    What is held comes without a session, and so pushes out nothing that was typed in one.
    """
    live = WorkingCopy.fields != b""
    typed, sent = and_(live, WorkingCopy.sent == ""), and_(live, WorkingCopy.sent != "")
    for kind in (typed, sent, WorkingCopy.fields == b""):
        mine = and_(WorkingCopy.person_id == person, kind)
        many = session.scalar(select(func.count()).select_from(WorkingCopy).where(mine)) or 0
        if many > MOST:
            oldest = select(WorkingCopy.id).where(mine)
            oldest = oldest.order_by(WorkingCopy.saved_at, WorkingCopy.id).limit(many - MOST)
            surplus = session.scalars(oldest).all()
            session.execute(delete(WorkingCopy).where(WorkingCopy.id.in_(surplus)))


def _own(session: Session, person: int, *where: ColumnElement[bool]) -> tuple[Copy, ...]:
    mine = (WorkingCopy.person_id == person, WorkingCopy.fields != b"", *where)
    rows = select(WorkingCopy).where(*mine)
    newest = rows.order_by(WorkingCopy.saved_at.desc(), WorkingCopy.id.desc())
    return tuple(map(_copy, session.scalars(newest)))


def _copy(row: WorkingCopy) -> Copy:
    erased = row.fields == ERASED
    fields = () if erased else tuple((name, value) for name, value in json.loads(row.fields))
    return Copy(
        row.id,
        row.place,
        row.page,
        bool(row.sent),
        not row.sent and not row.key,
        row.saved_at,
        fields,
        erased,
    )
