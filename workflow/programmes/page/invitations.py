"""Whom an officer might invite beside those who are asked anyway, where a round opens a consultation.

What is read of each country is bounded: how many programmes there are makes no difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import CaseArea, CaseParty, LifecycleCase
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import known_to_all
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.people.groupings.memberships import groupings_of
from workflow.people.models import LeadInterest, Party, PivotalStatus
from workflow.people.pivotal.interests import (
    DECLINES,
    LATER,
    LEADS,
    SUPPORTS,
    holds_on,
)
from workflow.people.pivotal.statuses import in_force
from workflow.programmes.participants import interested
from workflow.reference import reference
from workflow.sharing.content import KINDS
from workflow.sharing.duties import sharing_duties
from workflow.sharing.entries import listed_on
from workflow.sharing.models import SharedEntry, SharedFacet
from workflow.sharing.suggestions import (
    AnsweredArea,
    InvitingCandidate,
    InvitingGround,
    NearCountry,
    Suggestion,
    suggest,
)
from workflow.vocabulary import OFFICERS

# The finder by which a lifecycle asks the pivotal countries that are interested.
ASKED = "interested"
# Of so many countries, and of so many of the newest programmes of each, is looked at what is on record.
COUNTRIES, NEWEST = 40, 40
LED = ("lead", "convenor")
GROUNDS = {
    LEADS: InvitingGround.INTEREST,
    SUPPORTS: InvitingGround.SUPPORTS,
    LATER: InvitingGround.LATER,
    DECLINES: InvitingGround.DECLINES,
}


def consults(definition: Definition, spec: RoundSpec) -> bool:
    """Whether a round may lead to one in which the interested pivotal countries are asked."""
    states = {to.state for target in spec.outcomes.values() for to in target.every()}
    return any(
        states & set(each.states) and any(seat.of == ASKED for seat in each.rule.seats)
        for each in definition.rounds.values()
    )


def invitations(viewer: CaseViewer, spec: RoundSpec) -> tuple[Suggestion, ...] | None:
    """Whom to invite, beside a round that may open a consultation; nothing beside others and for others."""
    if not consults(viewer.definition, spec) or not _is_officer(viewer):
        return None
    return suggestions(viewer.session, viewer.case.id, viewer.person, viewer.now.date())


def _is_officer(viewer: CaseViewer) -> bool:
    return any(office.role in OFFICERS for office in viewer.offices)


def suggestions(session: Session, case_id: int, person: int, today: date) -> tuple[Suggestion, ...]:
    """Whom to invite, for an officer of the house; nobody else is told."""
    if sharing_duties(session, person, today).house is None:
        return ()
    areas = session.scalars(select(CaseArea.area).where(CaseArea.case_id == case_id)).all()
    taking = select(CaseParty.party_id).where(CaseParty.case_id == case_id)
    inside = session.scalars(select(Party).where(Party.id.in_(taking), Party.iso3.is_not(None)))
    countries = {party.id: party for party in inside}
    candidates = tuple(_candidates(session, case_id, areas, set(countries), today))
    codes = {party.iso3 for party in countries.values()} | {each.iso3 for each in candidates}
    belong = groupings_of(session, {each for each in codes if each}, today)
    near = [
        NearCountry(party.name, _region(party), _subregion(party), belong.get(party.iso3 or "", ()))
        for party in countries.values()
        if _region(party)
    ]
    return suggest(
        near, (replace(each, groupings=belong.get(each.iso3, ())) for each in candidates)
    )


def _candidates(
    session: Session, case_id: int, areas: Sequence[str], but: set[int], today: date
) -> Iterable[InvitingCandidate]:
    shares = _shares(session, areas, today)
    pivotal = session.scalars(select(PivotalStatus.party_id).where(in_force(today)))
    wanted = ({*shares, *pivotal}) - but
    listed = (
        select(Party)
        .where(Party.id.in_(wanted), Party.iso3.is_not(None))
        .order_by(Party.name, Party.id)
        .limit(COUNTRIES)
    )
    parties = session.scalars(listed).all() if wanted else []
    numbers = [party.id for party in parties]
    answers = _answers(session, areas, numbers, today)
    asked = {party for party, _ in interested(session, case_id, "", today)}
    led = _led(session, areas, numbers)
    for party in parties:
        if reference().is_developing(party.iso3):
            yield InvitingCandidate(
                key=party.key,
                iso3=party.iso3 or "",
                name=party.name,
                region=_region(party),
                subregion=_subregion(party),
                asked=party.id in asked,
                answers=answers.get(party.id, ()),
                shares=shares.get(party.id, ()),
                led=led.get(party.id, (0, 0))[0],
                looked_at=led.get(party.id, (0, 0))[1],
            )


def _shares(
    session: Session, areas: Sequence[str], today: date
) -> Mapping[int, tuple[tuple[str, int], ...]]:
    """What countries share in these areas, counted by kind."""
    here = select(SharedFacet.entry_id).where(
        SharedFacet.facet == "area", SharedFacet.value.in_(areas)
    )
    counted = (
        select(SharedEntry.party_id, SharedEntry.kind, func.count())
        .where(SharedEntry.id.in_(here), listed_on(today))
        .group_by(SharedEntry.party_id, SharedEntry.kind)
    )
    found: dict[int, dict[str, int]] = {}
    for party, kind, number in session.execute(counted):
        found.setdefault(party, {})[kind] = number
    return {
        party: tuple((kind, kinds[kind]) for kind in KINDS if kind in kinds)
        for party, kinds in found.items()
    }


def _answers(
    session: Session, areas: Sequence[str], parties: Sequence[int], today: date
) -> Mapping[int, tuple[AnsweredArea, ...]]:
    rows = select(LeadInterest).where(
        LeadInterest.area.in_(areas),
        LeadInterest.party_id.in_(parties),
        LeadInterest.registered_on.is_not(None),
        or_(LeadInterest.answer.in_((LATER, DECLINES)), holds_on(today)),
    )
    found: dict[int, tuple[AnsweredArea, ...]] = {}
    for row in session.scalars(rows.order_by(LeadInterest.area)):
        area = reference().areas.get(row.area)
        if row.registered_on is not None:
            label = area.label if area else row.area
            told = AnsweredArea(label, GROUNDS[row.answer], row.registered_on)
            found[row.party_id] = (*found.get(row.party_id, ()), told)
    return found


def _led(
    session: Session, areas: Sequence[str], parties: Sequence[int]
) -> Mapping[int, tuple[int, int]]:
    """How many of the newest programmes that everybody may know of each led in these areas, and of how many."""
    if not parties:
        return {}
    newest = union_all(*(_newest(party) for party in parties)).subquery("newest")
    in_area = (
        select(CaseArea.case_id)
        .where(CaseArea.case_id == newest.c.case_id, CaseArea.area.in_(areas))
        .exists()
    )
    leads = (
        select(CaseParty.id)
        .where(
            CaseParty.case_id == newest.c.case_id,
            CaseParty.party_id == newest.c.party_id,
            CaseParty.capacity.in_(LED),
        )
        .exists()
    )
    rows = session.execute(
        select(newest.c.party_id, newest.c.case_id, in_area & leads)
        .join(LifecycleCase, LifecycleCase.id == newest.c.case_id)
        .where(LifecycleCase.parent_id.is_(None), _known())
        .distinct()
    )
    found: dict[int, tuple[int, int]] = {}
    for party, _, led in rows:
        before = found.get(party, (0, 0))
        found[party] = (before[0] + bool(led), before[1] + 1)
    return found


def _known() -> Any:
    """What everybody may know of; a record of elsewhere follows no lifecycle."""
    return or_(LifecycleCase.definition_id.is_(None), known_to_all())


def _newest(party: int) -> Any:
    rows = (
        select(literal(party).label("party_id"), CaseParty.case_id)
        .where(CaseParty.party_id == party)
        .order_by(CaseParty.case_id.desc())
        .limit(NEWEST)
        .subquery()
    )
    return select(rows)


def _subregion(party: Party) -> str:
    country = reference().countries.get(party.iso3 or "")
    return country.subregion if country else ""


def _region(party: Party) -> str:
    country = reference().countries.get(party.iso3 or "")
    return country.region if country else ""
