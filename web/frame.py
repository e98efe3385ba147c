"""The frame of every page: what it says of the person, read once for each request."""

from web.access import engine, now, visitor
from web.page.kept import kept
from workflow.engine.page_frame import Frame
from workflow.engine.page_frame import frame as asked
from workflow.engine.queue.query import MOST_COUNTED
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition

MOST_SHOWN = MOST_COUNTED - 1
# The lifecycle whose words for roles the pages speak where no case is at hand.
SPEAKS_FOR_ROLES = "programme-standard"


def frame() -> Frame | None:
    """What waits for the signed-in person; nothing where nobody has signed in."""
    page = kept()
    if "frame" not in page:
        page.frame = _asked()
    found: Frame | None = page.frame
    return found


def _asked() -> Frame | None:
    someone = visitor()
    if someone is None:
        return None
    with engine().reading() as session:
        return asked(session, someone.id, SPEAKS_FOR_ROLES, now())


def role_labels() -> dict[str, str]:
    """The words for roles; none before a lifecycle is published."""
    spoken = _spoken()
    return {key: role.label for key, role in spoken.roles.items()} if spoken else {}


def document_labels() -> dict[str, str]:
    """The words for kinds of documents; none before a lifecycle is published."""
    spoken = _spoken()
    return {key: kind.label for key, kind in spoken.documents.items()} if spoken else {}


def answer_labels() -> dict[str, str]:
    """The words for answers because of which somebody is asked again, by their keys."""
    spoken = _spoken()
    rounds = spoken.rounds if spoken else {}
    named = {seat.of.split(":")[1] for each in rounds.values() for seat in each.rule.seats
             if seat.of.startswith("answered:")}  # fmt: skip
    return {key: v.label for each in named for key, v in rounds[each].rule.verdicts.items()}


def _spoken() -> Definition | None:
    said = frame()
    if said is not None:
        return engine().definition(said.definition_id) if said.definition_id else None
    try:
        return engine().published(SPEAKS_FOR_ROLES)[1]
    except NotFound:
        return None
