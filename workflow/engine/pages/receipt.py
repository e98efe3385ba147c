"""The page of a receipt: what somebody did on a case, under which event, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from workflow.audit import canonical
from workflow.audit.models import Event, Opening
from workflow.clock import read
from workflow.database import LARGEST
from workflow.engine import round_state
from workflow.engine.models import Round, SignOff
from workflow.engine.pages.preview import Onward, onward
from workflow.engine.pages.viewer import Desk
from workflow.engine.permissions.visibility import CaseRow, is_auditor
from workflow.errors import NotFound
from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.people.models import Party, Person
from workflow.vocabulary import EventType

ACTS = (
    EventType.SIGNOFF_GIVEN,
    EventType.SIGNOFF_CHANGED,
    EventType.SIGNOFF_LATE,
    EventType.SEAT_RECUSED,
    EventType.ROUND_OPENED,
    EventType.ROUND_EXTENDED,
    EventType.ROUND_RESUMED,
)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """What was recorded, as whom and over which text, and how the round stands because of it.

    `verdict` and `meaning` are empty unless a sign-off was given; `standing` says that it still
    counts; an end that was put off moved from `before` to `due`. `principal` is for whom it was done under a mandate. `settled` says that this very act settled the round.
    """

    case: CaseRow
    state: str
    seq: int
    hash: str
    act: str
    at: datetime
    person: str
    principal: str
    role: str
    party: str
    round_key: str
    round_label: str
    turn: int
    verdict: str
    meaning: str
    reason: str
    standing: bool
    digest: str
    settled: bool
    status: str
    onward: Onward
    explanation: str
    would_change: tuple[str, ...]
    before: datetime | None = None
    due: datetime | None = None


def acknowledgement(desk: Desk, seq: int) -> Acknowledgement:
    """The receipt of one act; refuses everybody but its actor and auditors."""
    event, name = _event(desk, seq)
    body = canonical.parse(event.body)
    what, turn = body["what"], body["what"]["turn"]
    spec = desk.definition.rounds[what["round"]]
    answer = _answer(desk, seq)
    late = event.type == EventType.SIGNOFF_LATE
    said = what["verdict"] if late else answer.verdict if answer else None
    verdict = spec.rule.verdicts[said] if said else None
    row, reading = _round(desk, spec, turn)
    return Acknowledgement(
        case=desk.case,
        state=desk.definition.states[desk.case.state].label,
        seq=seq,
        hash=event.hash.hex(),
        act=event.type,
        at=event.at,
        person=name,
        principal=_principal(desk, what.get("for", "")),
        role=body["role"],
        party=_party(desk, body["party"]),
        round_key=spec.key,
        round_label=spec.label,
        turn=turn,
        verdict=verdict.label if verdict else "",
        meaning=verdict.meaning if verdict else "",
        reason=_reason(desk, event.id),
        standing=answer.standing if answer else not late,
        digest=answer.content_digest if answer else row.content_digest,
        settled=_settled_by(desk, seq, what),
        status=row.status,
        onward=onward(desk.definition, spec, row.outcome),
        explanation=reading.explanation if row.status == "open" else row.explanation,
        would_change=reading.would_change if row.status == "open" else (),
        before=_instant(what.get("from")),
        due=_instant(what.get("due")),
    )


def _instant(told: str | None) -> datetime | None:
    return read(told) if told else None


def _event(desk: Desk, seq: int) -> tuple[Event, str]:
    told = (
        select(Event, Person.name)
        .join(Person, Person.id == Event.person_id)
        .where(Event.case_id == desk.case.id, Event.seq == seq)
        .where(Event.type.in_([act.value for act in ACTS]))
    )
    found = desk.session.execute(told).first() if seq <= LARGEST else None
    if found is None or (found[0].person_id != desk.person and not is_auditor(desk.offices)):
        raise NotFound("There is no such receipt, or it is not yours to see.")
    return found[0], found[1]


def _answer(desk: Desk, seq: int) -> SignOff | None:
    answers = select(SignOff).where(SignOff.case_id == desk.case.id, SignOff.event_seq == seq)
    return desk.session.scalars(answers).one_or_none()


def _round(desk: Desk, spec: RoundSpec, turn: int) -> tuple[Round, rules.Reading]:
    row = desk.session.scalars(
        select(Round).where(
            Round.case_id == desk.case.id, Round.key == spec.key, Round.turn == turn
        )
    ).one()
    sitting = round_state.by_id(desk.session, row.id)
    return row, rules.read(spec.rule, sitting.places(), sitting.answers())


def _party(desk: Desk, key: str) -> str:
    return desk.session.scalar(select(Party.name).where(Party.key == key)) or ""


def _principal(desk: Desk, opaque: str) -> str:
    """Who was answered for under a mandate, by the id that the trail knows them under."""
    number = opaque.removeprefix("p")
    if not number.isdecimal():
        return ""
    return desk.session.scalar(select(Person.name).where(Person.id == int(number))) or ""


def _reason(desk: Desk, event_id: int) -> str:
    opened = select(Opening.value).where(Opening.event_id == event_id, Opening.field == "reason")
    return desk.session.scalar(opened) or ""


def _settled_by(desk: Desk, seq: int, what: dict[str, Any]) -> bool:
    """Whether the very next fact is that this round was settled: both are written in one act."""
    after = desk.session.scalar(
        select(Event.body).where(
            Event.case_id == desk.case.id,
            Event.seq == seq + 1,
            Event.type == EventType.ROUND_SETTLED.value,
        )
    )
    settled = canonical.parse(after)["what"] if after else {}
    return bool(settled) and (settled["round"], settled["turn"]) == (what["round"], what["turn"])
