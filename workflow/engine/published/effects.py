"""What a version would change that is not offered: how it differs from what is followed, and the open cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.migration.migrate import rehearse
from workflow.engine.migration.page import OpenCase
from workflow.engine.migration.wish import MigratedCase, Migration
from workflow.engine.models import END, DefinitionVersion, LifecycleCase
from workflow.engine.permissions.visibility import known_to
from workflow.engine.published.difference_page import DifferencePage, difference_from
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.spoken import in_english
from workflow.vocabulary import Footing

# So many cases are tried from a page at once; the command line tries all.
TRIED_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class EffectsPage:
    """A definition, how it differs from the version followed today, and the open cases of other versions.

    There is no `difference` where nothing of the lifecycle was published. Only the cases are listed
    that whoever reads it may know of.
    """

    definition: Definition
    difference: DifferencePage | None
    cases: tuple[OpenCase, ...]

    @property
    def to_try(self) -> tuple[OpenCase, ...]:
        """The cases that are tried from a page at once."""
        return self.cases[:TRIED_AT_MOST]


def effects_page(
    session: Session, engine: Engine, definition: Definition, person: int, now: datetime
) -> EffectsPage:
    """What somebody reads of the effects of a definition, published or not."""
    versions = dict(
        session.execute(
            select(DefinitionVersion.digest, DefinitionVersion.id).where(
                DefinitionVersion.key == definition.key
            )
        ).all()
    )
    if not versions:
        return EffectsPage(definition, None, ())
    followed = engine.followed(definition.key, session)
    before = (versions[followed.digest], followed)
    difference = difference_from(session, before, definition, person, now)
    others = [number for digest, number in versions.items() if digest != definition.digest]
    cases = _open_cases(session, engine, others, person, now)
    return EffectsPage(definition, difference, cases)


def rehearsed(
    engine: Engine, definition: Definition, cases: Sequence[OpenCase]
) -> dict[str, MigratedCase]:
    """How each case would come out under a definition, by its reference; nothing of it is kept."""
    wanted = [each.seen for each in cases]
    tried = Migration(in_english(definition), None, None)
    return {each.ref: each for each in rehearse(engine, wanted, tried)}


def _open_cases(
    session: Session, engine: Engine, versions: Sequence[int], person: int, now: datetime
) -> tuple[OpenCase, ...]:
    rows = session.execute(
        select(
            LifecycleCase.ref, LifecycleCase.title, LifecycleCase.version, LifecycleCase.state,
            LifecycleCase.definition_id,
        )
        .where(
            LifecycleCase.definition_id.in_(versions),
            LifecycleCase.stage != END,
            LifecycleCase.footing == Footing.MANAGED.value,
            known_to(person, now.date()),
        )
        .order_by(LifecycleCase.ref)
    )  # fmt: skip
    return tuple(
        OpenCase(
            row.ref,
            row.title,
            row.version,
            engine.definition(row.definition_id, session).states[row.state].label,
        )
        for row in rows
    )
