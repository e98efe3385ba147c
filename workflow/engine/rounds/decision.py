"""What a person sends with a verdict, and the checks of its shape against the round."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.events.seats import StatedProof
from workflow.engine.document_models import Document
from workflow.engine.documents import bound_content
from workflow.engine.documents.checked import bodies_of, held_against
from workflow.engine.round_state import SeatState
from workflow.errors import Incomplete, Invalid
from workflow.lifecycles import form_checks
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.rule import Verdict
from workflow.phrase import Phrase, Term, counted, phrase

NO_ANSWERS = canonical.digest(canonical.write({}))


def digest_of(answers: Mapping[str, Any]) -> str:
    """The digest by which an event names the answers to a round's questions."""
    return canonical.digest(canonical.write(answers)) if answers else NO_ANSWERS


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
    sending it twice records it once. `answers` are those to the round's questions, None where they
    were not put. `document` is the kind of document whose page this was signed on, if it was one,
    and `language` that in which the page was read; `checklist` is the digest of the one that the page showed,
    if it showed one. None of these and not the proof is a part of what makes a request what it is.
    """

    ref: str
    round: str
    verdict: str
    seen_version: int
    key: str
    seat: int | None = None
    reason: str = ""
    answers: Mapping[str, Any] | None = None
    proof: IdentityProof | None = None
    document: str = ""
    language: str = ""
    checklist: str = ""

    @property
    def answered(self) -> dict[str, Any]:
        """The answers to the round's questions, none where they were not put."""
        return dict(self.answers or {})

    def as_content(self) -> dict[str, Any]:
        """Everything that makes this request what it is, for telling a repeat from a change."""
        return {
            "ref": self.ref,
            "round": self.round,
            "verdict": self.verdict,
            "seat": self.seat,
            "reason": self.reason,
            "answers": self.answered,
            "seen": self.seen_version,
        }


def verdict_of(
    definition: Definition, spec: RoundSpec, decision: Decision, seat: SeatState
) -> Verdict:
    """The verdict chosen; refuses one that the seat or the page does not offer, or a reason left out."""
    verdict = spec.rule.verdicts.get(decision.verdict)
    if verdict is None or verdict.part is not seat.part:
        raise Invalid(
            phrase("Choose one of the decisions offered."),
            {"verdict": phrase("Choose a decision.")},
        )
    if decision.document and not _signs(definition, spec, decision.document, verdict, seat):
        raise Invalid(phrase("This is not the signature under this document. Open its page again."))
    if verdict.reason_required and not decision.reason:
        raise Invalid(
            phrase("“%(verdict)s” needs a reason.", verdict=Term(verdict.label)),
            {"reason": phrase("Say why, so that others can act on it.")},
        )
    return verdict


def refuse_withheld(verdict: Verdict, withheld: Collection[str]) -> None:
    """Refuse a verdict that is not for this person, who may give another."""
    if verdict.key in withheld:
        raise Invalid(
            phrase(
                "“%(verdict)s” is not for whoever wrote the text or presented it; choose another answer.",
                verdict=Term(verdict.label),
            ),
            {"verdict": phrase("You wrote this text or presented it; somebody else says this.")},
        )


def _signs(
    definition: Definition, spec: RoundSpec, document: str, verdict: Verdict, seat: SeatState
) -> bool:
    """Whether this is the signature that the page of a document asks its writer for."""
    kind = definition.documents.get(document)
    writes = kind is not None and seat.role in {writer.role for writer in kind.written_by}
    return writes and spec.signature_under(document) == verdict


NOT_ANEW = phrase("nothing was filed since this was asked; what is there belongs to earlier years")


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


def _gap_in(kind: DocumentKind, section: str, what: Phrase | Term) -> Gap:
    lacks = phrase("%(section)s: %(field)s", section=Term(section), field=what)
    said = phrase("%(document)s, %(gap)s", document=Term(kind.label), gap=lacks)
    return Gap(kind.label, section, lacks, said)


def missing_for(
    session: Session,
    case_id: int,
    definition: Definition,
    verdict: Verdict,
    opened_at: datetime | None,
) -> tuple[Gap, ...]:
    """What must be filed before this verdict may be given, in words; empty when all is there.

    `opened_at` is when its round was opened, if it was: what is asked anew is filed after that.
    """
    found = gaps(session, case_id, definition, verdict.needs)
    old = not_anew(session, case_id, definition, verdict, opened_at)
    each = (found[need] or ((old[need],) if need in old else ()) for need in verdict.needs)
    return tuple(gap for gaps in each for gap in gaps)


def not_anew(
    session: Session,
    case_id: int,
    definition: Definition,
    verdict: Verdict,
    opened_at: datetime | None,
) -> dict[str, Gap]:
    """Of the documents that the verdict asks for anew: those of which the newest is from before."""
    if not verdict.anew or opened_at is None:
        return {}
    newest = (
        select(Document.kind, func.max(Document.filed_at))
        .where(Document.case_id == case_id, Document.kind.in_(verdict.needs))
        .group_by(Document.kind)
    )
    return {
        kind: _gap(definition.documents[kind], NOT_ANEW)
        for kind, at in session.execute(newest)
        if at <= opened_at
    }


def gaps(
    session: Session, case_id: int, definition: Definition, needs: tuple[str, ...]
) -> dict[str, tuple[Gap, ...]]:
    """What of each of these documents is not filed yet, in words."""
    filed, _ = bound_content.under_decision(session, case_id, needs)
    versions = tuple((key, bound["version"]) for key, bound in filed["documents"].items())
    bodies = bodies_of(session, case_id, versions)
    found = {
        need: tuple(_gaps(definition.documents[need], filed["files"].get(need), bodies.get(need)))
        for need in needs
    }
    for need, body in bodies.items():
        found[need] += tuple(_failing(session, case_id, definition, need, body))
    return found


def _failing(
    session: Session, case_id: int, definition: Definition, need: str, body: bytes
) -> Iterator[Gap]:
    """The checks that a filed version does not keep to and that nobody may sign over."""
    kind = definition.documents[need]
    held = held_against(session, case_id, definition, kind, canonical.parse(body))
    titles = {field.key: section.title for section in kind.sections for field in section.fields}
    for finding in held:
        if finding.blocks:
            yield _gap_in(kind, titles[finding.check.at], finding.said)


def _gaps(kind: DocumentKind, files: list[str] | None, body: bytes | None) -> Iterator[Gap]:
    if not kind.sections:
        if not files:
            yield _gap(kind, phrase("a file is missing"))
    elif body is None:
        yield _gap(kind, phrase("not filed yet"))
    else:
        for section, label in form_checks.missing_in(kind, body):
            yield _gap_in(kind, section, Term(label))


def refuse_incomplete(verdict: Verdict, missing: Sequence[Phrase]) -> None:
    """Refuse a verdict of which something is missing yet, naming each thing."""
    if missing:
        raise Incomplete(
            counted(
                "“%(verdict)s” is not possible yet: %(num)s thing is missing.",
                "“%(verdict)s” is not possible yet: %(num)s things are missing.",
                len(missing),
                verdict=Term(verdict.label),
            ),
            missing,
        )
