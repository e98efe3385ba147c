"""What every page may ask for: the person, the bar with its queue badge, the demonstration."""

from dataclasses import dataclass
from typing import Any

from babel import Locale
from flask import Flask, request
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf

from web.access import now, settings, visitor
from web.account.demo import demo_people
from web.frame import MOST_SHOWN, frame
from web.health.installation import TOLD
from web.health.readings import findings_lately
from web.intake.spoken import NAMES
from web.sentences.catalogue import said
from web.sentences.languages import offered
from workflow.health.findings import Finding
from workflow.people.appointments import AUDITOR
from workflow.phrase import to_say
from workflow.vocabulary import ADMINISTRATOR, OFFICERS

NAVIGATION = (
    ("/", to_say("Home")),
    ("/queue", to_say("Queue")),
    ("/programmes", to_say("Programmes")),
    ("/frameworks", to_say("Frameworks")),
    ("/lessons", to_say("Knowledge")),
    ("/histories", to_say("Histories")),
    ("/people", to_say("People")),
)
# The rooms under “Knowledge”, the first of which its entry leads to.
KNOWLEDGE = (
    ("/lessons", to_say("Lessons")),
    ("/solutions", to_say("Solutions")),
    ("/evaluations", to_say("Evaluations")),
)
# The rooms under “Frameworks”, the first of which its entry leads to, and what belongs to them besides.
FRAMEWORKS = (
    ("/frameworks", to_say("Frameworks")),
    ("/lead-groups", to_say("Lead groups")),
    ("/approaches", to_say("Approaches")),
    ("/meetings", to_say("Meetings")),
    ("/partners", to_say("Partners")),
)
BESIDE_FRAMEWORKS = ("/countries",)
# The entries under which several rooms lie, by the address of the first.
ROOMS = {
    KNOWLEDGE[0][0]: tuple(address for address, _ in KNOWLEDGE),
    FRAMEWORKS[0][0]: (*(address for address, _ in FRAMEWORKS), *BESIDE_FRAMEWORKS),
}
# What auditors find besides.
OVERSIGHT = ("/oversight", to_say("Oversight"))
# What officers of the Special Unit find besides.
DESK = ("/desk", to_say("Desk"))
# What administrators find besides.
OFFICE = ("/office", to_say("Office"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One noun in the bar."""

    address: str
    label: str
    current: bool


def register(app: Flask) -> None:
    """Hand these to every template."""
    app.context_processor(everywhere)
    app.jinja_env.globals.update(
        navigation=navigation,
        knowledge_rooms=knowledge_rooms,
        framework_rooms=framework_rooms,
        queue_badge=queue_badge,
        notices_badge=notices_badge,
        sees_health=sees_health,
        health_findings=health_findings,
        demo_people=demo_people,
        languages=languages,
        csrf_token=generate_csrf,
        read_at=now,
    )


def everywhere() -> dict[str, Any]:
    """The person, who the officers are, the settings and the language of this page."""
    locale = get_locale() or Locale("en")
    return {
        "person": visitor(),
        "officers": OFFICERS,
        "demo": settings().demo,
        "page_language": str(locale).replace("_", "-"),
        "direction": locale.text_direction,
    }


def navigation() -> tuple[Entry, ...]:
    """The nouns of the bar, the one this page belongs to marked."""
    someone = visitor()
    nouns = [*NAVIGATION]
    if someone and someone.holds(*OFFICERS):
        nouns.insert(2, DESK)
    if someone and someone.holds(AUDITOR):
        nouns.append(OVERSIGHT)
    if someone and someone.holds(ADMINISTRATOR):
        nouns.append(OFFICE)
    # The path of a request is looked up once for all of them.
    path = request.path
    return tuple(
        Entry(address, said(words), _is_at(path, *ROOMS.get(address, (address,))))
        for address, words in nouns
    )


def knowledge_rooms() -> tuple[Entry, ...]:
    """The rooms under “Knowledge”, the one this page belongs to marked."""
    return _rooms(KNOWLEDGE)


def framework_rooms() -> tuple[Entry, ...]:
    """The rooms under “Frameworks”, the one this page belongs to marked."""
    return _rooms(FRAMEWORKS)


def _rooms(listed: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    path = request.path
    return tuple(Entry(address, said(words), _is_at(path, address)) for address, words in listed)


def languages() -> dict[str, str]:
    """The languages that pages are translated into, each by its own name."""
    return {code: name for code, name in NAMES.items() if code in offered()}


def _is_at(path: str, *addresses: str) -> bool:
    """Whether a page lies at or below one of the addresses."""
    for address in addresses:
        if path == address or (address != "/" and path.startswith(f"{address}/")):
            return True
    return False


def queue_badge() -> str:
    """How many seats wait for the person; empty for none, and never more than 99+."""
    here = frame()
    return _capped(here.waiting) if here else ""


def notices_badge() -> str:
    """How many notices the person has not read; empty for none, and never more than 99+."""
    here = frame()
    return _capped(here.unread) if here else ""


def sees_health() -> bool:
    """Whether the page of health is open to the person."""
    someone = visitor()
    return someone is not None and someone.holds(*TOLD)


def health_findings() -> tuple[Finding, ...]:
    """What is wrong behind the pages, for those who can have it put right; nothing on its own page."""
    if not sees_health() or request.endpoint == "health.show":
        return ()
    return findings_lately()


def _capped(count: int) -> str:
    return f"{MOST_SHOWN}+" if count > MOST_SHOWN else str(count or "")
