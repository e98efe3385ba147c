"""Papers kept from those who have not said yet that they have no interest in them.

Kept back are the texts and files that an open round is about: on its page, on their own pages and
as downloads. What a programme is called, who takes part in it, its history and what others
answered are not kept back, and neither is a text from whoever wrote it.
"""

from dataclasses import dataclass

from sqlalchemy import select

from workflow.engine import round_state
from workflow.engine.models import Document
from workflow.engine.pages.viewer import Desk
from workflow.engine.permissions import claims


@dataclass(frozen=True, slots=True)
class Withheld:
    """The seat at which the person has something to say first; `interest` says that they had one."""

    round_key: str
    turn: int
    seat: int
    interest: bool


def withheld(desk: Desk, kind: str) -> Withheld | None:
    """Why a kind of document is kept from the person; nothing where it is not."""
    for sitting in round_state.open_rounds(desk.session, desk.case.id):
        spec = desk.definition.rounds[sitting.key]
        if not spec.declares or kind not in spec.text or _wrote(desk, kind):
            continue
        own = [
            chair.id
            for chair in sitting.chairs
            if chair.role in spec.declares and desk.speaks(sitting.key, chair.place)
        ]
        said = claims.interests(desk.session, own) if own else {}
        for seat in own:
            interest = said.get((seat, desk.person))
            if interest is not False:
                return Withheld(sitting.key, sitting.turn, seat, bool(interest))
    return None


def _wrote(desk: Desk, kind: str) -> bool:
    wrote = select(Document.id).where(
        Document.case_id == desk.case.id,
        Document.kind == kind,
        Document.person_id == desk.person,
    )
    return desk.session.scalar(wrote.limit(1)) is not None
