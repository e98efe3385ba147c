"""What letters say of lifecycles, in the language of whoever gets them."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.texts.kept import newest_texts
from workflow.lifecycles.texts.translation import ENGLISH
from workflow.notices.queries import NoticeLine

Glossary = Mapping[str, str]
NO_WORDS: Glossary = {}


def in_language(
    engine: Engine, session: Session, language: str, lines: tuple[NoticeLine, ...]
) -> tuple[NoticeLine, ...]:
    """Notices whose rounds, roles and outcomes are called as the version of their case calls them in a language.

    What there is no text for stays in English.
    """
    known = _glossaries(engine, session, language, {line.ref for line in lines})
    return tuple(_said(line, known.get(line.ref, NO_WORDS)) for line in lines)


def _said(line: NoticeLine, words: Glossary) -> NoticeLine:
    if not words:
        return line
    label, outcome, role = (words.get(each, each) for each in (line.label, line.outcome, line.role))
    return replace(line, label=label, outcome=outcome, role=role)


def _glossaries(
    engine: Engine, session: Session, language: str, refs: set[str]
) -> dict[str, Glossary]:
    """The words of the version that each case follows, where it has any in the language."""
    newest = {} if language == ENGLISH else newest_texts(session, language)
    if not newest:
        return {}
    followed = select(LifecycleCase.ref, LifecycleCase.definition_id).where(
        LifecycleCase.ref.in_(refs), LifecycleCase.definition_id.in_(newest)
    )
    return {
        ref: engine.spoken_in(number, newest[number], session).glossary
        for ref, number in session.execute(followed)
        if number is not None
    }
