"""What of a vetting or an agreement cannot be filed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import engine_of
from workflow.engine.models import LifecycleCase
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.partners.derive import MET, VETTING, newest_text, settled_text
from workflow.partners.models import PartnerVetting
from workflow.people.directory.arrivals import bring_countries
from workflow.people.models import Party
from workflow.phrase import Phrase, phrase
from workflow.vocabulary import Stage


def unfit(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    content: Mapping[str, Any],
) -> Mapping[str, Phrase]:
    """What is wrong, by field, with a text of a vetting: a partner that another examines, a condition it has not."""
    if definition.subject != VETTING:
        return {}
    if kind.key == MET:
        return _unknown(session, definition, case_id, content)
    if kind.key != definition.facts:
        return {}
    return _another(session, definition, case_id, content) or _examined(session, case_id, content)


def bring(session: Session, definition: Definition, case_id: int) -> None:
    """Have the country that a vetting names be a party, so that its vetting counts."""
    if definition.subject == VETTING:
        partner = newest_text(session, case_id, definition.facts).get("partner")
        now = engine_of(session).now()
        bring_countries(session, {str(partner or "")}, came="proposal", by=None, now=now)


def _unknown(
    session: Session, definition: Definition, case_id: int, content: Mapping[str, Any]
) -> Mapping[str, Phrase]:
    rows = newest_text(session, case_id, definition.facts).get("conditions") or ()
    known = [str(row.get("number")) for row in rows]
    if str(content.get("number")) in known:
        return {}
    said = phrase("This vetting has the conditions %(numbers)s.", numbers=", ".join(known) or "–")
    return {"number": said}


def _another(
    session: Session, definition: Definition, case_id: int, content: Mapping[str, Any]
) -> Mapping[str, Phrase]:
    """A renewal is of the partner that was decided on: another one is decided on by itself."""
    settled = settled_text(session, definition, case_id)
    if settled is None or settled.said.get("partner") == content.get("partner"):
        return {}
    said = phrase("Another partner was decided on here: examine this one in a vetting of its own.")
    return {"partner": said}


def _examined(session: Session, case_id: int, content: Mapping[str, Any]) -> Mapping[str, Phrase]:
    """Two examinations of one partner at once would decide twice."""
    other = (
        select(LifecycleCase.ref)
        .join(PartnerVetting, PartnerVetting.case_id == LifecycleCase.id)
        .join(Party, Party.id == PartnerVetting.party_id)
        .where(
            Party.key == str(content.get("partner") or ""),
            LifecycleCase.id != case_id,
            LifecycleCase.stage != Stage.END.value,
        )
    )
    ref = session.scalars(other.limit(1)).first()
    if ref is None:
        return {}
    said = phrase("%(ref)s is the vetting of this partner: examine it there.", ref=ref)
    return {"partner": said}
