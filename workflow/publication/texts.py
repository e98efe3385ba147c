"""The texts of published lifecycles in other languages: entered on the register, and how far they go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import LifecycleWorded
from workflow.engine.models import DefinitionVersion
from workflow.engine.texts.kept import newest_texts, texts_kept
from workflow.engine.texts.models import LifecycleTexts
from workflow.errors import Invalid
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body
from workflow.lifecycles.texts.translation import (
    LANGUAGES,
    Translation,
    carried_over,
    english_of,
)
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.models import Person
from workflow.people.register import registered
from workflow.phrase import Phrase, phrase
from workflow.publication.acts import register_time
from workflow.publication.wishes import version_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many texts of a version there are in a language, of all; and by whom they were entered, when and why."""

    language: str
    there: int
    every: int
    digest: str = ""
    at: datetime | None = None
    who: str = ""
    why: str = ""

    @property
    def called(self) -> Phrase:
        """The language by its name."""
        return LANGUAGES[self.language]

    @property
    def missing(self) -> int:
        """How many are read in English."""
        return self.every - self.there


def enter_texts(
    session: Session, translation: Translation, why: str, *, by: int | None, now: datetime
) -> int:
    """Enter the texts of a version in a language, told on the register; returns their number.

    They count for every page from then on, and take the place of those entered before. `by` is nobody
    at the command line, where nobody is asked who they are. Refuses a version that is not published,
    texts that count already, and an administrator who does not say why.
    """
    now = register_time(session, now)
    why = kept_prose(why, "why")
    if by is not None:
        refuse_all_but_administrators(session, by, now)
        _refuse_without_reason(why)
    version = version_of(session, translation.lifecycle, translation.definition)
    _refuse_empty_or_known(session, translation)
    kept = LifecycleTexts(
        definition_id=version,
        language=translation.language,
        digest=translation.digest,
        body=translation.body,
        at=now,
        person_id=by,
        why=why,
    )
    session.add(kept)
    session.flush()
    told = LifecycleWorded(
        number=kept.id,
        lifecycle=translation.lifecycle,
        version=session.scalars(
            select(DefinitionVersion.version).where(DefinitionVersion.id == version)
        ).one(),
        digest=translation.definition,
        language=translation.language,
        texts=translation.digest,
        why=why,
    )
    registered(session, Fact(told, by, now))
    return kept.id


def count_already(session: Session, translation: Translation) -> bool:
    """Whether these very texts are those that count for their version and language."""
    version = version_of(session, translation.lifecycle, translation.definition)
    number = newest_texts(session, translation.language).get(version or 0)
    return number is not None and texts_kept(session, number) == translation


def coverage(session: Session, definition: Definition) -> tuple[Coverage, ...]:
    """How far the texts of a published version go in each language."""
    every = len(english_of(definition))
    version = version_of(session, definition.key, definition.digest)
    return tuple(_covered(session, version, language, every) for language in LANGUAGES)


def texts_for(session: Session, definition: Definition, language: str) -> Mapping[str, str]:
    """The texts of a version in a language; where it has none, what fits of those of the newest version that has."""
    newest = newest_texts(session, language)
    version = version_of(session, definition.key, definition.digest) or 0
    if version in newest:
        return texts_kept(session, newest[version]).texts
    others = select(DefinitionVersion.id, DefinitionVersion.body).where(
        DefinitionVersion.key == definition.key, DefinitionVersion.id.in_(newest)
    )
    last = session.execute(others.order_by(DefinitionVersion.id.desc()).limit(1)).first()
    if last is None:
        return MappingProxyType({})
    earlier = texts_kept(session, newest[last.id])
    return carried_over(earlier, from_body(last.body), definition)


def _covered(session: Session, version: int | None, language: str, every: int) -> Coverage:
    of = LifecycleTexts.definition_id == version, LifecycleTexts.language == language
    found = session.execute(
        select(LifecycleTexts, Person.name)
        .outerjoin(Person, Person.id == LifecycleTexts.person_id)
        .where(*of)
        .order_by(LifecycleTexts.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return Coverage(language, 0, every)
    kept, who = found
    there = len(texts_kept(session, kept.id).texts)
    return Coverage(language, there, every, kept.digest, kept.at, who or "", kept.why)


def _refuse_without_reason(why: str) -> None:
    if not 1 <= len(why) <= LONGEST_REASON:
        said = phrase("Say why, in at most %(most)s letters.", most=LONGEST_REASON)
        raise Invalid(said, {"why": said})


def _refuse_empty_or_known(session: Session, translation: Translation) -> None:
    """Refuse texts that would change nothing."""
    if not translation.texts:
        empty = phrase("There is no text in this file but the English ones.")
        raise Invalid(empty, {"file": empty})
    if count_already(session, translation):
        known = phrase("These texts count already, word for word.")
        raise Invalid(known, {"file": known})
