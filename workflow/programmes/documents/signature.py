"""The signature that a writer gives under a document: which seat, what it says, what bars it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import appointment_at
from workflow.engine.checklists.signed import barring, to_be_met
from workflow.engine.documents.resubmission import came_back
from workflow.engine.pages.questions import Question, questions
from workflow.engine.permissions.check import deny_reasons
from workflow.engine.permissions.context import Acting, RoundOfCase, seen_at
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import decision
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.rule import Verdict
from workflow.phrase import Phrase
from workflow.programmes.visible_case import VisibleCase


@dataclass(frozen=True, slots=True)
class Signing:
    """One open seat on which a writer of the document may sign it off.

    `gaps` names what is missing before that is possible; `barred` says why this person may not.
    `anew` says that the next of a series is asked for, and that nothing was filed of it yet;
    `unchanged` that the text came back and is about to be sent again as it was.
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
    gaps: tuple[decision.Gap, ...]
    barred: tuple[Phrase, ...]
    questions: tuple[Question, ...]
    anew: bool = False
    unchanged: bool = False


def signing(
    session: Session, case: VisibleCase, kind: DocumentKind, now: datetime
) -> Signing | None:
    """The open seat under this document that its writers hold; none where others decide on it."""
    for spec in case.definition.rounds_in(case.state, case.footing):
        verdict = spec.signature_under(kind.key)
        round_ = round_state.latest(session, case.id, spec.key) if verdict else None
        if verdict is None or round_ is None or round_.status != "open":
            continue
        seat = _seat(case, kind, round_)
        if seat is not None:
            return _told(session, case, spec, (verdict, round_, seat), now)
    return None


def _seat(case: VisibleCase, kind: DocumentKind, round_: RoundState) -> SeatState | None:
    """The writers' seat, the person's own before another's."""
    roles = {writer.role for writer in kind.written_by}
    seats = [seat for seat in round_.seats if seat.role in roles]
    seats.sort(key=lambda seat: appointment_at(case.offices, seat) is None)
    return seats[0] if seats else None


def _told(
    session: Session,
    case: VisibleCase,
    spec: RoundSpec,
    place: tuple[Verdict, RoundState, SeatState],
    now: datetime,
) -> Signing:
    verdict, round_, seat = place
    of = RoundOfCase(case.definition, spec, case.id, case.ref, case.state, round_, case.footing)
    own = Acting(case.person, case.offices)
    (seen,) = seen_at(session, of, (seat.id, seat.place), [own], now)
    barred = deny_reasons(case.definition, spec, seat.place, seen)
    back = came_back(session, case.definition, case.id, spec, verdict)
    checked = to_be_met(session, (case.id, case.definition, spec), verdict, case.person, now.date())
    return Signing(
        round=spec.key,
        asks=spec.asks,
        verdict=verdict,
        seat=seat.id,
        role=seat.role,
        party=seat.party_name,
        digest=round_.content_digest,
        due=round_.due_at,
        if_silent=spec.if_silent,
        signed=seat.status == "answered",
        gaps=decision.missing_for(session, case.id, case.definition, verdict, round_.opened_at),
        barred=(*(refusal.said for refusal in barred), *barring(checked)),
        questions=questions(session, case.definition, case.id, spec, now.date()),
        unchanged=back is not None and back.unchanged,
        anew=bool(decision.not_anew(session, case.id, case.definition, verdict, round_.opened_at)),
    )
