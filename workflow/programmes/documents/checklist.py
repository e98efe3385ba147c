"""The documents of a programme: what is filed, and what is missing for the next step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.commands import file_document
from workflow.engine.documents import bound_content
from workflow.engine.documents.bound_content import FiledVersion
from workflow.engine.permissions import participants
from workflow.engine.rounds import decision
from workflow.engine.rounds.decision import Gap
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.phrase import Phrase
from workflow.programmes.documents.attachments import AttachedFile, attached
from workflow.programmes.documents.versions import readable_versions
from workflow.programmes.visible_case import VisibleCase
from workflow.reading import asked_once


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of document as it stands: its newest version, if it has a form, and its files."""

    kind: str
    label: str
    version: int
    person: str
    filed_at: datetime | None
    files: tuple[AttachedFile, ...]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that the next step needs and that is not complete.

    `writable` says that the person may write it now; `writers` names whose it is to write.
    """

    kind: str
    label: str
    form: bool
    step: str
    gaps: tuple[Phrase, ...]
    writable: bool
    writers: tuple[tuple[str, str], ...]


def papers(session: Session, case: VisibleCase) -> tuple[Paper, ...]:
    """Every document that was filed and the person may read, in the order of the definition."""
    newest = bound_content.newest(session, case.id)
    files = attached(session, case, list(case.definition.documents))
    found = []
    for kind in case.definition.documents.values():
        own = tuple(each for each in files if each.kind == kind.key)
        filed = _readable(session, case, kind.key, newest.get(kind.key))
        if filed:
            found.append(Paper(kind.key, kind.label, filed.version, filed.person, filed.at, own))
        elif own:
            found.append(Paper(kind.key, kind.label, 0, "", None, own))
    return tuple(found)


def _readable(
    session: Session, case: VisibleCase, kind: str, newest: FiledVersion | None
) -> FiledVersion | None:
    """The newest version that the person may read: what others are writing now is not among them."""
    if newest is None or not (case.sight.text(kind) or case.sight.writes(case.kind(kind))):
        return None
    if case.sight.paper(kind, newest.seq, None):
        return newest
    older = readable_versions(session, case, kind)[:1]
    return next((FiledVersion(v.version, v.digest, v.person, v.at, v.seq) for v in older), None)


def lacking(session: Session, case: VisibleCase) -> tuple[Lacking, ...]:
    """What the decisions that are open now need and do not have, for those who take part."""
    if not case.sight.whole:
        return ()
    steps: dict[str, str] = {}
    anew: dict[str, tuple[Gap, ...]] = {}
    for round_ in round_state.open_among_all(session, case.id):
        for verdict in case.definition.rounds[round_.key].rule.verdicts.values():
            for need in verdict.needs:
                steps.setdefault(need, verdict.label)
            owed = decision.not_anew(session, case.id, case.definition, verdict, round_.opened_at)
            anew |= {key: (gap,) for key, gap in owed.items()}
    gaps = decision.gaps(session, case.id, case.definition, tuple(steps))
    return tuple(
        _lacking(session, case, case.definition.documents[need], step, lacks)
        for need, step in steps.items()
        if (lacks := gaps[need] or anew.get(need, ()))
    )


def _lacking(
    session: Session, case: VisibleCase, kind: DocumentKind, step: str, gaps: tuple[Gap, ...]
) -> Lacking:
    at = case.definition.states[case.state], case.footing, case.definition.subject
    barred = file_document.writing_barred(session, kind, at, case.id, case.offices, case.today)
    return Lacking(
        kind=kind.key,
        label=kind.label,
        form=bool(kind.sections),
        step=step,
        gaps=tuple(gap.lacks for gap in gaps),
        writable=barred is None,
        writers=tuple(_writers(session, case, kind)),
    )


def _writers(session: Session, case: VisibleCase, kind: DocumentKind) -> Iterator[tuple[str, str]]:
    """Whose the document is to write, as (role, party)."""
    for spec in kind.written_by:
        found = participants.parties(session, case.id, spec.of, case.today)
        for name in _names(session, tuple(party for party, _ in found)):
            yield case.definition.roles[spec.role].label, name


@asked_once
def _names(session: Session, parties: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(session.connection().scalars(_CALLED, {"parties": [*parties]}))


_CALLED = (
    select(Party.name)
    .where(Party.id.in_(bindparam("parties", expanding=True)))
    .order_by(Party.name)
)
