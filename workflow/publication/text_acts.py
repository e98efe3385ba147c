"""Texts of lifecycles entered on the register: at once, or asked for by one administrator and confirmed by another."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import LifecycleWorded
from workflow.engine.models import DefinitionVersion
from workflow.engine.texts.models import LifecycleTexts
from workflow.errors import Invalid, Stale
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.lifecycles.texts.translation import Translation, from_body
from workflow.people.administrators import refuse_all_but_administrators
from workflow.people.four_eyes.second import (
    CONFIRMED,
    administrators_today,
    decided,
    to_confirm,
)
from workflow.people.register import registered
from workflow.phrase import phrase
from workflow.publication.acts import register_time
from workflow.publication.models import LifecycleAct, LifecycleRequest
from workflow.publication.requests import LifecycleOutcome, let_wait, takes_two
from workflow.publication.texts import count_already
from workflow.publication.wishes import version_of


def enter_texts(
    session: Session,
    translation: Translation,
    why: str,
    *,
    by: int | None,
    now: datetime,
    two_for: Collection[str] = (),
) -> LifecycleOutcome:
    """Enter the texts of a version in a language, or let them wait for the second administrator.

    They count for every page from then on, and take the place of those entered before. `by` is nobody
    at the command line, where nobody is asked who they are; there they are entered at once. Refuses a
    version that is not published, texts that count already, and an administrator who does not say why.
    """
    now = register_time(session, now)
    why = kept_prose(why, "why")
    if by is not None:
        refuse_all_but_administrators(session, by, now)
        _refuse_without_reason(why)
    _refuse_idle(session, translation)
    if by is None or not takes_two(session, two_for, now.date()):
        return LifecycleOutcome(act=_enter(session, translation, why, by=by, now=now))
    _refuse_twice(session, translation, now)
    return LifecycleOutcome(waits=_ask(session, translation, why, by=by, now=now))


def confirm_texts(session: Session, number: int, *, by: int, now: datetime) -> int:
    """Enter the texts that another administrator asked for; returns their number."""
    asked = to_confirm(session, LifecycleRequest, number, by=by, now=now)
    now = register_time(session, now)
    translation = from_body(asked.body or b"")
    if (translation.lifecycle, translation.definition) != (asked.key, asked.digest):
        raise Invalid(
            phrase("What waits here is not what was asked for any more. Decline it, and ask again.")
        )
    _refuse_idle(session, translation)
    entered = _enter(session, translation, asked.why, by=by, now=now, asked=asked)
    decided(session, asked, CONFIRMED, by=by, now=now)
    return entered


def _enter(
    session: Session,
    translation: Translation,
    why: str,
    *,
    by: int | None,
    now: datetime,
    asked: LifecycleRequest | None = None,
) -> int:
    version = version_of(session, translation.lifecycle, translation.definition)
    kept = LifecycleTexts(
        definition_id=version,
        language=translation.language,
        digest=translation.digest,
        body=translation.body,
        at=now,
        person_id=by,
        asked_by=asked.asked_by if asked else None,
        why=why,
    )
    session.add(kept)
    session.flush()
    told = LifecycleWorded(
        number=kept.id,
        lifecycle=translation.lifecycle,
        version=_called(session, translation),
        digest=translation.definition,
        language=translation.language,
        texts=translation.digest,
        request=asked.id if asked else None,
        asked_by=kept.asked_by,
        why=why,
    )
    registered(session, Fact(told, by, now))
    return kept.id


def _ask(session: Session, translation: Translation, why: str, *, by: int, now: datetime) -> int:
    asked = LifecycleRequest(
        act=LifecycleAct.TEXTS.value,
        key=translation.lifecycle,
        version=_called(session, translation),
        digest=translation.definition,
        body=translation.body,
        why=why,
        asked_by=by,
        asked_at=now,
    )
    return let_wait(session, asked, language=translation.language, texts=translation.digest)


def _refuse_without_reason(why: str) -> None:
    if not 1 <= len(why) <= LONGEST_REASON:
        said = phrase("Say why, in at most %(most)s letters.", most=LONGEST_REASON)
        raise Invalid(said, {"why": said})


def _refuse_idle(session: Session, translation: Translation) -> None:
    """Refuse texts that would change nothing, or of a version that is not published."""
    if not translation.texts:
        empty = phrase("There is no text in this file but the English ones.")
        raise Invalid(empty, {"file": empty})
    if count_already(session, translation):
        known = phrase("These texts count already, word for word.")
        raise Invalid(known, {"file": known})


def _refuse_twice(session: Session, translation: Translation, now: datetime) -> None:
    """Refuse other texts of a lifecycle in a language while some wait: the second shall know what counts then."""
    waiting = session.scalars(
        select(LifecycleRequest).where(
            LifecycleRequest.outcome == "",
            LifecycleRequest.act == LifecycleAct.TEXTS.value,
            LifecycleRequest.key == translation.lifecycle,
            LifecycleRequest.asked_by.in_(administrators_today(session, now.date())),
        )
    )
    for each in waiting:
        if from_body(each.body or b"").language == translation.language:
            raise Stale(
                phrase(
                    "Texts in this language wait for a second administrator already (number %(number)s). "
                    "Decide on them first.",
                    number=each.id,
                )
            )


def _called(session: Session, translation: Translation) -> str:
    """The version by its own name."""
    of = select(DefinitionVersion.version).where(DefinitionVersion.digest == translation.definition)
    return session.scalars(of).one()
