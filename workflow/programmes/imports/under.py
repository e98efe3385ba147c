"""Imported programmes that stand under no framework, put under the one that is known of them by now."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflow.frameworks.models import Framework
from workflow.frameworks.under import under
from workflow.programmes.models import ImportedProgramme, Programme


def place_the_rest(session: Session) -> int:
    """Put imported programmes that stand under none under what is known of them by now; returns how many."""
    keys = dict(session.execute(select(Framework.key, Framework.id)).all())
    listed = (
        select(ImportedProgramme.case_id, ImportedProgramme.row)
        .join(Programme, Programme.case_id == ImportedProgramme.case_id)
        .where(Programme.framework_id.is_(None))
    )
    placed = 0
    for case_id, row in session.execute(listed).all():
        framework = keys.get(under(row).key)
        if framework is not None:
            its = update(Programme).where(Programme.case_id == case_id)
            session.execute(its.values(framework_id=framework))
            placed += 1
    return placed
