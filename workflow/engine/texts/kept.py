"""Which texts count for each published version, read from their rows."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.texts.models import LifecycleTexts
from workflow.lifecycles.texts.translation import Translation, from_body


def newest_texts(session: Session, language: str) -> Mapping[int, int]:
    """The number of the texts that count in a language, by the version that they are of."""
    found = (
        select(LifecycleTexts.definition_id, func.max(LifecycleTexts.id))
        .where(LifecycleTexts.language == language)
        .group_by(LifecycleTexts.definition_id)
    )
    return dict(session.execute(found).all())


def texts_kept(session: Session, number: int) -> Translation:
    """The texts of this number; they never change."""
    kept = select(LifecycleTexts.body).where(LifecycleTexts.id == number)
    return from_body(session.scalars(kept).one())
