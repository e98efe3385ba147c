"""The open cases that may be moved, each as it stands now."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.migration.wish import CaseSeen
from workflow.engine.models import END, DefinitionVersion, LifecycleCase
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase
from workflow.vocabulary import Footing

_OPEN = (
    select(LifecycleCase.ref, LifecycleCase.version, LifecycleCase.definition_id)
    .where(LifecycleCase.stage != END, LifecycleCase.footing == Footing.MANAGED.value)
    .order_by(LifecycleCase.ref)
)


def open_cases(session: Session, definition: Definition) -> tuple[CaseSeen, ...]:
    """Every open case that follows another version of a lifecycle than this one."""
    others = select(DefinitionVersion.id).where(
        DefinitionVersion.key == definition.key, DefinitionVersion.digest != definition.digest
    )
    rows = session.execute(_OPEN.where(LifecycleCase.definition_id.in_(others)))
    return tuple(CaseSeen(row.ref, row.version) for row in rows)


def cases_of(
    session: Session, refs: Sequence[str], number: int | None = None
) -> tuple[CaseSeen, ...]:
    """The open cases called `refs`, or each that follows the version with this number where none is named.

    Refuses one that there is not, and one that follows another version.
    """
    wanted = _OPEN.where(LifecycleCase.ref.in_(refs)) if refs else _OPEN
    if number is not None and not refs:
        wanted = wanted.where(LifecycleCase.definition_id == number)
    rows = {row.ref: row for row in session.execute(wanted)}
    for ref in refs:
        if ref not in rows:
            raise NotFound(phrase("There is no open case called %(ref)s.", ref=f"{ref:.80}"))
        if number is not None and rows[ref].definition_id != number:
            raise NotFound(phrase("%(ref)s does not follow this version.", ref=ref))
    return tuple(CaseSeen(row.ref, row.version) for row in rows.values())
