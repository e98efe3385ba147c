"""How the lines of a checklist stand: of the cases under one, its documents, its rounds, and what the domain measures."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from workflow.engine.checklists.told import told
from workflow.engine.children.waits import CaseBelow, cases_below
from workflow.engine.document_models import Attachment, Document
from workflow.engine.documents.conditions import all_hold
from workflow.engine.domain import domain_of
from workflow.engine.models import Round
from workflow.lifecycles.children.checklist import (
    CheckedLine,
    ChecklistLine,
    Measured,
    Unmet,
)
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.phrase import Phrase, Term, phrase
from workflow.reading import asked_once

# A case, the lifecycle that it follows, and a round of it.
RoundOf = tuple[int, Definition, RoundSpec]
UNMEASURED = Measured(left=(Unmet(phrase("nobody here can measure this")),))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A round with a checklist, told apart by its case, its key and what its lifecycle says."""

    case_id: int
    key: str
    digest: str
    of: RoundOf = field(compare=False)


class _Sources(NamedTuple):
    """What is known of many cases: those below each, what is filed, which rounds were settled when, and measures."""

    below: Mapping[int, Sequence[CaseBelow]]
    filed: Collection[tuple[int, str]]
    settled: Mapping[tuple[int, str], datetime]
    measured: Mapping[str, Mapping[int, Measured]]


def checklist(
    session: Session, of: RoundOf, person: int | None, today: date
) -> tuple[CheckedLine, ...]:
    """The checklist of one round of a case as it stands for a person; empty where the round has none."""
    case_id, _, spec = of
    if not spec.checklist:
        return ()
    return checklists(session, [of], person, today)[case_id, spec.key]


def checklists(
    session: Session, rounds: Iterable[RoundOf], person: int | None, today: date
) -> Mapping[tuple[int, str], tuple[CheckedLine, ...]]:
    """The checklists of many rounds by case and round, without those that have none.

    They call the cases of which the person may know; nobody in particular is told of all.
    """
    asked = tuple(
        _Listed(case_id, spec.key, definition.digest, (case_id, definition, spec))
        for case_id, definition, spec in rounds
        if spec.checklist
    )
    return told(session, _standing(session, asked, today), person, today) if asked else {}


@asked_once
def _standing(
    session: Session, asked: tuple[_Listed, ...], today: date
) -> Mapping[tuple[int, str], tuple[CheckedLine, ...]]:
    """How they stand, whoever asks."""
    known = _known(session, [each.of for each in asked], today)
    return {
        (each.case_id, each.key): tuple(
            CheckedLine(line, _found(session, each.of[:2], line, known))
            for line in each.of[2].checklist
        )
        for each in asked
    }


def _known(session: Session, asked: Sequence[RoundOf], today: date) -> _Sources:
    cases = sorted({case_id for case_id, _, _ in asked})
    lines = [line for _, _, spec in asked for line in spec.checklist]
    names = {name for line in lines for name in line.of}
    measures = domain_of(session).measures
    wanted = {line.measure for line in lines if line.measure in measures}
    return _Sources(
        below=cases_below(session, cases),
        filed=_filed(session, cases, names),
        settled=_settled(session, cases, {key for line in lines for key in line.unless}),
        measured={name: measures[name](session, cases, today) for name in sorted(wanted)},
    )


def _filed(
    session: Session, cases: Collection[int], kinds: Collection[str]
) -> frozenset[tuple[int, str]]:
    """Of which cases something of these kinds is filed, as a form or as a file."""
    if not kinds:
        return frozenset()
    forms = select(Document.case_id, Document.kind).where(
        Document.case_id.in_(cases), Document.kind.in_(kinds)
    )
    files = select(Attachment.case_id, Attachment.kind).where(
        Attachment.case_id.in_(cases), Attachment.kind.in_(kinds), Attachment.removed_at.is_(None)
    )
    return frozenset((row[0], row[1]) for row in session.execute(union(forms, files)))


def _settled(
    session: Session, cases: Collection[int], keys: Collection[str]
) -> Mapping[tuple[int, str], datetime]:
    """When rounds with these keys were settled last."""
    if not keys:
        return {}
    asked = (
        select(Round.case_id, Round.key, Round.settled_at)
        .where(Round.case_id.in_(cases), Round.key.in_(keys), Round.status == "settled")
        .order_by(Round.id)
    )
    return {(row.case_id, row.key): row.settled_at for row in session.execute(asked)}


def _found(
    session: Session, case: tuple[int, Definition], line: ChecklistLine, known: _Sources
) -> Measured:
    case_id, definition = case
    why_not = _why_not(session, case, line, known)
    if why_not is not None:
        return Measured(why_not=why_not)
    if line.measure:
        return known.measured.get(line.measure, {}).get(case_id, UNMEASURED)
    below = [each for each in known.below.get(case_id, ()) if each.standing.kind in line.of]
    documents = [name for name in line.of if name in definition.documents]
    if not below and not documents:
        return Measured(why_not=phrase("None was opened."))
    open_, ended = _of_cases(definition, line, below)
    lacking = tuple(
        Unmet(_not_filed(definition, name), document=name)
        for name in documents
        if (case_id, name) not in known.filed
    )
    return Measured(len(below) + len(documents), (*open_, *lacking), ended=ended)


def _why_not(
    session: Session, case: tuple[int, Definition], line: ChecklistLine, known: _Sources
) -> Phrase | None:
    """Why a line does not apply to a case; nothing where it does."""
    case_id, definition = case
    for key in line.unless:
        if (at := known.settled.get((case_id, key))) is not None:
            return phrase(
                "“%(round)s” was settled on %(day)s, for the reason given there.",
                round=Term(definition.rounds[key].label),
                day=at.date(),
            )
    if not all_hold(session, case_id, line.when):
        words = tuple(Term(each.words) for each in line.when)
        return phrase("It is not so that %(conditions)s.", conditions=words)
    return None


def _of_cases(
    definition: Definition, line: ChecklistLine, below: Sequence[CaseBelow]
) -> tuple[tuple[Unmet, ...], tuple[Unmet, ...]]:
    """Of the cases below those that are left, open or ended otherwise than the line asks; and the others."""
    left, ended = list[Unmet](), list[Unmet]()
    for each in below:
        stands = each.standing
        kind = Term(definition.children[stands.kind].label)
        if not stands.final:
            said = phrase("%(ref)s (%(kind)s) is open", ref=each.ref, kind=kind)
        else:
            state = Term(stands.state.replace("_", " "))
            said = phrase(
                "%(ref)s (%(kind)s) ended as %(state)s", ref=each.ref, kind=kind, state=state
            )
        counts = stands.final and (not line.ended_in or stands.state in line.ended_in)
        (ended if counts else left).append(Unmet(said, ref=each.ref, kind=kind))
    return tuple(left), tuple(ended)


def _not_filed(definition: Definition, name: str) -> Phrase:
    label = Term(definition.documents[name].label)
    return phrase("“%(document)s” is not filed", document=label)
