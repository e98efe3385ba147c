"""Parties: the countries, organisations and offices that can hold a role."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from workflow.errors import NotFound
from workflow.free_text import kept_line
from workflow.people.models import Party
from workflow.phrase import phrase
from workflow.reference import reference

COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party as it is to be known; a country's key is its ISO code in small letters."""

    key: str
    kind: str
    name: str
    iso3: str | None = None
    executes: bool = False
    gives: bool = False
    sort: str = ""


def ensure_party(session: Session, key: str, kind: str, name: str, iso3: str | None = None) -> int:
    """The id of the party called `key`, which is entered if it is not there yet."""
    return ensure_parties(session, [PartyFacts(key, kind, name, iso3)])[key]


def ensure_parties(session: Session, parties: Iterable[PartyFacts]) -> dict[str, int]:
    """The ids by key of all `parties`; those that are not there yet are entered in one go."""
    wanted = {facts.key: facts for facts in parties}
    known = known_among(session, wanted)
    missing = [facts for key, facts in wanted.items() if key not in known]
    if not missing:
        return known
    session.execute(insert(Party), [_row(facts) for facts in missing])
    return known | known_among(session, [facts.key for facts in missing])


def known_among(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """The ids of the parties called `keys`, asked for in portions that every database takes."""
    listed = list(keys)
    found: dict[str, int] = {}
    for start in range(0, len(listed), 500):
        portion = Party.key.in_(listed[start : start + 500])
        found |= dict(session.execute(select(Party.key, Party.id).where(portion)).all())
    return found


def known_party(session: Session, key: str) -> int:
    """The id of the party called `key`, or of a country by its three letters, entered if need be.

    Refuses a key that belongs to neither.
    """
    key = key.strip().lower()
    country = reference().countries.get(key.upper())
    if country is not None:
        return ensure_party(session, key, COUNTRY, country.name, country.iso3)
    return party_called(session, key)


def party_called(session: Session, key: str) -> int:
    """The id of the party called `key`; refuses a key that belongs to none."""
    found = session.scalar(select(Party.id).where(Party.key == key))
    if found is None:
        raise NotFound(phrase("There is no party called %(key)s.", key=key))
    return found


def _row(facts: PartyFacts) -> dict[str, Any]:
    return {**asdict(facts), "name": kept_line(facts.name, "party_name")}
