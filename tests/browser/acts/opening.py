"""An administrator opens an office: countries, parties, the Board, a framework, people."""

from dataclasses import dataclass

from tests.support.pages.somebody import Somebody

FRAMEWORK = "Cooperation framework for health"
AGENCY = "World Health Organization"
UNIT = "Special Unit for South-South Cooperation"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be invited, and the offices that they are to hold."""

    name: str
    party: str
    roles: tuple[str, ...]

    @property
    def email(self) -> str:
        """The address that they sign in with."""
        return f"{self.name.lower()}@office.example"


def designate(root: Somebody, country: str) -> None:
    """Name a pivotal country, and note that it wants to lead in health."""
    root.open("/office/pivotal").pick("Country", country).fill("Pivotal since", "2026-01-01")
    root.fill("Evidence", "DP/2004/26, paragraph 12").press("Name it as pivotal")
    root.pick("Area", "Health", card="It answered")
    root.pick("Answer", "wants to lead", card="It answered")
    root.press("Note the answer").reads("wants to lead")


def enter_parties(root: Somebody, *countries: str) -> None:
    """Enter the countries of the list, and an agency that may execute programmes."""
    for country in countries:
        root.open("/office/parties").pick("Country", country).press("Enter the country")
    root.open("/office/parties").fill("Key", "who").fill("Name", AGENCY)
    root.pick("Kind", "Agency: it executes programmes").choose("It may execute programmes")
    root.press("Enter the party").reads("The party is entered.")


def seat_board(root: Somebody, chair: str, member: str) -> None:
    """Enter the Board, and give it a chair and a member."""
    root.open("/office/bodies").fill("Key", "board").fill("Name", "Executive Board")
    root.pick("Kind", "Board: it decides").fill("Quorum", "2")
    root.press("Enter the body").reads("It has no chair.")
    for party, place in ((chair, "Chair"), (member, "Member")):
        root.pick("Party", party, card="Give a seat").pick("Seat", place, card="Give a seat")
        root.press("Give the seat")
    root.misses("It has no chair.")


def enter_framework(root: Somebody) -> None:
    """Enter the framework of the Board by the way that the set-up page points out."""
    root.open("/office/setup").follow("Enter a framework")
    root.fill("Key", "cf-health").fill("Title", FRAMEWORK).choose("Health")
    root.pick("Kind", "Cooperation framework")
    root.fill("In force from", "2026-01-01").fill("In force to", "2029-12-31")
    root.pick("Body", "Executive Board").press("Enter it").reads("It is entered.")


def invite(root: Somebody, newcomer: Newcomer) -> str:
    """Enter somebody and appoint them; returns the link by which they choose a password."""
    root.open("/office/people/new").fill("Name", newcomer.name)
    root.fill("E-mail address", newcomer.email).press("Enter")
    link = root.kept("The link, shown this once")
    root.follow(f"Go on to {newcomer.name}")
    for role in newcomer.roles:
        root.follow("Appoint").pick("Role", role).pick("For whom", newcomer.party)
        root.press("Appoint").reads("The appointment is made.")
    return link


def arrive(newcomer: Somebody, name: str, address: str) -> None:
    """Open the link of an invitation, and choose a password."""
    own = f"{name} has chosen this sentence"
    newcomer.open(address).fill("New password", own).fill("The same again", own)
    newcomer.press("Keep it and sign in")
