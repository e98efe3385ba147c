"""One row of a file of programmes, read and found sound."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from workflow.audit import canonical
from workflow.people.parties import PartyFacts
from workflow.reference import Landing, reference
from workflow.search.key import fold

COLUMNS: Mapping[str, int] = {
    "id": 36,
    "title": 300,
    "fund": 120,
    "modality": 60,
    "lead_countries": 400,
    "beneficiary_countries": 800,
    "donors": 800,
    "executing_agency": 200,
    "sector": 120,
    "dac_sector_code": 5,
    "sdg": 60,
    "mdg": 30,
    "sdg_basis": 10,
    "approved": 10,
    "start": 10,
    "end": 10,
    "end_planned": 10,
    "budget_usd": 17,
    "budget_note": 200,
    "status": 40,
    "status_as_of": 10,
    "summary": 4000,
    "external_id": 200,
    "source": 1000,
    "confidence": 10,
}
"""The columns of the file in their order, each with its longest value."""

NOT_STATED = "not stated"
PORTION = 500

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as its file tells it; `cells` is the row as written, by column."""

    key: str
    leads: tuple[str, ...]
    beneficiaries: tuple[str, ...]
    donors: tuple[str, ...]
    agencies: tuple[str, ...]
    goals: tuple[tuple[str, int], ...]
    budget: Decimal | None
    cells: Mapping[str, str]

    @property
    def ref(self) -> str:
        """The reference of its case: the same for the same id, whenever it is imported."""
        return f"SSC-{self.key}"

    @property
    def digest(self) -> str:
        """What names this exact row: SHA-256 over its canonical form."""
        return canonical.digest(canonical.write(self.cells))

    def parties(self) -> tuple[tuple[str, PartyFacts], ...]:
        """Every party with the capacity in which it takes part."""
        named = {
            "lead": self.leads,
            "beneficiary": self.beneficiaries,
            "donor": self.donors,
            "executing_agency": self.agencies,
        }
        return tuple((part, party_of(name)) for part, names in named.items() for name in names)

    def landing(self, on: date) -> Landing:
        """The state it lands in, and why: by its status and, where that is silent, by its dates."""
        said = (self.cells["status"], self._dates(on))
        return next(
            landing
            for landing in reference().landings
            if landing.status == said[0] and landing.dates in {"any", said[1]}
        )

    def _dates(self, on: date) -> str:
        today, start, end = on.isoformat(), self.cells["start"], self.cells["end"]
        if end and end < today[: len(end)]:
            return "ended"
        return "begun" if start and start <= today[: len(start)] else "none"


def party_of(name: str) -> PartyFacts:
    """The party that a cell names: a country by its code, anything else as an organisation."""
    country = reference().countries.get(name)
    if country is not None:
        return PartyFacts(name.lower(), "country", country.name, name)
    return PartyFacts(_organisation_key(name), "organisation", name)


def _organisation_key(name: str) -> str:
    """A short key that no country has: the letters and digits of the name, joined by hyphens."""
    words = "".join(sign if sign.isalnum() else " " for sign in fold(name)).split()
    key = "-".join(words)
    if not key or len(key) > 80:
        key = f"{key[:60]}-{canonical.digest(name.encode())[:16]}"
    return f"{key}-organisation" if key.upper() in reference().countries else key


def portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """`items` in portions that every database takes in one statement."""
    return (items[start : start + PORTION] for start in range(0, len(items), PORTION))
