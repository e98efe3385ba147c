"""What a programme is about, as its newest filed text says: its areas, goals, countries and modality."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CompoundSelect, Integer, String, bindparam, cast, literal, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.models import CaseArea, CaseParty
from workflow.people.models import Party
from workflow.programmes.models import Programme, ProgrammeGoal
from workflow.reading import asked_once

_CASE = bindparam("case_id", type_=Integer)
_ABOUT: CompoundSelect[Any, Any] = union_all(
    select(literal("areas"), CaseArea.area).where(CaseArea.case_id == _CASE),
    select(literal("goals"), ProgrammeGoal.scheme + "-" + cast(ProgrammeGoal.number, String)).where(
        ProgrammeGoal.case_id == _CASE
    ),
    select(literal("countries"), Party.iso3)
    .join(CaseParty, CaseParty.party_id == Party.id)
    .where(
        CaseParty.case_id == _CASE, CaseParty.capacity == "beneficiary", Party.iso3.is_not(None)
    ),
    select(literal("modality"), Programme.modality).where(
        Programme.case_id == _CASE, Programme.modality != ""
    ),
)


@asked_once
def about(session: Session, case_id: int) -> Mapping[str, tuple[str, ...]]:
    """The `areas`, `goals` such as `sdg-3`, `countries` by their codes and `modality` of a programme, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, value in session.connection().execute(_ABOUT, {"case_id": case_id}):
        found[kind] = (*found.get(kind, ()), value)
    return {kind: tuple(sorted(values)) for kind, values in found.items()}
