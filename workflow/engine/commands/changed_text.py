"""What a new text does to the rounds over the old one: approvals are void, open rounds get the new text."""

from collections.abc import Collection

from sqlalchemy import select, update

from workflow.audit.events.rounds import RoundRebound
from workflow.engine import round_state
from workflow.engine.documents import bound_content
from workflow.engine.models import Round
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import progress
from workflow.engine.rounds.signoffs import void_signoff
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import rules
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.rule import Stance
from workflow.phrase import phrase


def text_changed(work: UnitOfWork, kind: DocumentKind) -> None:
    """Void what was signed over the old text, and ask again where the case still stands there."""
    covering = {spec.key for spec in work.definition.rounds.values() if kind.key in spec.text}
    rows = work.session.execute(
        select(Round.id, Round.key, Round.turn, Round.status, Round.outcome, Round.opened_at)
        .where(Round.case_id == work.case.id, Round.key.in_(covering))
        .order_by(Round.id)
    ).all()
    running = {row.key for row in rows if row.status == "open"}
    ask_again: dict[str, RoundSpec] = {}
    for row in rows:
        spec = work.definition.rounds[row.key]
        here = row.opened_at >= work.case.entered_at
        if (spec.rule.silence and row.status == "open") or (
            spec.lasting and row.status == "settled"
        ):
            continue
        if not kind.serial or (here and row.status == "open"):
            voided = _void_approvals(work, spec, row.id)
            if voided and here and row.status == "settled" and _stands(spec, row.outcome, running):
                ask_again[spec.key] = spec
        if row.status == "open":
            _rebind(work, spec, round_state.by_id(work.session, row.id))
    state = work.case.state
    for row in rows:
        _supersede(work, work.definition.rounds[row.key], row.id)
    for spec in ask_again.values() if work.case.state == state else ():
        progress.ask_anew(work, spec)


def _stands(spec: RoundSpec, outcome: str, running: Collection[str]) -> bool:
    """Whether the case still goes by what the round was settled into: it opened the state, or what is open."""
    if spec.opens is Opens.ON_ENTRY:
        return True
    refused = {v.outcome for v in spec.rule.verdicts.values() if v.stance is not Stance.FOR}
    every = spec.outcomes[outcome].every() if outcome in spec.outcomes else ()
    opened = {key for target in every for key in target.opens}
    return outcome not in refused and any(key in running for key in opened)


def _supersede(work: UnitOfWork, spec: RoundSpec, round_id: int) -> None:
    """Close a silence over words that no longer stand: silence agrees to nothing but its text."""
    round_ = round_state.by_id(work.session, round_id)
    _, digest = bound_content.under_decision(work.session, work.case.id, spec.text)
    if spec.rule.silence is None or round_.status != "open" or digest == round_.content_digest:
        return
    why = phrase("The text was changed, so this silence is closed; the new text needs a new one.")
    progress.settle(work, spec, round_, rules.Reading(round_state.SUPERSEDED, why))


def _void_approvals(work: UnitOfWork, spec: RoundSpec, round_id: int) -> bool:
    """Void the standing approvals of a round whose bound content is no longer what stands."""
    round_ = round_state.by_id(work.session, round_id)
    _, digest = bound_content.under_decision(work.session, work.case.id, spec.text)
    if digest == round_.content_digest:
        return False
    approvals = [
        seat
        for seat in round_.seats
        if seat.verdict and spec.rule.verdicts[seat.verdict].stance is Stance.FOR
    ]
    for seat in approvals:
        void_signoff(work, round_, seat, reopen=round_.status == "open")
    return bool(approvals)


def _rebind(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> None:
    """Put the new text before an open round, and say so on the trail."""
    bound, digest = bound_content.under_decision(work.session, work.case.id, spec.text)
    if digest == round_.content_digest:
        return
    work.session.execute(
        update(Round).where(Round.id == round_.id).values(content=bound, content_digest=digest)
    )
    work.note(
        RoundRebound(round=spec.key, turn=round_.turn, content=digest, version=work.next_version())
    )
