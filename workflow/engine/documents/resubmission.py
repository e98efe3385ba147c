"""What whoever sends a text again owes those who sent it back: a word on each remark, and on what stayed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.documents import bound_content, returns
from workflow.engine.documents.returns import Settled
from workflow.errors import Invalid
from workflow.lifecycles.clauses.remarks import Remark, answering, replies_in
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.rule import Verdict
from workflow.phrase import Phrase, phrase, together


@dataclass(frozen=True, slots=True)
class OpenRemark:
    """A remark on the text, and whether what it is about was changed since."""

    remark: Remark
    changed: bool


@dataclass(frozen=True, slots=True)
class CameBack:
    """A text that came back or was commented on: whether nothing was changed, and the remarks on it."""

    unchanged: bool
    remarks: tuple[OpenRemark, ...]

    @property
    def said(self) -> frozenset[int]:
        """The events in which the remarks were made."""
        return frozenset(int(each.remark.id.partition("-")[0]) for each in self.remarks)


def came_back(
    session: Session,
    definition: Definition,
    case_id: int,
    spec: RoundSpec,
    verdict: Verdict | None,
) -> CameBack | None:
    """What is owed with this verdict where it sends a text again that came back; otherwise nothing."""
    kind = _sent(definition, spec, verdict)
    found = returns.last_returns(session, definition, case_id, kind) if kind else ()
    if kind is None or not found:
        return None
    settled = returns.settled_last(session, definition, case_id, kind)
    refused = settled is not None and not all(back.comment for back in found)
    changed: frozenset[str] = frozenset()
    if settled is not None and (refused or settled.version(kind.key)):
        changed = returns.changed_since(session, case_id, kind, settled.version(kind.key))
    return CameBack(
        unchanged=settled is not None and refused and _unchanged(session, case_id, settled, spec),
        remarks=tuple(
            OpenRemark(remark, remark.place in changed) for back in found for remark in back.remarks
        ),
    )


def refuse_silent(
    spec: RoundSpec, reason: str, answers: Mapping[str, Any], back: CameBack | None
) -> None:
    """Refuse to send a text again without a word: on each remark, or on why nothing was changed."""
    if back is None:
        return
    if back.unchanged and not reason:
        raise Invalid(
            phrase("Nothing was changed since it came back."),
            {"reason": phrase("Say in one sentence why it is sent again as it is.")},
        )
    found = answering(spec)
    if found is None:
        return
    question, _ = found
    wrong = tuple(_owed(back, replies_in(spec, answers)))
    if wrong:
        raise Invalid(
            phrase("Each remark is answered before the text is sent again."),
            {question.key: together(wrong)},
        )


def _sent(definition: Definition, spec: RoundSpec, verdict: Verdict | None) -> DocumentKind | None:
    """The document with a form that this verdict signs for its writers."""
    signed = (key for key in spec.text if verdict and spec.signature_under(key) == verdict)
    kinds = (definition.documents[key] for key in signed)
    return next((kind for kind in kinds if kind.sections), None)


def _unchanged(session: Session, case_id: int, settled: Settled, spec: RoundSpec) -> bool:
    """Whether the texts and files that both rounds are about are still those that came back."""
    kinds = tuple(key for key in spec.text if key in settled.spec.text)
    now, _ = bound_content.under_decision(session, case_id, kinds)
    return all(
        now[part].get(kind) == settled.content[part].get(kind)
        for part in ("documents", "files")
        for kind in kinds
    )


def _owed(back: CameBack, given: Mapping[str, str]) -> Iterator[Phrase]:
    for each in back.remarks:
        said = given.get(each.remark.id)
        if said is None:
            yield phrase("Remark %(number)s is not answered yet.", number=each.remark.number)
        elif not said and not each.changed:
            yield phrase(
                "Remark %(number)s: nothing was changed there; say in one sentence why it stands.",
                number=each.remark.number,
            )
