"""Countries in groups that a person can look through."""

from collections.abc import Iterable

from workflow.reference import reference

ELSEWHERE, ORGANISATIONS = "Other areas", "Organisations"
LAST = {ELSEWHERE: 1, ORGANISATIONS: 2}


def by_region(
    choices: Iterable[tuple[str, str]],
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The countries among `choices` by region of the United Nations, regions by name.

    A country is known by its three letters, large or small; whoever is none comes last.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for iso3, name in choices:
        country = reference().countries.get(iso3.upper())
        region = (country.m49_region or ELSEWHERE) if country else ORGANISATIONS
        groups.setdefault(region, []).append((iso3, name))
    named = sorted(groups, key=lambda region: (LAST.get(region, 0), region))
    return tuple((region, tuple(groups[region])) for region in named)
