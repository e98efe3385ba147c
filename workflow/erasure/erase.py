"""Erasing: a private text goes with its salt, the event that committed to it stays provable."""

from collections.abc import Collection, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact, read_event
from workflow.audit.events.histories import TextErased
from workflow.audit.models import Event, Opening
from workflow.audit.trail import Written, append
from workflow.engine import unit_of_work
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.erasure.copies import refuse_lasting, take
from workflow.erasure.register import Erasure, RegisterEntry
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_prose
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.vocabulary import REGISTER
from workflow.working_copies.retention import forget_of

LONGEST_BASIS = 500
# What an erasure leaves old copies of its rows in.
SWEPT = (
    "opening", "sign_off", "round", "attachment", "mandate", "person", "pivotal_status",
    "lead_interest", "command_key", "working_copy", "shared_entry", "shared_wording", "shared_facet", "discussion_message",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ErasureRequest:
    """Which texts of which event are to be erased, and under which rule."""

    ref: str
    seq: int
    fields: tuple[str, ...]
    basis: str


def erase(engine: Engine, person: int, request: ErasureRequest) -> tuple[RegisterEntry, ...]:
    """Erase the texts for good, say so on the trail, and return the register's new entries.

    Keep these outside of the database, then `sweep` it. Refuses a text that the event has not, that is erased already, or that stands elsewhere for
    good, and an erasure without a basis.
    """
    with engine.transaction() as session:
        return erase_within(session, person, request, engine.now())


def erase_within(
    session: Session, person: int | None, request: ErasureRequest, now: datetime
) -> tuple[RegisterEntry, ...]:
    """The same inside of somebody else's transaction, of nobody where time does it."""
    said = kept_prose(request.basis, "basis")
    if not 1 <= len(said) <= LONGEST_BASIS:
        raise Invalid(
            phrase(
                "Name the basis of this erasure, in at most %(longest_basis)s characters.",
                longest_basis=LONGEST_BASIS,
            )
        )
    _overwrite(session)
    case = _claimed(session, request.ref)
    event = _event(session, case, request.seq)
    for field in request.fields:
        refuse_lasting(event, field)
    _refuse_missing(session, event, request.fields)
    _take(session, event, request.fields)
    fields = sorted(set(request.fields))
    erased = TextErased(event=event.seq, hash=event.hash.hex(), names=tuple(fields), basis=said)
    done = _tell(session, request.ref, Fact(erased, person, now))
    basis = _basis(session, request.ref, done)
    made = tuple(RegisterEntry(event.hash, field, done.at, basis) for field in fields)
    _enter(session, made)
    return made


def texts_left(session: Session, ref: str, seqs: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Of these events of a case those with texts that are kept, each with the fields."""
    here = (
        select(Event.seq, Opening.field)
        .join(Opening, Opening.event_id == Event.id)
        .join(LifecycleCase, LifecycleCase.id == Event.case_id)
        .where(LifecycleCase.ref == ref, Event.seq.in_(sorted(set(seqs))))
        .order_by(Event.seq, Opening.field)
    )
    found: dict[int, tuple[str, ...]] = {}
    for seq, field in session.execute(here):
        found[seq] = (*found.get(seq, ()), field)
    return found


def replay(engine: Engine, register: Iterable[RegisterEntry]) -> int:
    """Erase again what a restored backup brought back; returns how many texts went.

    An event that the backup does not hold is passed over, and so is a text that is gone.
    """
    gone = 0
    ordered = sorted(register, key=lambda entry: (entry.event, entry.field))
    for leaf, group in groupby(ordered, key=lambda entry: entry.event):
        gone += _again(engine, leaf, tuple(group))
    if gone:
        sweep(engine.database)
    return gone


def sweep(database: Database) -> None:
    """Have the database overwrite the old copies of rows that it would keep for a while."""
    if database.dialect.name == "sqlite":
        with closing(database.raw_connection()) as raw, closing(raw.cursor()) as cursor:
            cursor.execute("pragma wal_checkpoint(truncate)")
            if cursor.execute("pragma journal_mode").fetchone() == ("persist",):
                _empty_journal(cursor)
        return
    alone = database.connect().execution_options(isolation_level="AUTOCOMMIT")
    with alone as connection:
        connection.execute(text(f"vacuum {', '.join(SWEPT)}"))


def _empty_journal(cursor: Any) -> None:
    """Have SQLite forget how pages were before: a journal that stays on the disk keeps them."""
    cursor.execute("pragma journal_mode = truncate")
    try:
        cursor.execute("begin immediate")
        (version,) = cursor.execute("pragma user_version").fetchone()
        # The first page is written as it is, so that there is a journal to cut off.
        cursor.execute(f"pragma user_version = {int(version)}")
        cursor.execute("commit")
    finally:
        cursor.execute("pragma journal_mode = persist")


def _again(engine: Engine, leaf: bytes, entries: tuple[RegisterEntry, ...]) -> int:
    with engine.transaction() as session:
        _overwrite(session)
        ref = session.scalars(
            select(LifecycleCase.ref)
            .join(Event, Event.case_id == LifecycleCase.id)
            .where(Event.hash == leaf)
        ).one_or_none()
        if ref is None:
            return 0
        _claimed(session, ref)
        event = session.scalars(select(Event).where(Event.hash == leaf)).one()
        open_again = _open(session, event)
        back = tuple(entry for entry in entries if entry.field in open_again)
        _enter(session, entries)
        if not back:
            return 0
        fields = sorted(entry.field for entry in back)
        _take(session, event, fields)
        erased = TextErased(
            event=event.seq,
            hash=leaf.hex(),
            names=tuple(fields),
            first=min(entry.at for entry in back),
            basis="",
        )
        _tell(session, ref, Fact(erased, None, engine.now()))
        return len(back)


def _overwrite(session: Session) -> None:
    """Have SQLite write zeros over what is deleted; it would leave the text in the file."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("pragma secure_delete = on"))


def _claimed(session: Session, ref: str) -> int:
    known = select(LifecycleCase.id).where(LifecycleCase.ref == ref).with_for_update()
    case = session.scalars(known).one_or_none()
    if case is None:
        raise NotFound(phrase("There is no case called %(ref)s.", ref=ref))
    return case


def _event(session: Session, case: int, seq: int) -> Event:
    known = select(Event).where(Event.case_id == case, Event.seq == seq)
    event = session.scalars(known).one_or_none()
    if event is None:
        raise NotFound(phrase("There is no event %(seq)s on this history.", seq=seq))
    return event


def _refuse_missing(session: Session, event: Event, fields: Collection[str]) -> None:
    kept, committed = _open(session, event), read_event(event.body).commitments
    for field in fields:
        if field not in committed:
            listed = ", ".join(sorted(committed)) or "none"
            raise NotFound(
                phrase(
                    "Event %(seq)s has no text called %(field)s; it has %(listed)s.",
                    seq=event.seq,
                    field=field,
                    listed=listed,
                )
            )
        if field not in kept:
            raise NotFound(
                phrase(
                    "The %(field)s of event %(seq)s is erased already.", field=field, seq=event.seq
                )
            )
    if not fields:
        raise Invalid(phrase("Name at least one text to erase."))


def _open(session: Session, event: Event) -> set[str]:
    return set(session.scalars(select(Opening.field).where(Opening.event_id == event.id)))


def _take(session: Session, event: Event, fields: Collection[str]) -> None:
    what = read_event(event.body).what
    for field in fields:
        here = (Opening.event_id == event.id, Opening.field == field)
        session.execute(delete(Opening).where(*here))
        take(session, event, what, field)
    on_register = select(LifecycleCase.id).where(LifecycleCase.ref == REGISTER)
    of_house = event.case_id == session.scalar(on_register)
    forget_of(session, None if of_house else event.case_id)


def _tell(session: Session, ref: str, fact: Fact) -> Written:
    if ref == REGISTER:
        return registered(session, fact)
    case = unit_of_work.lock_case(session, ref)
    done = append(session, case.head, fact)
    unit_of_work.write_case(session, case)
    return done


def _basis(session: Session, ref: str, done: Written) -> str:
    """What the event of an erasure commits to: the digest of its basis."""
    of_case = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    told = select(Event.body).where(Event.case_id == of_case, Event.seq == done.seq)
    return read_event(session.scalars(told).one()).commitments["basis"]


def _enter(session: Session, entries: Iterable[RegisterEntry]) -> None:
    for entry in entries:
        known = select(Erasure.id).where(
            Erasure.event_hash == entry.event, Erasure.field == entry.field
        )
        if session.scalars(known).first() is None:
            session.add(
                Erasure(event_hash=entry.event, field=entry.field, at=entry.at, basis=entry.basis)
            )
