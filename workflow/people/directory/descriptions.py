"""Parties entered and changed by hand: what kind each is, whether it executes, and whether it gives."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.house import PartyDescribed
from workflow.errors import Invalid, NotFound
from workflow.free_text import kept_line, kept_prose
from workflow.people.models import Party
from workflow.people.parties import COUNTRY, PartyFacts, ensure_parties
from workflow.people.register import registered
from workflow.phrase import Phrase, phrase, together
from workflow.reference import reference

AGENCY, DONOR, ORGANISATION = "agency", "donor", "organisation"
FOUNDATION, PRIVATE = "foundation", "private_sector"
# Kinds that are entered by hand: countries come from the reference list, offices with the house.
ENTERED = (ORGANISATION, AGENCY, DONOR, FOUNDATION, PRIVATE)
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A party as somebody describes it; `languages` are codes, separated by blanks."""

    kind: str
    name: str
    executes: bool = False
    gives: bool = False
    languages: str = ""
    contact: str = ""


def is_donor(kind: str, iso3: str | None, *, gives: bool) -> bool:
    """Whether a party gives money to the programmes of others: a donor country, or one that gives."""
    return gives or (kind == COUNTRY and iso3 in reference().donors)


def enter_party(
    session: Session, key: str, described: Described, *, by: int | None, now: datetime
) -> int:
    """Enter a party that is not in the reference list of countries, and return its id.

    Refuses a key that is malformed, taken or a country's, and a part that its kind cannot have.
    """
    key = key.strip().lower()
    faults = _faults(described)
    if not KEY.fullmatch(key):
        faults["key"] = phrase("A key has 2 to 40 small letters, digits and hyphens.")
    elif key.upper() in reference().countries:
        faults["key"] = phrase("These are the letters of a country; choose it from the list.")
    elif session.scalar(select(Party.id).where(Party.key == key)):
        faults["key"] = phrase("A party called %(key)s is entered already.", key=key)
    if described.kind not in ENTERED:
        faults["kind"] = phrase("Choose what kind of party it is.")
    _refuse(faults)
    facts = PartyFacts(key, ORGANISATION, described.name)
    party = session.get_one(Party, ensure_parties(session, [facts])[key])
    _describe(session, party, described, by, now)
    return party.id


def describe_party(
    session: Session, party_id: int, described: Described, *, by: int | None, now: datetime
) -> None:
    """Change what is known of a party; a country and an office keep their kind and their name."""
    party = session.get(Party, party_id, with_for_update=True)
    if party is None:
        raise NotFound(phrase("There is no such party."))
    faults = _faults(described)
    own = party.kind == ORGANISATION
    if (described.kind not in ENTERED) if own else (described.kind != party.kind):
        faults["kind"] = phrase("A country and an office stay what they are.")
    _refuse(faults)
    _describe(session, party, described, by, now)


def _describe(
    session: Session, party: Party, described: Described, by: int | None, now: datetime
) -> None:
    if party.kind == ORGANISATION:
        party.name = kept_line(described.name, "name")
        party.sort = "" if described.kind == ORGANISATION else described.kind
    party.executes, party.gives = described.executes, described.gives
    party.languages = " ".join(described.languages.split())
    party.contact = kept_prose(described.contact, "contact")
    session.flush()
    told = PartyDescribed(
        party=party.key,
        kind=party.sort or party.kind,
        name=party.name,
        executes=party.executes,
        gives=party.gives,
        languages=party.languages,
        contact=party.contact,
    )
    registered(session, Fact(told, by, now))


def _faults(described: Described) -> dict[str, Phrase]:
    """What is wrong with a description, by its fields."""
    faults: dict[str, Phrase] = {}
    if not 1 <= len(kept_line(described.name, "name")) <= 200:
        faults["name"] = phrase("A name has between 1 and 200 characters.")
    if described.executes and described.kind not in (AGENCY, ORGANISATION, FOUNDATION, PRIVATE):
        faults["executes"] = phrase("A country, a donor and an office execute no programme.")
    if described.kind == AGENCY and not described.executes:
        faults["executes"] = phrase("An agency is a party that may execute programmes.")
    if described.gives and described.kind in (COUNTRY, "office"):
        faults["gives"] = phrase("Which countries are donors is known from the reference list.")
    if described.kind == DONOR and not described.gives:
        faults["gives"] = phrase("A donor is a party that gives.")
    unknown = set(described.languages.split()) - set(LANGUAGES)
    if unknown:
        faults["languages"] = phrase(
            "Languages are among these: %(known)s.", known=" ".join(LANGUAGES)
        )
    return faults


def _refuse(faults: dict[str, Phrase]) -> None:
    if faults:
        raise Invalid(together(faults.values()), faults)
