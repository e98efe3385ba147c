"""The documents of a seat: which one its reader writes and signs there, and which they wait for."""

from sqlalchemy.orm import Session

from workflow.engine.permissions.context import RoundContext
from workflow.engine.rounds import decision
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.rule import Stance


def own_form(definition: Definition, spec: RoundSpec, role: str, state: str) -> str:
    """The document with a form that a role writes in this state and signs at the end of it, if there is one."""
    for key in spec.text:
        kind = definition.documents[key]
        written = kind.sections and state in kind.written_in and writes(spec, kind, role)
        if written and spec.signature_under(key) is not None:
            return key
    return ""


def writes(spec: RoundSpec, kind: DocumentKind, role: str) -> bool:
    """Whether a document is to be written by whoever has this role's seat in the round."""
    asked = {(seat.role, seat.of) for seat in spec.rule.seats if seat.role == role}
    return bool(asked & {(writer.role, writer.of) for writer in kind.written_by})


def others_papers(session: Session, at: RoundContext, part: str, role: str) -> tuple[str, ...]:
    """The documents of others without which a seat cannot be answered yet, for it or against it.

    That one may say “not yet” does not count. Nothing is read where some verdict needs nothing, or only
    what the seat's own role writes. Whoever still has to write something of their own waits for nobody:
    that is their move.
    """
    offered = [each for each in at.spec.rule.verdicts.values() if each.part.value == part]
    verdicts = [each for each in offered if each.stance is not Stance.NEUTRAL] or offered
    owed = [set(each.needs) - _own(at, each.needs, role) for each in verdicts]
    if not owed or not all(owed):
        return ()
    lacking = []
    for verdict, others in zip(verdicts, owed, strict=True):
        gaps = decision.missing_for(session, at.case_id, at.definition, verdict, at.opened_at)
        labels = {gap.document for gap in gaps}
        missing = [key for key in verdict.needs if at.definition.documents[key].label in labels]
        if not missing or not others.issuperset(missing):
            return ()
        lacking.append(tuple(missing))
    return min(lacking, key=len)


def _own(at: RoundContext, needs: tuple[str, ...], role: str) -> set[str]:
    """What of these the role writes itself wherever the round can be open."""
    kinds = (at.definition.documents[key] for key in needs)
    return {
        kind.key
        for kind in kinds
        if set(at.spec.states) <= set(kind.written_in) and writes(at.spec, kind, role)
    }
