"""The consultation of a case as a whole: its rounds with whom each asks, what was said, and what stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.clauses.readings import ReadComment, comments_on
from workflow.engine.clauses.reservations import Reservation, reservations
from workflow.engine.engine import Engine
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.personal.invited import InvitedChange, changes
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.round_state import RoundState
from workflow.lifecycles import next_steps
from workflow.lifecycles.clauses.remarks import COMMENTS, reading
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.rule import Verdict
from workflow.notices.queries import ToldOfSeat, told_of_seats


@dataclass(frozen=True, slots=True)
class ConsultedSeat:
    """A party that is asked, its position, and how its people were reached."""

    party: str
    position: str
    told: tuple[ToldOfSeat, ...]


@dataclass(frozen=True, slots=True)
class ConsultedRound:
    """The last opening of a round in which a text is commented on or read again."""

    label: str
    outcome: str
    seats: tuple[ConsultedSeat, ...]


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """What one person may read of a consultation; empty for whoever takes no part."""

    rounds: tuple[ConsultedRound, ...]
    changes: tuple[InvitedChange, ...]
    comments: tuple[ReadComment, ...]
    reservations: tuple[Reservation, ...]


def consultation(session: Session, engine: Engine, person: int, ref: str) -> ConsultationPage:
    """The consultation of a case as one person may read it; refuses a case that they may not know of."""
    now = engine.now()
    case = visible_case(session, ref, person, now)
    viewer = CaseViewer.of(session, engine, case, person, now)
    specs = [each for each in viewer.definition.rounds.values() if _consults(each)]
    read = [each for each in specs if viewer.sight.whole and viewer.sight.answers(each.key)]
    of = session, viewer.definition, viewer.case.id
    kinds = {each.text[0] for each in read if each.text}
    return ConsultationPage(
        rounds=tuple(_rounds(viewer, read)),
        changes=tuple(each for spec in read for each in changes(session, viewer.case.id, spec)),
        comments=tuple(
            comment
            for key in sorted(kinds)
            for comment in comments_on(*of, viewer.definition.documents[key])
        ),
        reservations=reservations(*of, viewer.sight.answers) if read else (),
    )


def _consults(spec: RoundSpec) -> bool:
    """Whether a text is commented on in a round clause by clause, or read again."""
    return any(question.key == COMMENTS for question in spec.questions) or reading(spec) is not None


def _rounds(viewer: CaseViewer, specs: list[RoundSpec]) -> Iterator[ConsultedRound]:
    last: dict[str, RoundState] = {}
    for round_ in round_state.of_case(viewer.session, viewer.case.id):
        last[round_.key] = round_
    for spec in specs:
        if spec.key in last:
            yield _round(viewer, spec, last[spec.key])


def _label(verdict: Verdict | None) -> str:
    return verdict.label if verdict else ""


def _round(viewer: CaseViewer, spec: RoundSpec, round_: RoundState) -> ConsultedRound:
    told = told_of_seats(viewer.session, round_.id)
    verdicts = spec.rule.verdicts
    return ConsultedRound(
        label=spec.label,
        outcome=next_steps.said(spec, round_.outcome) if round_.outcome else "",
        seats=tuple(
            ConsultedSeat(
                seat.party_name,
                _label(verdicts.get(seat.verdict or "")),
                told.get(seat.id, ()),
            )
            for seat in round_.seats
        ),
    )
