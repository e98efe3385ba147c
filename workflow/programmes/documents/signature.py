"""The signature that a writer gives under a document: which seat, what it says, what bars it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.permissions import context
from workflow.engine.permissions.check import objections
from workflow.engine.round_state import Chair, Sitting
from workflow.engine.rounds import decision
from workflow.lifecycles.definition import DocumentKind, Part, RoundSpec, Verdict
from workflow.programmes.visible_case import VisibleCase


@dataclass(frozen=True, slots=True)
class Signing:
    """One open seat on which a writer of the document may sign it off.

    `gaps` names what is missing before that is possible; `barred` says why this person may not.
    """

    round: str
    asks: str
    verdict: Verdict
    seat: int
    role: str
    party: str
    digest: str
    due: datetime | None
    if_silent: str
    signed: bool
    gaps: tuple[str, ...]
    barred: tuple[str, ...]


def signing(
    session: Session, case: VisibleCase, kind: DocumentKind, now: datetime
) -> Signing | None:
    """The open seat under this document that its writers hold; none where others decide on it."""
    for spec in case.definition.rounds_in(case.state):
        verdict = _verdict(spec, kind)
        sitting = round_state.latest(session, case.id, spec.key) if verdict else None
        if verdict is None or sitting is None or sitting.status != "open":
            continue
        chair = _chair(case, kind, sitting)
        if chair is not None:
            return _told(session, case, spec, (verdict, sitting, chair), now)
    return None


def _verdict(spec: RoundSpec, kind: DocumentKind) -> Verdict | None:
    """The decision that needs this document complete."""
    if kind.key not in spec.text:
        return None
    decided = (each for each in spec.rule.verdicts.values() if each.part is Part.DECIDES)
    return next((each for each in decided if kind.key in each.needs), None)


def _chair(case: VisibleCase, kind: DocumentKind, sitting: Sitting) -> Chair | None:
    """The writers' seat, the person's own before another's."""
    roles = {writer.role for writer in kind.written_by}
    chairs = [chair for chair in sitting.chairs if chair.role in roles]
    chairs.sort(key=lambda chair: (chair.role, chair.party_id) not in case.offices)
    return chairs[0] if chairs else None


def _told(
    session: Session,
    case: VisibleCase,
    spec: RoundSpec,
    place: tuple[Verdict, Sitting, Chair],
    now: datetime,
) -> Signing:
    verdict, sitting, chair = place
    seen = context.circumstances(
        session, case.definition, spec, sitting, case_id=case.id, state=case.state,
        person=case.person, seat=chair.id, now=now,
    )  # fmt: skip
    barred = objections(case.definition, spec, chair.place, seen)
    return Signing(
        round=spec.key,
        asks=spec.asks,
        verdict=verdict,
        seat=chair.id,
        role=chair.role,
        party=chair.party_name,
        digest=sitting.content_digest,
        due=sitting.due_at,
        if_silent=spec.if_silent,
        signed=chair.status == "answered",
        gaps=decision.missing_for(session, case.id, case.definition, verdict),
        barred=tuple(refusal.sentence for refusal in barred),
    )
