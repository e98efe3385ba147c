"""Forming a lead group: who leads together in which area, under which terms of reference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.acts.steps import CaseStep, filed, took
from workflow.engine.commands import receipts
from workflow.engine.engine import Engine
from workflow.engine.models import CaseArea, CaseParty
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import Invalid
from workflow.lead_groups.faults import named
from workflow.people.models import Party
from workflow.phrase import OneOf, Term, phrase
from workflow.programmes.alone import followed_called
from workflow.programmes.commands import Beginning, begin_within
from workflow.programmes.lead_groups.changes import FEWEST
from workflow.programmes.lead_groups.turns import CONVENOR, LEAD
from workflow.reference import reference
from workflow.vocabulary import HOUSE

LIFECYCLE = "lead-group"
TERMS = "terms_of_reference"
CONSTITUTING = CaseStep("constituting", "constitute")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTerms:
    """The terms of reference: what the members do together, how, and what each brings, by its three letters."""

    purpose: str
    working: str
    brings: Sequence[tuple[str, str]] = ()

    def as_text(self) -> dict[str, Any]:
        """The terms as they are filed."""
        brought = [{"country": code.upper(), "what": what} for code, what in self.brings]
        return {"purpose": self.purpose, "working": self.working, "brings": brought}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constitution:
    """Who leads together in which area, in the order of joining, and which of them convenes first."""

    title: str
    area: str
    members: Sequence[str]
    convenor: str
    framework: str = ""

    def as_text(self) -> dict[str, Any]:
        """The constitution as it is filed."""
        members = [each.strip().upper() for each in self.members if each.strip()]
        said = {
            "title": self.title,
            "area": self.area,
            "framework": self.framework,
            "members": list(dict.fromkeys(members)),
            "convenor": self.convenor.strip().upper(),
        }
        return {name: value for name, value in said.items() if value or name == "members"}


def form(
    engine: Engine, person: int, constitution: Constitution, terms: GroupTerms, key: str = ""
) -> str:
    """Put countries together that wish to lead, and ask each to sign the terms; returns the reference.

    Sent twice under one key it is formed once. Refuses whoever is no officer of the house, a group without convenor,
    a convenor that is no member, and a donor in either part.
    """
    followed = followed_called(engine, LIFECYCLE)
    roles = OneOf(tuple(Term(followed[1].roles[each].label) for each in followed[1].proposing()))
    stranger = phrase("Only somebody in office there as %(roles)s may form a group.", roles=roles)
    content = constitution.as_text()
    _refuse_too_few(content)
    _refuse_without_convenor(content)
    request = {"forms": content, "terms": terms.as_text()}
    with engine.transaction() as session:
        asked = receipts.request_digest(request)
        if key and (kept := receipts.answered(session, person, key, asked)) is not None:
            return str(kept["ref"])
        house = session.scalars(select(Party.id).where(Party.key == HOUSE)).one()
        begun = begin_within(engine, session, Beginning(person, house, content), followed, stranger)
        filed(engine, session, person, begun.ref, TERMS, terms.as_text())
        took(engine, session, person, begun.ref, CONSTITUTING)
        if key:
            receipts.keep(session, person, key, asked, {"ref": begun.ref}, engine.now())
        return begun.ref


def as_formed_by(session: Session, engine: Engine, person: int, ref: str) -> Constitution:
    """What a group would be that goes on from the lead group that a programme's own round formed.

    Refuses a programme that nobody leads yet.
    """
    case = visible_case(session, ref, person, engine.now())
    lead, convenor = (_countries(session, case.id, part) for part in (LEAD, CONVENOR))
    if not lead:
        nobody = phrase("Nobody leads %(ref)s yet: its own lead group forms it.", ref=ref)
        raise Invalid(nobody, {"programme": nobody})
    area = session.scalar(
        select(CaseArea.area).where(CaseArea.case_id == case.id).order_by(CaseArea.area).limit(1)
    )
    known = reference().areas.get(area or "")
    title = f"Lead group: {known.label if known else case.title}"
    return Constitution(
        title=title, area=area or "", members=lead, convenor=convenor[0] if convenor else ""
    )


def _countries(session: Session, case_id: int, capacity: str) -> tuple[str, ...]:
    named = (
        select(Party.iso3)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == capacity)
    )
    return tuple(code for code in session.scalars(named.order_by(Party.name)) if code)


def _refuse_too_few(content: dict[str, Any]) -> None:
    """Refuse a group of fewer than two."""
    if len(content["members"]) < FEWEST:
        said = phrase("One country does not lead alone; name two pivotal countries at least.")
        raise Invalid(said, {"members": said})


def _refuse_without_convenor(content: dict[str, Any]) -> None:
    """Refuse a group of which nobody convenes."""
    if content.get("convenor"):
        return
    names = tuple(named(code) for code in content.get("members") or ())
    said = phrase(
        "A group without convenor does not lead; name one of its members: %(members)s.",
        members=names,
    )
    raise Invalid(said, {"convenor": said})
