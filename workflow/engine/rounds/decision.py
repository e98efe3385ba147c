"""What a person sends with a verdict, and the checks of its shape against the round."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.seats import StatedProof
from workflow.engine.documents import bound_content
from workflow.engine.models import CaseParty, Document
from workflow.errors import Incomplete, Invalid
from workflow.lifecycles import form_checks
from workflow.lifecycles.definition import Definition, DocumentKind, Part, RoundSpec, Verdict
from workflow.people.models import Party
from workflow.phrase import Lowered, Phrase, Term, counted, phrase


@dataclass(frozen=True, slots=True)
class IdentityProof:
    """How the person proved who they are in this session, and how many seconds before."""

    method: str
    age: int

    def as_stated(self) -> StatedProof:
        """The proof as an event states it."""
        return StatedProof(method=self.method, age=self.age)


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer: on a seat, or (seat None) opening an initiative and answering it in one act.

    `seen_version` is the case version the person's page showed; `key` names the request, so that
    sending it twice records it once; a proof is no part of what makes a request what it is.
    """

    ref: str
    round: str
    verdict: str
    seen_version: int
    key: str
    seat: int | None = None
    reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    proof: IdentityProof | None = None

    def as_content(self) -> dict[str, Any]:
        """Everything that makes this request what it is, for telling a repeat from a change."""
        return {
            "ref": self.ref,
            "round": self.round,
            "verdict": self.verdict,
            "seat": self.seat,
            "reason": self.reason,
            "answers": dict(self.answers),
            "seen": self.seen_version,
        }


def verdict_of(spec: RoundSpec, decision: Decision, part: Part) -> Verdict:
    """The verdict chosen; refuses one that this seat does not offer, or a reason left out."""
    verdict = spec.rule.verdicts.get(decision.verdict)
    if verdict is None or verdict.part is not part:
        raise Invalid(
            phrase("Choose one of the decisions offered."),
            {"verdict": phrase("Choose a decision.")},
        )
    if verdict.reason_required and not decision.reason.strip():
        raise Invalid(
            phrase("“%(verdict)s” needs a reason.", verdict=Term(verdict.label)),
            {"reason": phrase("Say why, so that others can act on it.")},
        )
    return verdict


def check_answers(
    session: Session, case_id: int, spec: RoundSpec, decision: Decision, verdict: Verdict
) -> None:
    """Refuse answers to questions the round does not ask, and a party that cannot be named."""
    known = {question.key for question in spec.questions}
    if set(decision.answers) - known:
        raise Invalid(phrase("The form holds an answer that this round does not ask for."))
    for appoints in spec.appoints:
        if appoints.question and appoints.outcome == verdict.outcome:
            question = next(q for q in spec.questions if q.key == appoints.question)
            capacity = question.vocabulary.removeprefix("parties:")
            allowed = session.scalars(
                select(Party.key)
                .join(CaseParty, CaseParty.party_id == Party.id)
                .where(CaseParty.case_id == case_id, CaseParty.capacity == capacity)
            ).all()
            if decision.answers.get(question.key) not in allowed:
                raise Invalid(
                    phrase("Name the %(question)s.", question=Lowered(question.label)),
                    {question.key: phrase("Choose one of these.")},
                )


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a verdict needs and does not have; `lacks` leaves the document unnamed."""

    document: str
    section: str
    lacks: Phrase
    said: Phrase


def _gap(kind: DocumentKind, lacks: Phrase) -> Gap:
    said = phrase("%(document)s: %(gap)s", document=Term(kind.label), gap=lacks)
    return Gap(kind.label, "", lacks, said)


def _gap_in(kind: DocumentKind, section: str, label: str) -> Gap:
    lacks = phrase("%(section)s: %(field)s", section=Term(section), field=Term(label))
    said = phrase("%(document)s, %(gap)s", document=Term(kind.label), gap=lacks)
    return Gap(kind.label, section, lacks, said)


def missing_for(
    session: Session, case_id: int, definition: Definition, verdict: Verdict
) -> tuple[Gap, ...]:
    """What must be filed before this verdict may be given, in words; empty when all is there."""
    found, _ = bound_content.under_decision(session, case_id, verdict.needs)
    gaps: list[Gap] = []
    for key in verdict.needs:
        kind = definition.documents[key]
        if not kind.sections:
            if not found["files"].get(key):
                gaps.append(_gap(kind, phrase("a file is missing")))
            continue
        if key not in found["documents"]:
            gaps.append(_gap(kind, phrase("not filed yet")))
            continue
        body = session.scalars(
            select(Document.body).where(
                Document.case_id == case_id,
                Document.kind == key,
                Document.version == found["documents"][key]["version"],
            )
        ).one()
        gaps += [
            _gap_in(kind, section, label) for section, label in form_checks.missing_in(kind, body)
        ]
    return tuple(gaps)


def refuse_incomplete(
    session: Session, case_id: int, definition: Definition, verdict: Verdict
) -> None:
    """Refuse a verdict whose documents are not complete, naming each gap."""
    gaps = missing_for(session, case_id, definition, verdict)
    if gaps:
        raise Incomplete(
            counted(
                "“%(verdict)s” is not possible yet: %(num)s things are missing.",
                "“%(verdict)s” is not possible yet: %(num)s things are missing.",
                len(gaps),
                verdict=Term(verdict.label),
            ),
            [gap.said for gap in gaps],
        )
