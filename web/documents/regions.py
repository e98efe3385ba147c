"""Countries in groups that a person can look through."""

from collections.abc import Iterable

from workflow.reference import reference

ELSEWHERE = "Other areas"


def by_region(
    choices: Iterable[tuple[str, str]],
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The countries among `choices` by region of the United Nations, regions by name.

    A country is known by its three letters, large or small; whoever else stands there comes last.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for iso3, name in choices:
        country = reference().countries.get(iso3.upper())
        region = country.m49_region if country and country.m49_region else ELSEWHERE
        groups.setdefault(region, []).append((iso3, name))
    named = sorted(groups, key=lambda region: (region == ELSEWHERE, region))
    return tuple((region, tuple(groups[region])) for region in named)
