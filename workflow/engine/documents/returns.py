"""Why a document came back: who said no to it last, the reason, and remarks for its sections and fields."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.document_models import Document
from workflow.engine.models import Round, SignOff
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.rule import Stance
from workflow.people.models import Person
from workflow.reading import asked_once

# The vocabulary of a column that names the remarks on a document, and those that name where they belong.
REMARKS, PLACES = "remarks", ("sections", "fields")


@dataclass(frozen=True, slots=True)
class Remark:
    """What must change in one section, or in one field of it, or a comment on the whole.

    `number` counts through all that was said; `id` names it for good: by the event that said it.
    """

    section: str
    words: str
    field: str = ""
    number: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """One answer against the document as it was, in the version that it was about.

    A comment is not against it; its remark is what was said.
    """

    person: str
    at: datetime
    verdict: str
    reason: str
    remarks: tuple[Remark, ...]
    version: int = 0
    comment: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """The round that was settled last over a document."""

    spec: RoundSpec
    id: int
    outcome: str
    content: Mapping[str, Any]

    def version(self, kind: str) -> int:
        """Which version of a document it was about."""
        return int(self.content["documents"].get(kind, {}).get("version", 0))


def last_returns(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> tuple[Return, ...]:
    """The answers against this document in the round that was settled last over it.

    A body that agrees to send it back says why as well.
    """
    settled = settled_last(session, definition, case_id, kind)
    against = _returns(session, settled, kind) if settled else ()
    return tuple(_numbered([*against, *_comments(session, definition, case_id, kind)]))


def settled_last(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> Settled | None:
    """The round that was settled last over this document, if there was one."""
    rounds = definition.rounds
    covering = tuple(spec.key for spec in rounds.values() if kind.key in spec.text)
    row = _last_settled(session, case_id, covering)
    return Settled(rounds[row.key], row.id, row.outcome or "", row.content) if row else None


@asked_once
def _last_settled(
    session: Session, case_id: int, rounds: tuple[str, ...]
) -> Row[*tuple[Any, ...]] | None:
    return session.execute(
        select(Round.key, Round.id, Round.outcome, Round.content)
        .where(Round.case_id == case_id, Round.key.in_(rounds), Round.status == "settled")
        .order_by(Round.settled_at.desc(), Round.id.desc())
        .limit(1)
    ).first()


def changed_since(
    session: Session, case_id: int, kind: DocumentKind, version: int
) -> frozenset[str]:
    """The fields of a document, and the sections that hold them, which differ from an earlier version."""
    bodies = session.scalars(
        select(Document.body)
        .where(Document.case_id == case_id, Document.kind == kind.key, Document.version >= version)
        .order_by(Document.version)
    ).all()
    before, after = (
        (canonical.parse(each) for each in (bodies[0], bodies[-1])) if bodies else ({}, {})
    )
    found = set()
    for section in kind.sections:
        for field in section.fields:
            if before.get(field.key) != after.get(field.key):
                found |= {section.key, f"{section.key}.{field.key}"}
    return frozenset(found)


def place_of(remark: Remark) -> str:
    """Where a remark belongs, as the choice that named it."""
    return f"{remark.section}.{remark.field}" if remark.field else remark.section


def _returns(session: Session, settled: Settled, kind: DocumentKind) -> Iterator[Return]:
    spec = settled.spec
    against = {
        key: each.label
        for key, each in spec.rule.verdicts.items()
        if each.stance is Stance.AGAINST
        or (each.reason_required and each.outcome == settled.outcome)
    }
    for at, verdict, reason, answers, seq, name in _said_in(session, settled.id):
        if verdict in against:
            remarks = remarks_in(spec, kind, answers, seq)
            yield Return(name, at, against[verdict], reason, remarks, settled.version(kind.key))


@asked_once
def _said_in(session: Session, round_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.execute(
        select(
            *(SignOff.at, SignOff.verdict, SignOff.reason, SignOff.answers, SignOff.event_seq),
            Person.name,
        )
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.round_id == round_id, SignOff.standing)
        .order_by(SignOff.at, SignOff.id)
    ).all()


def _comments(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> Iterator[Return]:
    """What was said besides in the rounds that the document hears, each where it was settled last."""
    if not kind.hears:
        return
    rows = _heard(session, case_id, tuple(kind.hears))
    answered = _answered(session, definition, case_id) if rows else frozenset()
    for key, at, verdict, reason, seq, name in rows:
        said = definition.rounds[key].rule.verdicts[verdict]
        remark = Remark("", reason, id=f"{seq}-0")
        if remark.id not in answered:
            yield Return(name, at, said.label, "", (remark,), comment=True)


@asked_once
def _heard(
    session: Session, case_id: int, rounds: tuple[str, ...]
) -> Sequence[Row[*tuple[Any, ...]]]:
    newest = (
        select(func.max(Round.id))
        .where(Round.case_id == case_id, Round.key.in_(rounds), Round.status == "settled")
        .group_by(Round.key)
    )
    return session.execute(
        select(
            Round.key, SignOff.at, SignOff.verdict, SignOff.reason, SignOff.event_seq, Person.name
        )
        .join(Round, Round.id == SignOff.round_id)
        .join(Person, Person.id == SignOff.person_id)
        .where(SignOff.round_id.in_(newest), SignOff.standing, SignOff.reason != "")
        .order_by(SignOff.event_seq)
    ).all()


def answering(spec: RoundSpec) -> tuple[Field, str] | None:
    """The question of a round by which remarks are answered, with the column that names them, if it has one."""
    for question in spec.questions:
        for column in question.columns:
            if column.vocabulary.startswith(f"{REMARKS}:"):
                return question, column.key
    return None


def replies_in(spec: RoundSpec, answers: Mapping[str, Any]) -> Mapping[str, str]:
    """What was said on each remark in the answers to a round, by the remark."""
    found = answering(spec)
    if found is None:
        return {}
    question, names = found
    return {
        str(row[names]): ": ".join(_told(question, row, names))
        for row in answers.get(question.key) or []
        if names in row
    }


def _told(question: Field, row: Mapping[str, Any], names: str) -> Iterator[str]:
    """What one line says of its remark, a choice by the words that were offered."""
    for column in question.columns:
        said = str(row.get(column.key) or "").strip()
        if said and column.key != names:
            yield dict(column.options).get(said, said)


def _answered(session: Session, definition: Definition, case_id: int) -> frozenset[str]:
    """The remarks that were answered by now, in answers that stand."""
    keys = tuple(key for key, spec in definition.rounds.items() if answering(spec) is not None)
    return frozenset(
        remark
        for key, given in _replied(session, case_id, keys)
        for remark in replies_in(definition.rounds[key], given)
    )


@asked_once
def _replied(
    session: Session, case_id: int, rounds: tuple[str, ...]
) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.execute(
        select(Round.key, SignOff.answers)
        .join(Round, Round.id == SignOff.round_id)
        .where(SignOff.case_id == case_id, SignOff.standing, Round.key.in_(rounds))
    ).all()


def _numbered(returns: Iterable[Return]) -> Iterator[Return]:
    number = 0
    for back in returns:
        remarks = []
        for remark in back.remarks:
            number += 1
            remarks.append(replace(remark, number=number))
        yield replace(back, remarks=tuple(remarks))


def remarks_in(
    spec: RoundSpec, kind: DocumentKind, answers: Mapping[str, Any], seq: int
) -> tuple[Remark, ...]:
    """The lines of each question that is answered section by section, or field by field."""
    found: list[Remark] = []
    for question in spec.questions:
        place = _place_column(question.columns, kind)
        if place is not None:
            found += _lines(answers.get(question.key) or [], place)
    return tuple(replace(each, id=f"{seq}-{place}") for place, each in enumerate(found, 1))


def _place_column(columns: Iterable[Field], kind: DocumentKind) -> str | None:
    wanted = {f"{each}:{kind.key}" for each in PLACES}
    return next((column.key for column in columns if column.vocabulary in wanted), None)


def _lines(lines: Iterable[Mapping[str, Any]], place: str) -> Iterable[Remark]:
    for line in lines:
        words = " ".join(str(value) for key, value in line.items() if key != place and value)
        if words:
            section, _, field = str(line.get(place) or "").partition(".")
            yield Remark(section, words, field)
