"""Whom to invite to a consultation: suggested from what is on record, each with its reasons, pure.

Nobody is invited by it and nothing is chosen beforehand: an officer reads it and decides.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.phrase import Part, Phrase, Term, phrase, together

MOST = 10


class InvitingGround(StrEnum):
    """Why a country is suggested, or what speaks against it."""

    INTEREST = "interest"
    SUPPORTS = "supports"
    LATER = "later"
    DECLINES = "declines"
    SHARES = "shares"
    RECORD = "record"
    REGION = "region"
    SUBREGION = "subregion"
    GROUPING = "grouping"


# What each ground counts; a neighbour that belongs to nothing else is not suggested.
COUNTS = {
    InvitingGround.INTEREST: 8,
    InvitingGround.SUPPORTS: 6,
    InvitingGround.SHARES: 4,
    InvitingGround.RECORD: 2,
    InvitingGround.LATER: 2,
    InvitingGround.REGION: 1,
    InvitingGround.SUBREGION: 1,
    InvitingGround.GROUPING: 1,
    InvitingGround.DECLINES: 0,
}
ENOUGH = 2
NEAR = frozenset({InvitingGround.REGION, InvitingGround.SUBREGION, InvitingGround.GROUPING})


@dataclass(frozen=True, slots=True)
class AnsweredArea:
    """What a country answered when it was asked whether it wants to lead in an area."""

    label: str
    answer: InvitingGround
    on: date


@dataclass(frozen=True, slots=True)
class NearCountry:
    """A country of the programme: where it lies, and the groupings it belongs to, the smallest first."""

    name: str
    region: str
    subregion: str = ""
    groupings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitingCandidate:
    """What is on record of a country, as far as it concerns the areas of a programme.

    `shares` counts what it shares there by kind; it led `led` of the `looked_at` newest programmes in which
    it has a part. `asked` says that the lifecycle asks it by itself.
    """

    key: str
    iso3: str
    name: str
    region: str
    asked: bool = False
    answers: tuple[AnsweredArea, ...] = ()
    shares: tuple[tuple[str, int], ...] = ()
    led: int = 0
    looked_at: int = 0
    subregion: str = ""
    groupings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InvitingReason:
    """One reason in a sentence, with where it is on record."""

    ground: InvitingGround
    says: Phrase
    source: Phrase


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A country that might be invited, and why."""

    key: str
    iso3: str
    name: str
    asked: bool
    reasons: tuple[InvitingReason, ...]

    @property
    def counts(self) -> int:
        """How much speaks for it."""
        return sum(COUNTS[each.ground] for each in self.reasons)


PIVOTAL = phrase("register of pivotal countries")
SHARED = phrase("what countries share")
RECORDED = phrase("programmes on record here")
LISTED = phrase("reference list of countries and regions")
GROUPED = phrase("groupings of countries, as of today")


def suggest(
    neighbours: Iterable[NearCountry], candidates: Iterable[InvitingCandidate]
) -> tuple[Suggestion, ...]:
    """The countries for which most speaks, ten at most; of two alike the first by name."""
    beside = tuple(sorted(neighbours, key=lambda each: each.name))
    found = (
        Suggestion(c.key, c.iso3, c.name, c.asked, tuple(_reasons(c, beside))) for c in candidates
    )
    enough = [each for each in found if _enough(each)]
    return tuple(sorted(enough, key=lambda each: (-each.counts, each.name, each.key))[:MOST])


def _enough(suggestion: Suggestion) -> bool:
    """Whether enough speaks for it: where it lies and belongs is not enough against its own word."""
    grounds = {each.ground for each in suggestion.reasons}
    declines = InvitingGround.DECLINES in grounds
    near_alone = grounds <= NEAR | {InvitingGround.DECLINES}
    return suggestion.counts >= ENOUGH and not (declines and near_alone)


def _reasons(
    candidate: InvitingCandidate, beside: tuple[NearCountry, ...]
) -> Iterator[InvitingReason]:
    for ground, says in _ANSWERED.items():
        answered = [each for each in candidate.answers if each.answer is ground]
        if answered:
            areas = tuple(Term(each.label) for each in answered)
            last = max(each.on for each in answered)
            yield InvitingReason(ground, says(areas, last), PIVOTAL)
    if candidate.shares:
        yield InvitingReason(InvitingGround.SHARES, _shares(candidate), SHARED)
    if candidate.led:
        said = phrase(
            "It led, or leads, %(led)s of its %(all)s newest programmes here in these areas.",
            led=candidate.led,
            all=candidate.looked_at,
        )
        yield InvitingReason(InvitingGround.RECORD, said, RECORDED)
    yield from _lies(candidate, beside)
    yield from _belongs(candidate, beside)


def _lies(
    candidate: InvitingCandidate, beside: tuple[NearCountry, ...]
) -> Iterator[InvitingReason]:
    """That it lies in the subregion of a country of the programme, or else in its region."""
    next_to = next((each for each in beside if each.subregion == candidate.subregion != ""), None)
    if next_to is not None:
        said = phrase(
            "It lies in the same subregion as %(country)s: %(region)s.",
            country=next_to.name,
            region=Term(next_to.subregion),
        )
        yield InvitingReason(InvitingGround.SUBREGION, said, LISTED)
        return
    near = next((each for each in beside if each.region == candidate.region), None)
    if near is not None:
        said = phrase(
            "It lies in the same region as %(country)s: %(region)s.",
            country=near.name,
            region=Term(near.region),
        )
        yield InvitingReason(InvitingGround.REGION, said, LISTED)


def _belongs(
    candidate: InvitingCandidate, beside: tuple[NearCountry, ...]
) -> Iterator[InvitingReason]:
    """That it belongs to a grouping of a country of the programme: the smallest one says most."""
    for grouping in candidate.groupings:
        with_it = next((each for each in beside if grouping in each.groupings), None)
        if with_it is not None:
            said = phrase(
                "It belongs to the same grouping as %(country)s: %(grouping)s.",
                country=with_it.name,
                grouping=Term(grouping),
            )
            yield InvitingReason(InvitingGround.GROUPING, said, GROUPED)
            return


def _shares(candidate: InvitingCandidate) -> Phrase:
    told = [
        phrase("%(kind)s: %(number)s", kind=Term(kind), number=number)
        for kind, number in candidate.shares
    ]
    return phrase("It shares in these areas: %(told)s.", told=together(told, between=", "))


_ANSWERED: Mapping[InvitingGround, Callable[[tuple[Part, ...], date], Phrase]] = {
    InvitingGround.INTEREST: lambda areas, on: phrase(
        "It wants to lead in %(areas)s, as it said on %(day)s.", areas=areas, day=on
    ),
    InvitingGround.SUPPORTS: lambda areas, on: phrase(
        "It supports others in %(areas)s, as it said on %(day)s.", areas=areas, day=on
    ),
    InvitingGround.LATER: lambda areas, on: phrase(
        "It may lead in %(areas)s later, as it said on %(day)s.", areas=areas, day=on
    ),
    InvitingGround.DECLINES: lambda areas, on: phrase(
        "It does not want to lead in %(areas)s, as it said on %(day)s.", areas=areas, day=on
    ),
}
