import csv
from itertools import pairwise
from pathlib import Path

import pytest

from workflow.reference import choices, reference
from workflow.search.key import fold

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "config" / "reference"
GIVEN = ROOT.parent / "shared" / "data"
VOCABULARIES = {
    "countries": 248,
    "regions": 5,
    "sdg_goals": 17,
    "mdg_goals": 8,
    "sectors": 295,
    "areas": 21,
    "frameworks": 7,
    "evaluation_criteria": 6,
    "ratings": 6,
}


@pytest.mark.parametrize(("vocabulary", "count"), VOCABULARIES.items())
def test_a_form_finds_its_choices(vocabulary: str, count: int) -> None:
    offered = choices(vocabulary)

    assert len(offered) == count
    assert len({value for value, _ in offered}) == count
    assert all(value and label for value, label in offered)


def test_an_unknown_vocabulary_is_a_bug() -> None:
    with pytest.raises(KeyError):
        choices("planets")


def test_the_reference_is_read_once() -> None:
    first = reference()

    second = reference()

    assert first is second


def test_nobody_can_change_it() -> None:
    countries = reference().countries

    with pytest.raises(TypeError):
        countries["XXX"] = countries["BRA"]


def test_countries_are_offered_in_the_order_that_a_reader_looks_for_them() -> None:
    labels = [label for _, label in choices("countries")]

    assert all(fold(one) <= fold(other) for one, other in pairwise(labels))
    assert labels.index("Åland Islands") < labels.index("Brazil")


def test_forty_four_countries_are_least_developed_today() -> None:
    countries = reference().countries.values()

    least = {c.iso3 for c in countries if c.ldc_since and not c.ldc_graduated}

    assert len(least) == 44
    assert "HTI" in least
    assert "BWA" not in least


def test_fifty_countries_were_least_developed_when_the_report_was_written() -> None:
    countries = reference().countries.values()

    then = [
        c
        for c in countries
        if c.ldc_since and c.ldc_since <= 2004 and not (c.ldc_graduated and c.ldc_graduated <= 2004)
    ]

    assert len(then) == 50


def test_groups_of_countries_are_kept() -> None:
    countries = reference().countries

    assert countries["BOL"].lldc
    assert countries["FJI"].sids
    assert not countries["BRA"].sids
    assert countries["BRA"].region == "Latin America and the Caribbean"
    assert countries["JPN"].region == ""


def test_every_region_lists_its_members() -> None:
    regions = reference().regions

    assert {name: len(members) for name, members in regions.items()} == {
        "Africa": 46,
        "Arab States": 20,
        "Asia and the Pacific": 39,
        "Europe and the CIS": 17,
        "Latin America and the Caribbean": 42,
    }


def test_the_third_framework_has_the_seven_areas_of_the_report() -> None:
    areas = [area.key for area in reference().areas.values() if area.of_third_framework]

    assert areas == [
        "ict",
        "distance-learning",
        "micro-credit",
        "diseases-of-the-poor",
        "hiv-aids",
        "small-medium-enterprises",
        "trade",
    ]


@pytest.mark.parametrize(
    ("code", "area"),
    [
        ("22040", "ict"),
        ("24040", "micro-credit"),
        ("24030", "infrastructure-industry"),
        ("12262", "diseases-of-the-poor"),
        ("12220", "health"),
        ("13040", "hiv-aids"),
        ("13020", "health"),
        ("32130", "small-medium-enterprises"),
        ("33110", "trade"),
        ("43060", "disaster"),
        ("43010", "ssc-management"),
        ("99999", "multisector"),
    ],
)
def test_the_longest_prefix_decides_the_area(code: str, area: str) -> None:
    assert reference().area_of(code) == area


def test_every_purpose_code_in_force_falls_into_an_area() -> None:
    known = reference()
    prefixes = [prefix for area in known.areas.values() for prefix in area.prefixes]

    homeless = [code for code in known.sectors if not code.startswith(tuple(prefixes))]

    assert homeless == []


def test_no_prefix_belongs_to_two_areas() -> None:
    prefixes = [prefix for area in reference().areas.values() for prefix in area.prefixes]

    assert len(prefixes) == len(set(prefixes))


def test_every_real_programme_falls_into_an_area() -> None:
    known = reference()
    with (HERE / "programmes.csv").open(encoding="utf-8", newline="") as file:
        codes = [row["dac_sector_code"] for row in csv.DictReader(file)]

    areas = {known.area_of(code) for code in codes}

    assert len(codes) == 109
    assert "multisector" not in areas


def test_no_pivotal_country_and_no_country_of_the_south_is_a_traditional_donor() -> None:
    known = reference()

    assert len(known.donors) == 32
    assert not known.donors & known.pivotal.keys()
    assert known.donors <= known.countries.keys()


def test_seven_countries_are_named_as_pivotal() -> None:
    assert set(reference().pivotal) == {"BRA", "CHN", "IND", "ZAF", "THA", "MYS", "MAR"}


def test_every_landing_says_why() -> None:
    landings = reference().landings

    assert len({(landing.status, landing.dates) for landing in landings}) == len(landings)
    assert all(landing.why.endswith(".") for landing in landings)


@pytest.mark.parametrize("name", ["programmes.csv", "frameworks.csv", "pivotal_countries.csv"])
def test_the_real_data_are_carried_over_unchanged(name: str) -> None:
    given = GIVEN / "real" / name
    if not given.exists():
        pytest.skip(f"{name} cannot be compared here: the material it came from is not at hand.")

    assert (HERE / name).read_bytes() == given.read_bytes()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Türkiye", "turkiye"),
        ("  São   Nicolau ", "sao nicolau"),
    ],
)
def test_folding_drops_marks_capitals_and_doubled_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded
