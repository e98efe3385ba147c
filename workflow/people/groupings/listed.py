"""Groupings of the reference list, with the countries that it says belong to them.

Those of least developed, landlocked and small island countries are what the list of countries
says: of the first it knows the years, of the others no days.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflow.people.groupings.days import MembershipDays, days_said
from workflow.reference import Country, reference

LEAST_DEVELOPED, LANDLOCKED, SMALL_ISLANDS = "least-developed", "landlocked", "small-islands"
OF_COUNTRIES = {
    LEAST_DEVELOPED: "Least developed countries",
    LANDLOCKED: "Landlocked developing countries",
    SMALL_ISLANDS: "Small island developing States",
}
HIGH = "high"


@dataclass(frozen=True, slots=True)
class ListedMember:
    """A country in a grouping, as the list has it."""

    iso3: str
    days: MembershipDays
    confidence: str = HIGH


def labels() -> Mapping[str, str]:
    """What the groupings of the list are called, by their keys."""
    return {**reference().groupings, **OF_COUNTRIES}


def listed_members(key: str) -> tuple[ListedMember, ...]:
    """The countries of one grouping of the list, by their letters and then by their days."""
    if key in OF_COUNTRIES:
        return tuple(_of_countries(key))
    return tuple(
        ListedMember(row["iso3"], days_said(row["since"], row["until"]), row["confidence"])
        for row in reference().memberships
        if row["grouping"] == key
    )


def _of_countries(key: str) -> Iterator[ListedMember]:
    for country in reference().countries.values():
        if days := _days(key, country):
            yield ListedMember(country.iso3, days)


def _days(key: str, country: Country) -> MembershipDays | None:
    if key == LEAST_DEVELOPED:
        years = (str(year or "") for year in (country.ldc_since, country.ldc_graduated))
        return days_said(*years) if country.ldc_since else None
    belongs = country.lldc if key == LANDLOCKED else country.sids
    return MembershipDays() if belongs else None
