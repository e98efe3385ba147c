"""What a programme that is being planned is about, and how like it a lesson is: pure, with its reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflow.phrase import Phrase, Term, phrase
from workflow.reference import Country, reference

# What each thing in common counts for; a lesson is offered only where it is about the same.
AREA, GOAL, COUNTRY, ISLAND, LANDLOCKED, LEAST, REGION, MODALITY = 6, 4, 5, 3, 3, 2, 1, 1
MOST = 5


@dataclass(frozen=True, slots=True)
class PlannedProgramme:
    """What a programme is about, as its draft says: areas, goals as `sdg-3`, countries by code, modality."""

    areas: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lesson by its number and what it is found by, such as `area:health`; and what it is called."""

    case_id: int
    validated_at: datetime
    facets: frozenset[str]
    ref: str = ""
    heading: str = ""

    def of(self, kind: str) -> tuple[str, ...]:
        """What it is found by of one kind, in order."""
        found = (each.partition(":") for each in sorted(self.facets))
        return tuple(value for name, _, value in found if name == kind)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why a lesson is offered: how much it counts, and each reason in words."""

    case_id: int
    weight: int
    reasons: tuple[Phrase, ...]


def plan_of(content: Mapping[str, Any]) -> PlannedProgramme:
    """What a form of the facts says by now."""
    goals = (
        f"{scheme}-{number}"
        for scheme in ("sdg", "mdg")
        for number in _listed(content, f"{scheme}_goals")
    )
    return PlannedProgramme(
        areas=_listed(content, "areas"),
        goals=tuple(goals),
        countries=_listed(content, "participating_countries"),
        modality=str(content.get("modality") or ""),
    )


def likest(
    plan: PlannedProgramme, candidates: Sequence[Candidate], most: int = MOST
) -> tuple[Likeness, ...]:
    """The lessons that are most like a plan, each with why; of those that are alike the newest first.

    One that is about no area and no goal of the plan is not among them, wherever it was tried.
    """
    found = [(likeness(plan, each), each) for each in candidates]
    alike = [(like, each) for like, each in found if like is not None]
    alike.sort(key=lambda pair: (pair[0].weight, pair[1].validated_at, pair[1].case_id))
    return tuple(like for like, _ in reversed(alike))[:most]


def likeness(plan: PlannedProgramme, lesson: Candidate) -> Likeness | None:
    """What a lesson has in common with a plan; nothing where it is not about the same."""
    subject = [*_subject(plan, lesson)]
    where = [*_where(plan, lesson)]
    if not subject:
        return None
    also = [*_modality(plan, lesson)]
    told = [*subject, *where, *also]
    return Likeness(
        lesson.case_id, sum(weight for weight, _ in told), tuple(said for _, said in told)
    )


def _subject(plan: PlannedProgramme, lesson: Candidate) -> Iterator[tuple[int, Phrase]]:
    known = reference().areas
    areas = [each for each in lesson.of("area") if each in plan.areas]
    if areas:
        named = tuple(Term(known[key].label if key in known else key) for key in areas)
        yield AREA * len(areas), phrase("same area: %(areas)s", areas=named)
    goals = [each for each in lesson.of("goal") if each in plan.goals]
    if goals:
        called = tuple(each.upper().replace("-", " ") for each in goals)
        yield GOAL * len(goals), phrase("same goal: %(goals)s", goals=called)


def _where(plan: PlannedProgramme, lesson: Candidate) -> Iterator[tuple[int, Phrase]]:
    """The nearest likeness of a country in which it was tried to one that takes part."""
    tried = lesson.of("country")
    same = [each for each in tried if each in plan.countries]
    if same:
        yield COUNTRY, phrase("tried in %(country)s, which takes part", country=_named(same[0]))
        return
    known = reference().countries
    pairs = [
        (known[there], known[here])
        for there in tried
        for here in plan.countries
        if there in known and here in known
    ]
    alike = [found for pair in pairs if (found := _alike(*pair)) is not None]
    if alike:
        yield max(alike, key=lambda each: each[0])


def _alike(there: Country, here: Country) -> tuple[int, Phrase] | None:
    parts = {"there": Term(there.name), "here": Term(here.name)}
    if there.sids and here.sids:
        return ISLAND, phrase("tried in %(there)s, an island state like %(here)s", **parts)
    if there.lldc and here.lldc:
        return LANDLOCKED, phrase("tried in %(there)s, landlocked like %(here)s", **parts)
    if _is_least_developed(there) and _is_least_developed(here):
        return LEAST, phrase("tried in %(there)s, least developed like %(here)s", **parts)
    if there.region and there.region == here.region:
        return REGION, phrase("tried in %(there)s, of the region of %(here)s", **parts)
    return None


def _modality(plan: PlannedProgramme, lesson: Candidate) -> Iterator[tuple[int, Phrase]]:
    if plan.modality and plan.modality in lesson.of("modality"):
        yield MODALITY, phrase("the same modality")


def _is_least_developed(country: Country) -> bool:
    return country.ldc_since is not None and country.ldc_graduated is None


def _named(iso3: str) -> Term:
    known = reference().countries
    return Term(known[iso3].name if iso3 in known else iso3)


def _listed(content: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = content.get(key)
    return tuple(map(str, value)) if isinstance(value, list) else ()
