"""What of a lead group cannot be filed: who cannot lead, and who cannot convene."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.engine import engine_of
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.people.pivotal.statuses import holding
from workflow.phrase import Phrase, phrase
from workflow.programmes.lead_groups.turns import SUBJECT
from workflow.reference import reference


def unfit(
    session: Session, definition: Definition, kind: DocumentKind, content: Mapping[str, Any]
) -> Mapping[str, Phrase]:
    """What of the constitution of a group cannot be kept, by field; nothing of other texts.

    Refused are a member that is a donor or not pivotal today, and a convenor that is a donor, or no member.
    """
    if definition.subject != SUBJECT or kind.key != definition.facts:
        return {}
    today = engine_of(session).now().date()
    members, convenor = tuple(content.get("members") or ()), str(content.get("convenor") or "")
    found: dict[str, Phrase] = {}
    if said := next(filter(None, (_cannot_lead(session, code, today) for code in members)), None):
        found["members"] = said
    if convenor and (said := _cannot_convene(convenor, members)):
        found["convenor"] = said
    return found


def _cannot_lead(session: Session, code: str, today: date) -> Phrase | None:
    if not reference().is_developing(code):
        return phrase(
            "%(country)s is no country of the South: a donor joins programmes as a partner, and never leads. Take it out.",
            country=named(code),
        )  # fmt: skip
    party = session.scalar(select(Party.id).where(Party.key == code.lower()))
    if party is not None and session.scalars(holding(party, today)).first():
        return None
    return phrase(
        "%(country)s is not a pivotal country today. Choose one that is; an administrator names them.",
        country=named(code),
    )  # fmt: skip


def _cannot_convene(code: str, members: Sequence[str]) -> Phrase | None:
    if code in members:
        return None
    names = tuple(named(each) for each in members)
    if not reference().is_developing(code):
        return phrase(
            "%(country)s is no country of the South: a donor never convenes. Name one of the members: %(members)s.",
            country=named(code), members=names,
        )  # fmt: skip
    return phrase(
        "%(country)s is none of the members. Name one of them: %(members)s.",
        country=named(code), members=names,
    )  # fmt: skip


def named(code: str) -> str:
    """What a country is called, by its three letters."""
    known = reference().countries.get(code)
    return known.name if known else code
