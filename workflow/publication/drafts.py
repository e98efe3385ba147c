"""Drafts of lifecycles: begun, kept, read again and thrown away; nothing follows one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.engine.models import DefinitionVersion
from workflow.errors import FaultyFile, Invalid, NotFound, Stale
from workflow.free_text import kept_line, refuse
from workflow.lifecycles.loader.files import from_text
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.models import Person
from workflow.phrase import phrase
from workflow.publication.models import LifecycleDraft

LONGEST_TEXT, LONGEST_NAME = 500_000, 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as administrators read it; `revision` says which keeping of it they read.

    `published` is the version under which exactly this lifecycle is published, or nothing.
    """

    id: int
    name: str
    text: str
    revision: int
    begun_by: str
    kept_by: str
    kept_at: datetime
    published: str = ""

    @property
    def filename(self) -> str:
        """What its file is called, by letters, digits and hyphens of its name alone."""
        kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in self.name)
        return f"{'-'.join(filter(None, kept.lower().split('-'))) or 'lifecycle'}.toml"


def begin_draft(session: Session, name: str, text: str, *, by: int, now: datetime) -> int:
    """Keep a new draft; returns its number."""
    refuse_all_but_administrators(session, by, now)
    begun = LifecycleDraft(
        name=_name(name), text=_text(text), begun_by=by, begun_at=now, kept_by=by, kept_at=now
    )
    session.add(begun)
    session.flush()
    return begun.id


def keep_draft(
    session: Session, number: int, text: str, *, seen: int, by: int, now: datetime
) -> None:
    """Keep what somebody made of a draft; refuses it where somebody else kept the draft meanwhile."""
    draft = _claimed(session, number, seen, by, now)
    draft.text, draft.revision = _text(text), draft.revision + 1
    draft.kept_by, draft.kept_at = by, now
    session.flush()


def discard_draft(session: Session, number: int, *, seen: int, by: int, now: datetime) -> None:
    """Throw a draft away; refuses it where somebody else kept the draft meanwhile."""
    session.delete(_claimed(session, number, seen, by, now))
    session.flush()


def draft_of(session: Session, number: int) -> Draft:
    """The draft of this number; refuses one that there is not."""
    found = _read(session, _drafts().where(LifecycleDraft.id == number))
    if not found:
        raise NotFound(phrase("There is no such draft; it may have been thrown away."))
    return found[0]


def every_draft(session: Session) -> Sequence[Draft]:
    """Every draft, the one kept last first."""
    return _read(session, _drafts())


def _drafts() -> Select[LifecycleDraft, str, str]:
    begun, kept = Person.__table__.alias("begun"), Person.__table__.alias("kept")
    return (
        select(LifecycleDraft, begun.c.name.label("begun_name"), kept.c.name.label("kept_name"))
        .join(begun, begun.c.id == LifecycleDraft.begun_by)
        .join(kept, kept.c.id == LifecycleDraft.kept_by)
        .order_by(LifecycleDraft.kept_at.desc(), LifecycleDraft.id.desc())
    )


def _read(session: Session, which: Select[LifecycleDraft, str, str]) -> list[Draft]:
    rows = session.execute(which).all()
    digests = {each.id: _digest(each.text) for each, _, _ in rows}
    known = select(DefinitionVersion.digest, DefinitionVersion.version).where(
        DefinitionVersion.digest.in_(digests.values())
    )
    versions = dict(session.execute(known).all())
    return [
        Draft(
            each.id, each.name, each.text, each.revision, begun, kept, each.kept_at,
            versions.get(digests[each.id], ""),
        )
        for each, begun, kept in rows
    ]  # fmt: skip


@lru_cache(maxsize=64)
def _digest(text: str) -> str:
    """The digest of the lifecycle that a text says; nothing while it has faults."""
    try:
        return from_text(text, "draft.toml").digest
    except FaultyFile:
        return ""


def _claimed(session: Session, number: int, seen: int, by: int, now: datetime) -> LifecycleDraft:
    refuse_all_but_administrators(session, by, now)
    draft = session.get(LifecycleDraft, number, with_for_update=True)
    if draft is None:
        raise NotFound(phrase("There is no such draft; it may have been thrown away."))
    if draft.revision != seen:
        who = session.get_one(Person, draft.kept_by).name
        raise Stale(
            phrase(
                "%(who)s kept this draft meanwhile. Copy what you wrote, and open the draft again.",
                who=who,
            )
        )
    return draft


def _name(name: str) -> str:
    kept = kept_line(name, "name")
    if not 1 <= len(kept) <= LONGEST_NAME:
        said = phrase("Give it a name of at most %(most)s letters.", most=LONGEST_NAME)
        raise Invalid(said, {"name": said})
    return kept


def _text(text: str) -> str:
    """The text with line ends as everywhere; its own spaces stay, since a file is read by the letter."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(kept) > LONGEST_TEXT:
        said = phrase("A draft has at most %(most)s letters.", most=LONGEST_TEXT)
        raise Invalid(said, {"text": said})
    refuse(kept, "text")
    return kept
