"""The terms of frameworks and funds as whoever keeps them reads and changes them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body
from workflow.frameworks.models import Framework, FrameworkTerms
from workflow.frameworks.queries import areas_of_each, framework_called
from workflow.frameworks.terms import Terms


def every_terms(session: Session) -> Mapping[str, Terms]:
    """The terms of each framework and fund by its key, the newest first."""
    listed = (
        select(Framework, FrameworkTerms)
        .join(FrameworkTerms, FrameworkTerms.framework_id == Framework.id)
        .order_by(FrameworkTerms.starts_on.desc(), Framework.key)
    )
    bodies = dict(session.execute(select(Body.id, Body.key)).all())
    areas = areas_of_each(session)
    return {
        each.key: _terms(each, terms, areas.get(each.id, []), bodies)
        for each, terms in session.execute(listed)
    }


def terms_of(session: Session, key: str) -> tuple[int, Terms]:
    """The number and the terms of the framework called `key`; refuses one that is not entered."""
    framework = framework_called(session, key)
    kept = FrameworkTerms
    bodies = select(kept, Body.id, Body.key).outerjoin(
        Body, Body.id.in_((kept.body_id, kept.appraisal_id, kept.steering_id))
    )
    rows = session.execute(bodies.where(kept.framework_id == framework.id)).all()
    named = {row.id: row.key for row in rows if row.id}
    areas = areas_of_each(session).get(framework.id, [])
    return framework.id, _terms(framework, rows[0][0], areas, named)


def _terms(
    row: Framework, terms: FrameworkTerms, areas: list[str], bodies: Mapping[int, str]
) -> Terms:
    return Terms(
        title=row.title,
        kind=terms.kind,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        symbol=row.symbol,
        areas=tuple(areas),
        currency=terms.currency,
        envelope=terms.envelope,
        body=bodies.get(terms.body_id or 0, ""),
        appraisal=bodies.get(terms.appraisal_id or 0, ""),
        steering=bodies.get(terms.steering_id or 0, ""),
    )
