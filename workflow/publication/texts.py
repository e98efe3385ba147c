"""The texts of published lifecycles in other languages: how far they go, and what a next version begins from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from workflow.engine.models import DefinitionVersion
from workflow.engine.texts.kept import newest_texts, texts_kept
from workflow.engine.texts.models import LifecycleTexts
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body
from workflow.lifecycles.texts.translation import (
    LANGUAGES,
    Translation,
    carried_over,
    english_of,
)
from workflow.people.models import Person
from workflow.phrase import Phrase
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
    asked_by: str = ""

    @property
    def called(self) -> Phrase:
        """The language by its name."""
        return LANGUAGES[self.language]

    @property
    def missing(self) -> int:
        """How many are read in English."""
        return self.every - self.there


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
    first = aliased(Person)
    found = session.execute(
        select(LifecycleTexts, Person.name, first.name)
        .outerjoin(Person, Person.id == LifecycleTexts.person_id)
        .outerjoin(first, first.id == LifecycleTexts.asked_by)
        .where(*of)
        .order_by(LifecycleTexts.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return Coverage(language, 0, every)
    kept, who, asked_by = found
    there = len(texts_kept(session, kept.id).texts)
    told = kept.digest, kept.at, who or "", kept.why, asked_by or ""
    return Coverage(language, there, every, *told)
