"""The terms of frameworks and funds as whoever keeps them reads and changes them."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.bodies.models import Body
from workflow.errors import NotFound
from workflow.frameworks.models import Framework, FrameworkArea, FrameworkTerms
from workflow.frameworks.terms import Terms
from workflow.phrase import phrase


def every_terms(session: Session) -> Mapping[str, Terms]:
    """The terms of each framework and fund by its key, the newest first."""
    listed = (
        select(Framework, FrameworkTerms)
        .join(FrameworkTerms, FrameworkTerms.framework_id == Framework.id)
        .order_by(FrameworkTerms.starts_on.desc(), Framework.key)
    )
    bodies = dict(session.execute(select(Body.id, Body.key)).all())
    areas: dict[int, list[str]] = {}
    for framework, area in session.execute(
        select(FrameworkArea.framework_id, FrameworkArea.area).order_by(FrameworkArea.area)
    ):
        areas.setdefault(framework, []).append(area)
    return {
        each.key: _terms(each, terms, areas.get(each.id, []), bodies)
        for each, terms in session.execute(listed)
    }


def terms_of(session: Session, key: str) -> tuple[int, Terms]:
    """The number and the terms of the framework called `key`; refuses one that is not entered."""
    number = session.scalar(select(Framework.id).where(Framework.key == key))
    if number is None:
        raise NotFound(phrase("There is no framework called %(key)s.", key=key))
    return number, every_terms(session)[key]


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
