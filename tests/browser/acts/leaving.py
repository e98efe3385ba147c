"""Somebody comes into the office, signs one proposal, takes another, and leaves."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.browser.acts.consulting import CHECKED
from tests.browser.acts.opening import UNIT, Newcomer, arrive, invite
from tests.browser.acts.signing import find_in_queue
from tests.support.pages.somebody import Somebody

LENA = Newcomer("Lena", UNIT, ("Programme officer",))
OFFICE = f"Open Programme officer, {UNIT}"
ELIGIBLE = "Eligible: consult the pivotal countries"
WHY = "She goes to another office."


def come_and_go(people: Mapping[str, Somebody], signed: str, taken: str) -> None:
    """Lena screens what is titled `signed` and takes what is titled `taken`; Jane goes on with it."""
    lena = people["lena"]
    arrive(lena, LENA.name, urlsplit(invite(people["naledi"], LENA)).path)
    screen(find_in_queue(lena, signed))
    find_in_queue(lena, taken).press("I take this").choose(ELIGIBLE, *CHECKED)
    leave(people["naledi"], taken)
    turned_away(lena, taken)
    people["marie"].open("/histories").fill("Search title, countries or reference", signed)
    people["marie"].press("Search").follow(signed).reads("Lena", "unbroken")
    screen(find_in_queue(people["jane"], taken))


def screen(officer: Somebody) -> None:
    """Find a proposal eligible."""
    officer.choose(ELIGIBLE, *CHECKED).press(f"Sign as {UNIT}")
    officer.reads("Consultation of pivotal countries")


def leave(naledi: Somebody, taken: str) -> None:
    """The administrator ends the appointment, hands over what it leaves, and ends the access."""
    naledi.open("/office/people").fill("Name or e-mail address", LENA.email).press("Search")
    naledi.follow(LENA.name).follow(OFFICE).reads(taken)
    naledi.fill("Last day", datetime.now(UTC).date().isoformat()).press("End the appointment")
    naledi.follow(OFFICE).pick("To", "Jane Okello").fill("Reason", WHY, card="Hand it over")
    naledi.press("Hand over").misses(taken).follow(LENA.name)
    naledi.fill("Reason", WHY, card="End access").press("End access").reads("no access")


def turned_away(lena: Somebody, taken: str) -> None:
    """The next request is refused, and so is a sign-in with the password of before."""
    lena.press(f"Sign as {UNIT}", refused=403).reads("You are not signed in any more")
    lena.fill("E-mail address", LENA.email).fill(
        "Password", f"{LENA.name} has chosen this sentence"
    )
    lena.press("Sign in and send", refused=422).reads("do not belong together")
    lena.open("/queue").reads("Sign in").misses(taken)
