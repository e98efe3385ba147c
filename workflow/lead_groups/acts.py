"""What members do in their group, each in one act: sign, leave, join, write terms anew, and pass the chair."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine import unit_of_work
from workflow.engine.acts.steps import CaseStep, filed, took
from workflow.engine.acts.whole import At
from workflow.engine.children.models import ChildCase
from workflow.engine.commands import receipts
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotFound
from workflow.lead_groups.form import TERMS, GroupTerms
from workflow.phrase import phrase
from workflow.programmes.lead_groups.turns import SUBJECT

Act = Callable[[Session], Receipt]


def sign(engine: Engine, person: int, at: At) -> Receipt:
    """Sign the terms of reference for one's country: of a group that is being formed, or a new version of them."""
    return _one(engine, person, at, CaseStep("signing", "sign"))


def decline(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Do not sign them, with a reason."""
    return _one(engine, person, at, CaseStep("signing", "decline", reason))


def pass_chair(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Pass the chair this once."""
    return _one(engine, person, at, CaseStep("handing_over", "pass", reason))


def end(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """End a group that no longer leads."""
    return _one(engine, person, at, CaseStep("ending", "end", reason))


def agree(engine: Engine, person: int, at: At) -> Receipt:
    """Agree for a member that a country joins."""
    return _one(engine, person, at, CaseStep("agreeing", "agree"))


def refuse(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Do not agree for a member that a country joins, with a reason."""
    return _one(engine, person, at, CaseStep("agreeing", "refuse", reason))


def take_back(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Take back a notice of leaving, or a wish to join, while it runs."""
    return _one(engine, person, at, CaseStep("taking_back", "back", reason))


def leave(engine: Engine, person: int, at: At, reasons: str, owed: str = "") -> Receipt:
    """Give notice for one's country; it leads until that has run."""
    notice = {"reasons": reasons, **({"owed": owed} if owed else {})}
    steps = CaseStep("leaving", "leave"), CaseStep("giving", "give")
    return _below(engine, person, at, steps, "notice", notice)


def join(engine: Engine, person: int, at: At, brings: str, conditions: str = "") -> Receipt:
    """Ask the members that one's country joins them."""
    wish = {"brings": brings, **({"conditions": conditions} if conditions else {})}
    steps = CaseStep("joining", "join"), CaseStep("asking", "ask")
    return _below(engine, person, at, steps, "wish", wish)


def put_terms(engine: Engine, person: int, at: At, terms: GroupTerms) -> Receipt:
    """Put a new version of the terms of reference to the members; until all have signed the one before is in force."""
    steps = CaseStep("putting_terms", "put"), CaseStep("writing_terms", "put")
    return _below(engine, person, at, steps, TERMS, terms.as_text())


def _one(engine: Engine, person: int, at: At, step: CaseStep) -> Receipt:
    def taken(session: Session) -> Receipt:
        return took(engine, session, person, at.ref, step, at.proof)

    asked = {"step": step.verdict, "round": step.round, "reason": step.reason}
    return _done(engine, person, at, asked, taken)


def _below(
    engine: Engine,
    person: int,
    at: At,
    steps: tuple[CaseStep, CaseStep],
    kind: str,
    text: dict[str, Any],
) -> Receipt:
    """Open a case under the group, file its text and send it; the receipt is that of the case under it."""
    opening, sending = steps

    def taken(session: Session) -> Receipt:
        _refuse_other(session, at.ref)
        took(engine, session, person, at.ref, opening, at.proof)
        below = _newest_below(session, at.ref)
        filed(engine, session, person, below, kind, text)
        return took(engine, session, person, below, sending, at.proof)

    return _done(engine, person, at, {"step": opening.verdict, kind: text}, taken)


def _done(engine: Engine, person: int, at: At, asked: dict[str, Any], act: Act) -> Receipt:
    """Act on a case that somebody may know of; sent again under its key it is answered alike."""
    engine.refuse_doubt()
    request = receipts.request_digest({"ref": at.ref, **asked})
    with engine.transaction() as session:
        visible_case(session, at.ref, person, engine.now())
        case = unit_of_work.lock_case(session, at.ref)
        kept = receipts.answered(session, person, at.key, request) if at.key else None
        if kept is not None:
            return Receipt(**kept)
        if at.seen_version is not None:
            unit_of_work.refuse_stale(case, at.seen_version)
        receipt = act(session)
        if at.key:
            receipts.keep(session, person, at.key, request, receipt.as_kept(), engine.now())
        return receipt


def _refuse_other(session: Session, ref: str) -> None:
    subject = session.scalar(select(LifecycleCase.subject).where(LifecycleCase.ref == ref))
    if subject != SUBJECT:
        raise NotFound(phrase("There is no lead group called %(ref)s.", ref=ref))


def _newest_below(session: Session, ref: str) -> str:
    """The case under the group that was opened last."""
    above = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    newest = select(func.max(ChildCase.case_id)).where(ChildCase.parent_id == above)
    found = select(LifecycleCase.ref).where(LifecycleCase.id == newest.scalar_subquery())
    return session.scalars(found).one()
