"""Reference data: countries, goals, sectors, areas and scales, read once from config/reference."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from workflow.search.key import fold

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area with its groups; years say when it was listed as least developed.

    `subregion` is the smallest region of the United Nations Statistics Division that it lies in.
    """

    iso3: str
    iso2: str
    m49: str
    name: str
    m49_region: str
    subregion: str
    region: str
    ldc_since: int | None
    ldc_graduated: int | None
    lldc: bool
    sids: bool


@dataclass(frozen=True, slots=True)
class Sector:
    """A purpose code of the OECD DAC that is in force."""

    code: str
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Area:
    """A thematic area and the purpose codes, by prefix, that fall into it."""

    key: str
    label: str
    prefixes: tuple[str, ...]
    seed_paragraph: str

    @property
    def of_third_framework(self) -> bool:
        """Whether the 2004 report names it as an area of the third framework."""
        return self.seed_paragraph != ""


@dataclass(frozen=True, slots=True)
class Pivotal:
    """A country named as pivotal, and where it was named."""

    iso3: str
    named_in: str
    meeting: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Landing:
    """The state that an imported programme lands in, by its status and what its dates say."""

    status: str
    dates: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything that the files say; `donors` are the members of the OECD DAC, by country code.

    `groupings` are called by their keys, and `memberships` rows about who belongs to them.
    """

    countries: Mapping[str, Country]
    regions: Mapping[str, tuple[str, ...]]
    subregions: Mapping[str, tuple[str, ...]]
    groupings: Mapping[str, str]
    memberships: tuple[Mapping[str, str], ...]
    goals: Mapping[str, Mapping[int, str]]
    sectors: Mapping[str, Sector]
    areas: Mapping[str, Area]
    donors: frozenset[str]
    pivotal: Mapping[str, Pivotal]
    frameworks: tuple[Mapping[str, str], ...]
    funds: tuple[Mapping[str, str], ...]
    extensions: Mapping[str, str]
    landings: tuple[Landing, ...]
    criteria: tuple[tuple[str, str], ...]
    ratings: tuple[tuple[str, str], ...]

    @property
    def entered_frameworks(self) -> tuple[Mapping[str, str], ...]:
        """The frameworks and the funds, each as it is entered from here."""
        return (*self.frameworks, *self.funds)

    def is_developing(self, iso3: str | None) -> bool:
        """Whether a country takes part in South-South cooperation: of a region, and no donor."""
        country = self.countries.get(iso3 or "")
        return country is not None and country.region != "" and country.iso3 not in self.donors

    def by_region(
        self, countries: Iterable[tuple[str | None, str]]
    ) -> Mapping[str, tuple[str, ...]]:
        """Who of these countries of the South, each with its name, lies in which region, by region."""
        found: dict[str, dict[str, None]] = {}
        for iso3, name in countries:
            if iso3 and self.is_developing(iso3):
                found.setdefault(self.countries[iso3].region, {})[name] = None
        return {region: tuple(found[region]) for region in sorted(found)}

    def area_of(self, sector_code: str) -> str:
        """The area that a purpose code falls into: the longest prefix wins."""
        fits = [
            (len(prefix), area.key)
            for area in self.areas.values()
            for prefix in area.prefixes
            if sector_code.startswith(prefix)
        ]
        return max(fits)[1] if fits else "multisector"


@cache
def reference() -> Reference:
    """The reference data, read once and the same for everybody."""
    countries = _countries()
    return Reference(
        countries=MappingProxyType(countries),
        regions=MappingProxyType(_members(countries.values(), lambda each: each.region)),
        subregions=MappingProxyType(_members(countries.values(), lambda each: each.subregion)),
        groupings=MappingProxyType({row["key"]: row["label"] for row in _rows("groupings")}),
        memberships=tuple(MappingProxyType(row) for row in _rows("grouping_members")),
        goals=MappingProxyType({"sdg": _goals("sdg_goals"), "mdg": _goals("mdg_goals")}),
        sectors=MappingProxyType({row["code"]: Sector(**row) for row in _rows("sectors")}),
        areas=MappingProxyType({row["key"]: _area(row) for row in _rows("areas")}),
        donors=frozenset(row["iso3"] for row in _rows("donor_countries")),
        pivotal=MappingProxyType(
            {row["iso3"]: Pivotal(*row.values()) for row in _rows("pivotal_countries")}
        ),
        frameworks=tuple(MappingProxyType(row) for row in _rows("frameworks")),
        funds=tuple(MappingProxyType(row) for row in _rows("funds")),
        extensions=MappingProxyType(
            {row["framework"]: row["year"] for row in _rows("framework_extensions")}
        ),
        landings=tuple(Landing(**row) for row in _rows("import_status")),
        criteria=tuple((row["key"], row["label"]) for row in _rows("criteria")),
        ratings=tuple((row["value"], row["label"]) for row in _rows("ratings")),
    )


@cache
def choices(vocabulary: str) -> Choices:
    """The (value, label) pairs that a form offers for `vocabulary`."""
    known = reference()
    offered: Mapping[str, Choices] = {
        "countries": _by_label((c.iso3, c.name) for c in known.countries.values()),
        "regions": tuple((name, name) for name in known.regions),
        "subregions": tuple((name, name) for name in known.subregions),
        "sdg_goals": _numbered(known.goals["sdg"]),
        "mdg_goals": _numbered(known.goals["mdg"]),
        "sectors": tuple((s.code, f"{s.code} {s.name}") for s in known.sectors.values()),
        "areas": tuple((area.key, area.label) for area in known.areas.values()),
        "frameworks": tuple((row["id"], _framework(row)) for row in known.frameworks),
        "evaluation_criteria": known.criteria,
        "ratings": known.ratings,
    }
    return offered[vocabulary]


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("config") / "reference" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _countries() -> dict[str, Country]:
    return {row["iso3"]: _country(row) for row in _rows("countries")}


def _country(row: Mapping[str, str]) -> Country:
    return Country(
        iso3=row["iso3"],
        iso2=row["iso2"],
        m49=row["m49"],
        name=row["name"],
        m49_region=row["m49_region"],
        subregion=row["m49_subregion"],
        region=row["unossc_region"],
        ldc_since=int(row["ldc_since"]) if row["ldc_since"] else None,
        ldc_graduated=int(row["ldc_graduated"]) if row["ldc_graduated"] else None,
        lldc=row["lldc"] == "1",
        sids=row["sids"] == "1",
    )


def _area(row: Mapping[str, str]) -> Area:
    prefixes = tuple(filter(None, row["dac_prefixes"].split(";")))
    return Area(row["key"], row["label"], prefixes, row["seed_paragraph"])


def _framework(row: Mapping[str, str]) -> str:
    """The title with the period: three frameworks in a row are called the same."""
    return f"{row['title']}, {row['period_start']}–{row['period_end']}"


def _goals(name: str) -> Mapping[int, str]:
    return MappingProxyType({int(row["number"]): row["title"] for row in _rows(name)})


def _members(
    countries: Iterable[Country], lies_in: Callable[[Country], str]
) -> dict[str, tuple[str, ...]]:
    """The countries of each region, by region in alphabetical order."""
    listed = list(countries)
    names = sorted({lies_in(country) for country in listed} - {""})
    return {name: tuple(c.iso3 for c in listed if lies_in(c) == name) for name in names}


def _by_label(pairs: Iterable[tuple[str, str]]) -> Choices:
    return tuple(sorted(pairs, key=lambda pair: fold(pair[1])))


def _numbered(goals: Mapping[int, str]) -> Choices:
    return tuple((str(number), f"{number}. {title}") for number, title in goals.items())
