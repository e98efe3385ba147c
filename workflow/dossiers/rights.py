"""What of a history goes into the dossier of whoever asks for it: what they may read, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.pages.papers import readable
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.event_sight import is_open, keeps_reason
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotAuthorised
from workflow.history.reader import spoken_by
from workflow.history.recorded import Recorded
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class DossierRights:
    """Whose rights a dossier is made with; nobody's where whoever runs the installation asks.

    `papers` are the digests that may be read, by kind of document; None is every one.
    """

    sight: CaseSight | None = None
    papers: Mapping[str, frozenset[str]] | None = None

    @property
    def kinds(self) -> list[str] | None:
        """The kinds of documents whose texts and files go in; None is every one."""
        return None if self.papers is None else sorted(self.papers)

    def event(self, event: Recorded) -> bool:
        """Whether the event is told in words."""
        return self.sight is None or is_open(self.sight, event)

    def private(self, event: Recorded) -> bool:
        """Whether the private texts of an event go in."""
        if self.sight is None:
            return True
        return is_open(self.sight, event) and not keeps_reason(self.sight, event)

    def paper(self, digest: str) -> bool:
        """Whether the text or file with this digest goes in."""
        return self.papers is None or any(digest in group for group in self.papers.values())


def rights(
    session: Session, engine: Engine, case: LifecycleCase, person: int | None, now: datetime
) -> DossierRights:
    """The rights of a person to the dossier of a case that they may know of.

    Refuses whoever takes no part in it: its events alone say who answered what.
    """
    if person is None:
        return DossierRights()
    definition = spoken_by(session, engine, case.definition_id)
    sight = CaseSight.of_case(session, definition, (case.id, case.ref), person, now)
    if not sight.whole:
        raise NotAuthorised(
            phrase("A dossier is for those who take part in the programme, and for auditors.")
        )
    if sight.standing.audits or case.definition_id is None:
        return DossierRights(sight)
    row = visible_case(session, case.ref, person, now)
    return DossierRights(sight, readable(CaseViewer.of(session, engine, row, person, now)))
