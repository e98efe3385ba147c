"""Parties that come without being described: with an import or a proposal, or a country from the list."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import PartyDescribed
from workflow.errors import NotFound
from workflow.free_text import kept_line
from workflow.people.parties import (
    COUNTRY,
    PartyFacts,
    ensure_parties,
    known_among,
    known_party,
)
from workflow.people.register import registered, registered_together
from workflow.phrase import phrase
from workflow.reference import reference


def bring_parties(
    session: Session, parties: Iterable[PartyFacts], *, came: str, by: int | None, now: datetime
) -> dict[str, int]:
    """The ids by key of all `parties`; those that were not there yet are told on the register.

    `came` says with what they come: an import, a proposal, an amendment, or the placing of a record.
    """
    wanted = {facts.key: facts for facts in parties}
    before = known_among(session, wanted)
    found = ensure_parties(session, wanted.values())
    fresh = [each for each in wanted.values() if each.key not in before]
    registered_together(session, [Fact(_described(facts, came), by, now) for facts in fresh])
    return found


def bring_countries(
    session: Session, keys: Iterable[str], *, came: str, by: int | None, now: datetime
) -> None:
    """Enter and tell those of the countries called `keys` that are not parties yet; others are left.

    The key of a country is its code in small letters.
    """
    named = {key: reference().countries.get(key.upper()) for key in keys if key == key.lower()}
    countries = [
        PartyFacts(key, COUNTRY, country.name, country.iso3)
        for key, country in named.items()
        if country is not None
    ]
    bring_parties(session, countries, came=came, by=by, now=now)


def enter_country(session: Session, code: str, *, by: int | None, now: datetime) -> int:
    """Enter a country from the reference list by its three letters, once; refuses other letters."""
    key = code.strip().lower()
    country = reference().countries.get(key.upper())
    if country is None:
        raise NotFound(phrase("There is no party called %(key)s.", key=key))
    facts = PartyFacts(key, COUNTRY, country.name, country.iso3)
    known = known_among(session, [key]).get(key)
    if known is not None:
        return known
    party = ensure_parties(session, [facts])[facts.key]
    registered(session, Fact(_described(facts), by, now))
    return party


def named_party(session: Session, key: str, *, by: int | None, now: datetime) -> int:
    """The id of the party called `key`, or of a country, which is entered and told if need be.

    Refuses a key that belongs to neither.
    """
    if key.strip().upper() in reference().countries:
        return enter_country(session, key, by=by, now=now)
    return known_party(session, key)


def _described(facts: PartyFacts, came: str = "") -> PartyDescribed:
    """What is told of a party that nobody has described yet."""
    return PartyDescribed(
        party=facts.key,
        kind=facts.sort or facts.kind,
        name=kept_line(facts.name, "party_name"),
        executes=facts.executes,
        gives=facts.gives,
        languages="",
        contact="",
        came=came,
    )
