"""Papers kept from those who have not said yet that they have no interest in them.

Kept back are the texts and files that an open round is about: on its page, on their own pages and
as downloads. What a case is called, who takes part in it, its history and what others
answered are not kept back, and neither is a text from whoever wrote it.
"""

from dataclasses import dataclass

from sqlalchemy import select

from workflow.engine import round_state
from workflow.engine.document_models import Document
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions import claims


@dataclass(frozen=True, slots=True)
class Withheld:
    """The seat at which the person has something to say first; `interest` says that they had one."""

    round_key: str
    turn: int
    seat: int
    interest: bool


def withheld(viewer: CaseViewer, kind: str) -> Withheld | None:
    """Why a kind of document is kept from the person; nothing where it is not."""
    for round_ in round_state.open_rounds(viewer.session, viewer.case.id):
        spec = viewer.definition.rounds[round_.key]
        if not spec.declares or kind not in spec.text or _wrote(viewer, kind):
            continue
        own = [
            seat_state.id
            for seat_state in round_.seats
            if seat_state.role in spec.declares and viewer.speaks(round_.key, seat_state.place)
        ]
        said = claims.interests(viewer.session, own) if own else {}
        for seat in own:
            interest = said.get((seat, viewer.person))
            if interest is not False:
                return Withheld(round_.key, round_.turn, seat, bool(interest))
    return None


def _wrote(viewer: CaseViewer, kind: str) -> bool:
    wrote = select(Document.id).where(
        Document.case_id == viewer.case.id,
        Document.kind == kind,
        Document.person_id == viewer.person,
    )
    return viewer.session.scalar(wrote.limit(1)) is not None
