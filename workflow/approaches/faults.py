"""What of an approach cannot be filed: whom it asks about what, and when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.frameworks.models import Framework
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.people.pivotal.statuses import holding
from workflow.phrase import Phrase, phrase
from workflow.programmes.approaches.lines import APPROACHED, SUBJECT
from workflow.programmes.models import ListedApproach
from workflow.reference import reference


def unfit(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    content: Mapping[str, Any],
) -> Mapping[str, Phrase]:
    """What of an approach cannot be kept, by field; nothing of other texts.

    Refused are a country that is not pivotal on the day on which it is asked, a day that is still to come,
    and what the same country is being asked already.
    """
    if definition.subject != SUBJECT or kind.key != definition.facts:
        return {}
    code, written = str(content.get(APPROACHED) or ""), str(content.get("asked_on") or "")
    if not code or not is_day(written):
        return {}
    asked = date.fromisoformat(written)
    if asked > engine_of(session).now().date():
        return {"asked_on": phrase("That day is still to come; say the day on which it was asked.")}
    if said := _not_pivotal(session, code, asked):
        return {APPROACHED: said}
    if other := _asked_already(session, case_id, content):
        return {APPROACHED: other}
    return {}


def _not_pivotal(session: Session, code: str, on: date) -> Phrase | None:
    known = reference().countries.get(code)
    name = known.name if known else code
    party = session.scalar(select(Party.id).where(Party.key == code.lower()))
    if party is not None and session.scalars(holding(party, on)).first():
        return None
    if known is None or not reference().is_developing(code):
        return phrase(
            "%(country)s is not a country of the South, so it cannot be pivotal.", country=name
        )
    return phrase(
        "%(country)s is not a pivotal country on %(on)s. Choose one that is; an administrator names them.",
        country=name, on=on,
    )  # fmt: skip


def _asked_already(session: Session, case_id: int, content: Mapping[str, Any]) -> Phrase | None:
    """That another approach to the country about this area is open, under the same framework."""
    line = ListedApproach
    framework = select(Framework.id).where(Framework.key == str(content.get("framework") or ""))
    country = select(Party.id).where(Party.key == str(content[APPROACHED]).lower())
    other = session.scalar(
        select(LifecycleCase.ref)
        .join(line, line.case_id == LifecycleCase.id)
        .where(
            line.party_id == country.scalar_subquery(),
            line.area == str(content.get("area") or ""),
            line.framework_id.is_not_distinct_from(session.scalar(framework)),
            ~line.ended,
            line.case_id != case_id,
        )
        .limit(1)
    )
    if other is None:
        return None
    return phrase("It is approached about this area already: %(ref)s. Go on there.", ref=other)
