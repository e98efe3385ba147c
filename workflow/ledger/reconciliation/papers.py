"""The papers of a case that say something of its money, as far as one person may read them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.children.models import ChildCase
from workflow.engine.document_models import Document
from workflow.engine.documents import bound_content, sendings
from workflow.engine.documents.checked import whole_text
from workflow.engine.documents.in_force import SignedBelow, signed_below, telling
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.permissions.disclosure import Standing
from workflow.engine.permissions.visibility import known_to, standing
from workflow.ledger.reconciliation.figures import (
    LINES,
    MONEY,
    shape_of,
)
from workflow.ledger.reconciliation.paper import MoneyPaper
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.people.models import Party
from workflow.programmes.visible_case import VisibleCase


class _FiledPaper(NamedTuple):
    """A filed version of a document, before anybody has read it."""

    case_id: int
    kind: DocumentKind
    version: int
    seq: int
    on: date
    body: bytes


def budget_papers(
    session: Session, engine: Engine, case: VisibleCase, on: date
) -> tuple[MoneyPaper, ...]:
    """The texts that said by a day what the case costs, the one in force last: amendments once they are heard.

    Where somebody else writes a text anew, it is what was sent of it before.
    """
    own = (_telling(session, case, kind) for kind in telling(session, case.id, case.definition))
    below = (
        _amending(session, engine, case, each)
        for each in signed_below(session, case.id)
        if each.heard and each.heard.date() <= on
    )
    return (*own, *below)


def _telling(session: Session, case: VisibleCase, kind: DocumentKind) -> MoneyPaper:
    newest = bound_content.newest(session, case.id).get(kind.key)
    version, open_ = newest.version if newest else 0, _readable(case.sight, kind)
    if newest is None or not open_:
        return MoneyPaper(case.ref, case.title, kind, version, None, {}, readable=open_)
    if case.sight.paper(kind.key, newest.seq, None):
        said = whole_text(session, case.id, case.definition, kind)
        return MoneyPaper(case.ref, case.title, kind, version, None, said)
    return _sent_before(session, case, kind)


def _sent_before(session: Session, case: VisibleCase, kind: DocumentKind) -> MoneyPaper:
    """What somebody reads of a text whose newest version is a draft of others."""
    filed = tuple(_filed(session, {kind.key: kind}, [case.id]))
    open_ = case.sight.versions(kind.key, [each.seq for each in filed])
    read = next((each for each in reversed(filed) if each.seq in open_), None)
    version, said = (read.version, canonical.parse(read.body)) if read else (0, {})
    return MoneyPaper(case.ref, case.title, kind, version, None, said, readable=read is not None)


def _amending(
    session: Session, engine: Engine, case: VisibleCase, signed: SignedBelow
) -> MoneyPaper:
    """What an amendment that was heard changes."""
    about = select(LifecycleCase.ref, LifecycleCase.title, LifecycleCase.definition_id)
    row = session.execute(about.where(LifecycleCase.id == signed.case_id)).one()
    definition = engine.definition(row.definition_id or 0, session)
    place, now = (signed.case_id, row.ref), case.sight.now
    sight = CaseSight.of_case(session, definition, place, case.person, now)
    kind = definition.documents[signed.document]
    open_ = _readable(sight, kind)
    newest = _newest_version(session, signed.case_id, kind.key)
    said = signed.counts if open_ else {}
    return MoneyPaper(row.ref, row.title, kind, newest, None, said, readable=open_)


def money_papers(
    session: Session, engine: Engine, case: VisibleCase, on: date
) -> tuple[MoneyPaper, ...]:
    """Plans, reports and statements that by a day were sent, or under the case accepted, in the order of their days."""
    own = _own(session, case, on)
    below = _below(session, engine, case, on)
    return tuple(sorted((*own, *below), key=lambda each: (each.ends or date.max, each.ref)))


def _own(session: Session, case: VisibleCase, on: date) -> Iterator[MoneyPaper]:
    """What was sent of the case itself; of papers about the same the newest one."""
    kinds = {key: each for key, each in case.definition.documents.items() if shape_of(each)}
    filed = tuple(each for each in _filed(session, kinds, [case.id]) if each.on <= on)
    stretches = sendings.of_case(session, case.definition, case.id) if filed else ()
    found: dict[tuple[str, Any], MoneyPaper] = {}
    for key, kind in kinds.items():
        of_kind = [each for each in filed if each.kind is kind]
        gone = sendings.replaced(kind, [each.seq for each in of_kind])
        for each in of_kind:
            if not sendings.is_draft(stretches, key, each.seq, gone[each.seq]):
                paper = _paper(case.ref, case.title, each, readable=_readable(case.sight, kind))
                found[key, paper.about if paper.readable else each.seq] = paper
    return iter(found.values())


def _below(session: Session, engine: Engine, case: VisibleCase, on: date) -> Iterator[MoneyPaper]:
    """What was accepted by a day in cases under the case; what ended otherwise was not given."""
    every = session.execute(_ended(case.id, case.person, case.today)).all()
    rows = [row for row in every if row.ended_at.date() <= on]
    definitions = {row.id: engine.definition(row.definition_id, session) for row in rows}
    kinds = {
        row.id: {key: k for key, k in definitions[row.id].documents.items() if shape_of(k)}
        for row in rows
    }
    named = {kind.key: kind for each in kinds.values() for kind in each.values()}
    newest: dict[tuple[int, str], _FiledPaper] = {}
    for filed in _filed(session, named, [row.id for row in rows]):
        newest[filed.case_id, filed.kind.key] = filed
    for row in rows:
        sight = _sight(session, definitions[row.id], row, case)
        for key, kind in kinds[row.id].items():
            yield _accepted(row, definitions[row.id], kind, newest.get((row.id, key)), sight)


def _accepted(
    row: Row[Any],
    definition: Definition,
    kind: DocumentKind,
    filed: _FiledPaper | None,
    sight: CaseSight,
) -> MoneyPaper:
    given = filed is not None and definition.states[row.state].decided
    about: dict[str, Any] = {
        "party": row.party or "", "period_from": row.period_from, "period_to": row.period_to,
    }  # fmt: skip
    if filed is None or not given:
        return MoneyPaper(row.ref, row.title, kind, 0, None, {}, given=False, **about)
    paper = filed._replace(kind=kind)
    return _paper(row.ref, row.title, paper, readable=_readable(sight, kind), **about)


def _readable(sight: CaseSight, kind: DocumentKind) -> bool:
    """Whether what a kind of document says of money may be read."""
    return sight.text(kind.key) and all(
        sight.field(field) for field in kind.fields() if field.kind in {MONEY, LINES}
    )


def _paper(ref: str, title: str, filed: _FiledPaper, *, readable: bool, **about: Any) -> MoneyPaper:
    content = canonical.parse(filed.body) if readable else {}
    return MoneyPaper(
        ref, title, filed.kind, filed.version, filed.on, content, readable=readable, **about
    )


def _ended(case_id: int, person: int, today: date) -> Any:
    """The cases under one that have ended and that a person may know of, with who the person is to each."""
    return (
        select(
            LifecycleCase.id, LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state,
            LifecycleCase.definition_id, ChildCase.period_from, ChildCase.period_to,
            ChildCase.ended_at, Party.key.label("party"), *standing(person, today),
        )
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .outerjoin(Party, Party.id == ChildCase.party_id)
        .where(ChildCase.parent_id == case_id, ChildCase.ended_at.is_not(None))
        .where(known_to(person, today))
        .order_by(ChildCase.number)
    )  # fmt: skip


def _sight(session: Session, definition: Definition, row: Row[Any], case: VisibleCase) -> CaseSight:
    audits = row.audits or case.sight.standing.audits
    stands = Standing(audits, row.takes_part, row.decided, row.parts)
    return CaseSight(session, definition, row.id, row.ref, case.person, case.sight.now, stands)


def _filed(
    session: Session, kinds: Mapping[str, DocumentKind], cases: Iterable[int]
) -> Iterator[_FiledPaper]:
    """Each filed version of these kinds, the oldest first."""
    wanted = select(
        Document.case_id, Document.kind, Document.version, Document.event_seq, Document.filed_at,
        Document.body,
    ).where(Document.case_id.in_([*cases]), Document.kind.in_(kinds))  # fmt: skip
    if not kinds:
        return
    for row in session.execute(wanted.order_by(Document.case_id, Document.kind, Document.version)):
        yield _FiledPaper(
            row.case_id, kinds[row.kind], row.version, row.event_seq, row.filed_at.date(), row.body
        )


def _newest_version(session: Session, case_id: int, kind: str) -> int:
    filed = bound_content.newest(session, case_id).get(kind)
    return filed.version if filed else 0
