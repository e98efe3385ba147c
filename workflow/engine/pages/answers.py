"""The frozen seats of a round with what each of them answered, and what was answered before."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.seats import SeatRecused
from workflow.audit.models import Event, Opening
from workflow.engine.answers.given import Given, answers_given
from workflow.engine.documents.labels import person_called
from workflow.engine.round_state import RoundState, SeatState
from workflow.lifecycles.clauses.remarks import (
    Remark,
    by_clause,
    on_the_whole,
    remarks_in,
    replies_in,
)
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.seat import Part
from workflow.people.models import Person
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer: who gave which verdict when and why; `ended_as` says how it ceased to stand.

    `principal` is for whom it was given, where that was done under a mandate; `seq` is its event. `named`
    are the people whom it names, each by what was asked, and `comments` what it says of single clauses.
    """

    seat: int
    person: str
    verdict: str
    label: str
    stance: str
    reason: str
    answers: dict[str, Any]
    at: datetime
    ended_as: str
    ended_at: datetime | None
    principal: str = ""
    seq: int = 0
    named: tuple[tuple[str, str], ...] = ()
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answered to one remark; without words where the text itself was changed for it.

    `place` is that of the remark in the answer that made it: 0 is its reason.
    """

    words: str
    person: str
    at: datetime
    place: int = 0


@dataclass(frozen=True, slots=True)
class AnsweredRemark:
    """A remark or a comment on a text, whose it was, and how whoever sent the text again answered it."""

    person: str
    section: str
    words: str
    reply: Reply
    clause: str = ""


@dataclass(frozen=True, slots=True)
class SteppedBack:
    """Who stepped back from a seat, when and why."""

    person: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class SeatAnswers:
    """One seat: whom it asks and why, its standing answer, and its earlier ones."""

    seat: int
    role: str
    party: str
    party_key: str
    part: Part
    category: str
    because: str = ""
    status: str = "not asked yet"
    given: AnswerView | None = None
    earlier: tuple[AnswerView, ...] = ()
    stepped_back: SteppedBack | None = None

    @classmethod
    def of(cls, seat: SeatState) -> Self:
        """A seat as it would be asked."""
        return cls(seat.id, seat.role, seat.party_name, seat.party_key, seat.part, seat.category)


def seated(
    session: Session, definition: Definition, spec: RoundSpec, round_: RoundState, case_id: int
) -> tuple[SeatAnswers, ...]:
    """Every seat of the round in the order of freezing."""
    given = [
        replace(each, comments=_of_clauses(definition, spec, each))
        for each in _given(session, spec, round_.id, case_id)
    ]
    away = _stepped_back(session, round_, case_id)
    return tuple(
        replace(
            SeatAnswers.of(seat),
            because=seat.because,
            status=seat.status,
            given=next((g for g in given if g.seat == seat.id and not g.ended_as), None),
            earlier=tuple(g for g in given if g.seat == seat.id and g.ended_as),
            stepped_back=away.get((seat.role, seat.party_key, seat.category)),
        )
        for seat in round_.seats
    )


def unopened(seats: Iterable[SeatState]) -> tuple[SeatAnswers, ...]:
    """The seats that a round would ask if it were opened now."""
    return tuple(map(SeatAnswers.of, seats))


def replies(
    session: Session, definition: Definition, case_id: int, reads: Callable[[str], bool]
) -> Mapping[int, tuple[Reply, ...]]:
    """The standing answers to what was said in the case, in the order of the remarks of each event.

    `reads` says of a round whether it may be read what was answered there.
    """
    found: dict[int, list[tuple[int, Reply]]] = {}
    for given in answers_given(session, case_id):
        key, name = given.key, given.name
        if given.ended_as or key not in definition.rounds or not reads(key):
            continue
        for remark, words in replies_in(definition.rounds[key], given.answers).items():
            seq, _, place = remark.partition("-")
            if seq.isdecimal() and place.isdecimal():
                reply = Reply(words, name or "", given.at, int(place))
                found.setdefault(int(seq), []).append((int(place), reply))
    return {
        seq: tuple(reply for _, reply in sorted(listed, key=lambda each: each[0]))
        for seq, listed in found.items()
    }


def answered_remarks(
    session: Session,
    definition: Definition,
    case_id: int,
    spec: RoundSpec,
    reads: Callable[[str], bool],
) -> tuple[AnsweredRemark, ...]:
    """What was said of the texts of a round and was answered when they were sent last, in rounds that may be read."""
    rows = [
        given
        for given in answers_given(session, case_id)
        if given.key in definition.rounds and reads(given.key)
    ]
    sent = [
        given
        for given in rows
        if not given.ended_as
        and set(definition.rounds[given.key].text) & set(spec.text)
        and replies_in(definition.rounds[given.key], given.answers)
    ]
    if not sent:
        return ()
    last = sent[-1]
    said = replies_in(definition.rounds[last.key], last.answers)
    return tuple(
        AnsweredRemark(
            given.name or "",
            section,
            remark.words,
            Reply(said[remark.id], last.name or "", last.at),
            remark.clause,
        )
        for given in rows
        for section, remark in _said(definition, definition.rounds[given.key], given)
        if remark.id in said
    )


def _said(definition: Definition, spec: RoundSpec, given: Given) -> Iterator[tuple[str, Remark]]:
    """The remarks in one answer, each with the title of its section, and its reason as a comment."""
    for kind in definition.documents.values():
        titles = {section.key: section.title for section in kind.sections}
        for remark in remarks_in(spec, kind, given.answers, given.event_seq):
            yield titles.get(remark.section, ""), remark
    if given.reason:
        yield "", on_the_whole(given.reason, given.event_seq)


def _of_clauses(definition: Definition, spec: RoundSpec, given: AnswerView) -> tuple[Remark, ...]:
    """What an answer says of single clauses of a text."""
    if not by_clause(given.answers):
        return ()
    kinds = definition.documents.values()
    return tuple(
        each for kind in kinds for each in remarks_in(spec, kind, given.answers, given.seq)
    )


def _given(session: Session, spec: RoundSpec, round_id: int, case_id: int) -> list[AnswerView]:
    return [
        _answer(session, spec, answer)
        for answer in answers_given(session, case_id)
        if answer.round_id == round_id
    ]


def _answer(session: Session, spec: RoundSpec, answer: Given) -> AnswerView:
    verdict = spec.rule.verdicts[answer.verdict]
    return AnswerView(
        seat=answer.seat_id,
        person=answer.name or "",
        verdict=verdict.key,
        label=verdict.label,
        stance=verdict.stance.value,
        reason=answer.reason,
        answers=answer.answers,
        at=answer.at,
        ended_as=answer.ended_as,
        ended_at=answer.ended_at,
        principal=answer.principal or "",
        seq=answer.event_seq,
        named=tuple(
            (question.label, person_called(session, str(answer.answers[question.key])))
            for question in spec.questions
            if question.kind == "person" and answer.answers.get(question.key)
        ),
    )


def _stepped_back(
    session: Session, round_: RoundState, case_id: int
) -> dict[tuple[str, str, str], SteppedBack]:
    """The recusals of this round; the trail alone keeps their reasons."""
    if not any(seat_state.status == "recused" for seat_state in round_.seats):
        return {}
    rows = session.execute(
        select(Event.body, Event.at, Person.name, Opening.value)
        .join(Person, Person.id == Event.person_id)
        .outerjoin(Opening, (Opening.event_id == Event.id) & (Opening.field == "reason"))
        .where(Event.case_id == case_id, Event.type == EventType.SEAT_RECUSED.value)
    )
    found = {}
    for body, at, name, reason in rows:
        what = what_in(body, SeatRecused)
        if what.place == round_.place:
            key = (what.seat.role, what.seat.party, what.seat.category)
            found[key] = SteppedBack(name, at, reason or "")
    return found
