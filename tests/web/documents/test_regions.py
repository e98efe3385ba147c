"""Countries in groups that a person can look through."""

from web.documents.regions import ELSEWHERE, ORGANISATIONS, by_region
from workflow.reference import reference


def test_countries_are_grouped_by_region_and_keep_their_order() -> None:
    groups = by_region([("BRA", "Brazil"), ("IND", "India"), ("ARG", "Argentina")])

    countries = {name: [iso3 for iso3, _ in listed] for name, listed in groups}
    assert list(countries) == sorted(countries)
    assert ["BRA", "ARG"] in countries.values()
    assert ["IND"] in countries.values()


def test_what_is_in_no_region_stands_at_the_end() -> None:
    nowhere = next(iso3 for iso3, each in reference().countries.items() if not each.m49_region)

    groups = by_region([("a-fund", "A Fund"), (nowhere, "Nowhere"), ("BRA", "Brazil")])

    assert groups[1:] == (
        (ELSEWHERE, ((nowhere, "Nowhere"),)),
        (ORGANISATIONS, (("a-fund", "A Fund"),)),
    )


def test_small_letters_are_a_country_as_well_and_others_stand_beside_the_regions() -> None:
    groups = by_region([("bra", "Brazil"), ("a-fund", "A Fund"), ("arg", "Argentina")])

    assert [listed for _, listed in groups] == [
        (("bra", "Brazil"), ("arg", "Argentina")), (("a-fund", "A Fund"),),
    ]  # fmt: skip
