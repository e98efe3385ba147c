"""Why a document came back: who said no to it last, the reason, and remarks for its sections and fields."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.answers.given import answers_given
from workflow.engine.document_models import Document
from workflow.engine.models import Round
from workflow.lifecycles.clauses.remarks import (
    Remark,
    answering,
    on_the_whole,
    remarks_in,
    replies_in,
)
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.rule import Stance
from workflow.reading import asked_once


@dataclass(frozen=True, slots=True)
class Return:
    """One answer against the document as it was, in the version that it was about.

    A comment is not against it; its remarks are what was said. It was given for a `party`.
    """

    person: str
    at: datetime
    verdict: str
    reason: str
    remarks: tuple[Remark, ...]
    version: int = 0
    comment: bool = False
    party: str = ""
    party_key: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The round that was settled last over a document."""

    spec: RoundSpec
    id: int
    outcome: str
    content: Mapping[str, Any]

    def version(self, kind: str) -> int:
        """Which version of a document it was about."""
        return _version(self.content, kind)


def _version(content: Mapping[str, Any], kind: str) -> int:
    """Which version of a document the content of a round holds; none where it holds none."""
    return int(content["documents"].get(kind, {}).get("version", 0))


def last_returns(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> tuple[Return, ...]:
    """The answers against this document in the round that was settled last over it.

    A body that agrees to send it back says why as well.
    """
    settled = settled_last(session, definition, case_id, kind)
    against = [*_returns(session, settled, case_id, kind)] if settled else []
    told = {remark.id for back in against for remark in back.remarks}
    return tuple(_numbered([*against, *_comments(session, definition, case_id, kind, told)]))


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


def _returns(
    session: Session, settled: Settled, case_id: int, kind: DocumentKind
) -> Iterator[Return]:
    spec = settled.spec
    against = {
        key: each.label
        for key, each in spec.rule.verdicts.items()
        if each.stance is Stance.AGAINST
        or (each.reason_required and each.outcome == settled.outcome)
    }
    version = settled.version(kind.key)
    for each in answers_given(session, case_id):
        by_somebody = each.standing and each.person_id is not None
        if each.round_id == settled.id and by_somebody and each.verdict in against:
            remarks = remarks_in(spec, kind, each.answers, each.event_seq)
            label = against[each.verdict]
            yield Return(each.name, each.at, label, each.reason, remarks, version, party=each.party)


def _comments(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    told: Collection[str],
) -> Iterator[Return]:
    """Of what was said besides, that which nobody has answered yet."""
    said = heard(session, definition, case_id, kind)
    done = _answered(session, definition, case_id).union(told) if said else frozenset()
    for back in said:
        owed = tuple(each for each in back.remarks if each.id not in done)
        if owed:
            yield replace(back, remarks=owed)


def heard(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> tuple[Return, ...]:
    """Whatever was said in the rounds that the document hears, each where it was settled last."""
    return tuple(_said(session, definition, case_id, kind)) if kind.hears else ()


def _said(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> Iterator[Return]:
    for row in answers_given(session, case_id):
        if not row.heard or row.key not in kind.hears:
            continue
        spec = definition.rounds[row.key]
        whole = (on_the_whole(row.reason, row.event_seq),) if row.reason else ()
        remarks = (*whole, *remarks_in(spec, kind, row.answers, row.event_seq))
        if remarks:
            yield Return(
                row.name, row.at, spec.rule.verdicts[row.verdict].label, "", remarks,
                version=_version(row.content, kind.key), comment=True,
                party=row.party, party_key=row.party_key,
            )  # fmt: skip


def _answered(session: Session, definition: Definition, case_id: int) -> frozenset[str]:
    """The remarks that were answered by now, in answers that stand."""
    keys = tuple(key for key, spec in definition.rounds.items() if answering(spec) is not None)
    return frozenset(
        remark
        for given in answers_given(session, case_id)
        if given.standing and given.key in keys
        for remark in replies_in(definition.rounds[given.key], given.answers)
    )


def _numbered(returns: Iterable[Return]) -> Iterator[Return]:
    number = 0
    for back in returns:
        remarks = []
        for remark in back.remarks:
            number += 1
            remarks.append(replace(remark, number=number))
        yield replace(back, remarks=tuple(remarks))
