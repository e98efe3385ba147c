"""Why a document came back: who said no to it last, the reason, and remarks for its sections."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import Round, SignOff
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.rule import Stance
from workflow.people.models import Person
from workflow.programmes.visible_case import VisibleCase


@dataclass(frozen=True, slots=True)
class Remark:
    """What must change in one section."""

    section: str
    words: str


@dataclass(frozen=True, slots=True)
class Return:
    """One answer against the document as it was."""

    person: str
    at: datetime
    verdict: str
    reason: str
    remarks: tuple[Remark, ...]


def last_returns(session: Session, case: VisibleCase, kind: DocumentKind) -> tuple[Return, ...]:
    """The answers against this document in the round that was settled last over it."""
    spec, round_id = _settled_last(session, case, kind)
    if spec is None:
        return ()
    rows = session.execute(
        select(SignOff.at, SignOff.verdict, SignOff.reason, SignOff.answers, Person.name)
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.round_id == round_id, SignOff.standing)
        .order_by(SignOff.at, SignOff.id)
    )
    against = {
        key: each.label
        for key, each in spec.rule.verdicts.items()
        if each.stance is Stance.AGAINST
    }  # fmt: skip
    return tuple(
        Return(name, at, against[verdict], reason, _remarks(spec, kind, answers))
        for at, verdict, reason, answers, name in rows
        if verdict in against
    )


def _settled_last(
    session: Session, case: VisibleCase, kind: DocumentKind
) -> tuple[RoundSpec | None, int]:
    rounds = case.definition.rounds
    covering = [spec.key for spec in rounds.values() if kind.key in spec.text]
    row = session.execute(
        select(Round.key, Round.id)
        .where(Round.case_id == case.id, Round.key.in_(covering), Round.status == "settled")
        .order_by(Round.settled_at.desc(), Round.id.desc())
        .limit(1)
    ).first()
    return (rounds[row.key], row.id) if row else (None, 0)


def _remarks(spec: RoundSpec, kind: DocumentKind, answers: Mapping[str, Any]) -> tuple[Remark, ...]:
    """The lines of each question that is answered section by section."""
    found: list[Remark] = []
    for question in spec.questions:
        section = _section_column(question.columns, kind)
        if section is not None:
            found += _lines(answers.get(question.key) or [], section)
    return tuple(found)


def _section_column(columns: Iterable[Field], kind: DocumentKind) -> str | None:
    wanted = f"sections:{kind.key}"
    return next((column.key for column in columns if column.vocabulary == wanted), None)


def _lines(lines: Iterable[Mapping[str, Any]], section: str) -> Iterable[Remark]:
    for line in lines:
        words = " ".join(str(value) for key, value in line.items() if key != section and value)
        if words:
            yield Remark(str(line.get(section) or ""), words)
