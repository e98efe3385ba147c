"""The frame of every page: what it says of the person, read once for each request."""

from collections.abc import Sequence

from web.access import engine, now, visitor
from web.page.kept import kept
from workflow.engine.offers.queries import Mark, mark
from workflow.engine.page_frame import Frame
from workflow.engine.page_frame import frame as asked
from workflow.engine.queue.query import MOST_COUNTED
from workflow.ledger.certification.queue import waiting_movements
from workflow.lifecycles.definition import Definition

MOST_SHOWN = MOST_COUNTED - 1
_HEARD_AGAIN: dict[str, tuple[str, ...]] = {}


def frame() -> Frame | None:
    """What waits for the signed-in person, money to certify among it; nothing where nobody has signed in."""
    page = kept()
    if "frame" not in page:
        page.frame = _asked()
    found: Frame | None = page.frame
    return found


def _asked() -> Frame | None:
    someone = visitor()
    if someone is None:
        return None
    at = now()
    with engine().reading() as session:
        money = waiting_movements(session, someone.id, someone.offices, at, MOST_COUNTED)
        return asked(session, someone.id, at, money)


def role_labels() -> dict[str, str]:
    """The words for roles; none before a lifecycle is published."""
    return {key: role.label for each in _spoken() for key, role in each.roles.items()}


def glossed(text: str) -> str:
    """A text of a lifecycle that was written down in English, in the words of the page where there are any."""
    page = kept()
    if "glossaries" not in page:
        page.glossaries = [each.glossary for each in reversed(_spoken()) if each.glossary]
    return next((each[text] for each in page.glossaries if text in each), text)


def in_words_of(*followed: Definition) -> None:
    """Have this page, which is about cases, speak in the words of the versions that these follow.

    Of two words that of the first counts; what none of them has a word for is called as on every other
    page. What the reader holds is called so as well: nothing on the page changes with a publication.
    """
    page = kept()
    page.followed = followed
    for gathered in ("role_labels", "answer_labels", "glossaries"):
        page.pop(gathered, None)


def answer_labels() -> dict[str, str]:
    """The words for answers because of which somebody is asked again, by their keys."""
    found: dict[str, str] = {}
    for spoken in _spoken():
        verdicts = (spoken.rounds[each].rule.verdicts for each in _heard_again(spoken))
        found |= {key: verdict.label for each in verdicts for key, verdict in each.items()}
    return found


def _heard_again(definition: Definition) -> tuple[str, ...]:
    """The rounds because of whose answers somebody is asked again; the same for every page and language."""
    if definition.digest not in _HEARD_AGAIN:
        named = {
            seat.of.split(":")[1]
            for each in definition.rounds.values()
            for seat in each.rule.seats
            if seat.of.startswith("answered:")
        }
        _HEARD_AGAIN[definition.digest] = tuple(sorted(named))
    return _HEARD_AGAIN[definition.digest]


def _spoken() -> Sequence[Definition]:
    """The lifecycles whose words a page speaks: what its cases follow, then those offered, in their order.

    The last of these counts with whoever puts them into one table. Versions that are no more offered, or not
    yet, have words for what the others do not know.
    """
    said = frame()
    until = _register() if said is None else said.register
    followed: tuple[Definition, ...] = kept().get("followed", ())
    return tuple(reversed((*followed, *engine().every_until(until))))


def _register() -> Mark:
    with engine().reading() as session:
        return mark(session)


def lifecycles() -> Sequence[Definition]:
    """The lifecycles that are offered, in their order; what was read for the frame is not read again."""
    said = frame()
    found = engine().offered() if said is None else engine().offered_until(said.register)
    return [read for _, read in found]
