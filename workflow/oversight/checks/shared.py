"""What countries share as it is listed and found, compared with how it was confirmed, and made to follow again."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflow.sharing.content import Content
from workflow.sharing.entries import WITHDRAWN, key_of, list_anew
from workflow.sharing.models import SharedEntry, SharedFacet, SharedWording

_CONFIRMED = (
    select(SharedEntry, SharedWording.content)
    .outerjoin(
        SharedWording,
        and_(SharedWording.entry_id == SharedEntry.id, SharedWording.number == SharedEntry.wording),
    )
    .order_by(SharedEntry.id)
)


def astray(session: Session) -> tuple[int, ...]:
    """The numbers of entries that lists show or find by something else than was confirmed."""
    facets: dict[int, set[tuple[str, str]]] = {}
    for row in session.scalars(select(SharedFacet)):
        facets.setdefault(row.entry_id, set()).add((row.facet, row.value))
    found = []
    for entry, text in session.execute(_CONFIRMED):
        content = _said(entry, text)
        listed = (entry.title, entry.title_key, entry.search_text, entry.institution_id)
        if listed != _meant(content) or facets.pop(entry.id, set()) != _facets(content):
            found.append(entry.id)
    return (*found, *facets)


def make_follow(session: Session, numbers: Sequence[int]) -> None:
    """List these entries anew by what was confirmed of each."""
    if not numbers:
        return
    for entry, text in session.execute(_CONFIRMED.where(SharedEntry.id.in_(numbers))).all():
        list_anew(session, entry, _said(entry, text))


def _said(entry: SharedEntry, text: str | None) -> Content | None:
    return Content.read(text) if text and entry.state != WITHDRAWN else None


def _meant(content: Content | None) -> tuple[str, str, str, int | None]:
    if content is None:
        return "", "", "", None
    return content.title, key_of(content), content.searched, content.institution


def _facets(content: Content | None) -> set[tuple[str, str]]:
    return set(content.facets) if content else set()
