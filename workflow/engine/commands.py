"""The verbs of the engine: each is one transaction that claims, decides and writes, or refuses."""

from dataclasses import dataclass

from workflow.engine import cases, circumstances, decisions, progress, receipts, sittings
from workflow.engine.answering import give, recuse_seat, settle_if_decided
from workflow.engine.authority import Asked, authority
from workflow.engine.claims import claimed, spec_of
from workflow.engine.deadlines import sweep_case
from workflow.engine.decisions import Decision
from workflow.engine.definition import Opens, Part, RoundSpec
from workflow.engine.engine import Engine
from workflow.engine.lateness import late_receipt
from workflow.engine.ledger import Ledger
from workflow.engine.permission import objections
from workflow.engine.receipts import Receipt
from workflow.engine.sittings import Chair, Sitting
from workflow.errors import Invalid, NotAuthorised, NotFound, RoundClosed
from workflow.vocabulary import EventType


def sign(engine: Engine, person: int, decision: Decision) -> Receipt:
    """Record one verdict on one seat, with whatever it settles and moves; answer with a receipt.

    Sent twice under one key it is recorded once and answered alike. Refuses a stranger, a stale
    page, a closed round, a conflict of duties, a missing reason or document; then nothing is
    written. An answer that comes after a silence has ended is recorded as late, without effect.
    """
    sweep_case(engine, decision.ref)
    with engine.transaction() as session:
        ledger, digest, earlier = claimed(engine, session, person, decision)
        if earlier:
            return earlier
        if late := late_receipt(ledger, decision, person):
            receipts.remember(session, person, decision.key, digest, late, ledger.now)
            return late
        cases.refuse_stale(ledger.case, decision.seen_version)
        spec = spec_of(ledger, decision.round)
        sitting, chair = _place(ledger, spec, decision, person)
        verdict = decisions.verdict_of(spec, decision, chair.part)
        asked = Asked(spec, sitting, chair.id, chair.place, ledger.case.state)
        acting = authority(ledger, asked, person)
        decisions.check_answers(session, ledger.case.id, spec, decision, verdict)
        decisions.refuse_incomplete(session, ledger.case.id, ledger.definition, verdict)
        written = give(ledger, spec, sitting, chair, decision, acting)
        settled = settle_if_decided(ledger, spec, sitting.id)
        ledger.close()
        receipt = Receipt(
            ref=ledger.case.ref,
            seq=written.seq,
            hash=written.hash.hex(),
            verdict=verdict.label,
            content=sitting.content_digest,
            outcome=settled.outcome or "",
            state=ledger.case.state,
            explanation=settled.explanation,
        )
        receipts.remember(session, person, decision.key, digest, receipt, ledger.now)
        return receipt


@dataclass(frozen=True, slots=True)
class Initiative:
    """A wish to open a round that hears several parties, with the reason for it."""

    ref: str
    round: str
    reason: str
    seen_version: int
    key: str

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            "opens": self.round,
            "reason": self.reason,
            "seen": self.seen_version,
        }


def initiate(engine: Engine, person: int, wish: Initiative) -> Receipt:
    """Open a round that stands open to initiative and hears several parties before it is decided.

    Only those named to open it may, or else a holder of the deciding role; a reason is required.
    """
    sweep_case(engine, wish.ref)
    with engine.transaction() as session:
        ledger, digest, earlier = claimed(engine, session, person, wish)
        if earlier:
            return earlier
        cases.refuse_stale(ledger.case, wish.seen_version)
        spec = spec_of(ledger, wish.round)
        if spec.opens is not Opens.ON_INITIATIVE or spec.one_act:
            raise NotFound("There is no such round to open here.")
        if not wish.reason.strip():
            raise Invalid("Opening this round needs a reason.", {"reason": "Say why."})
        _refuse_second(ledger, spec)
        if spec.opened_by:
            _refuse_opener(ledger, spec, person)
        sitting = progress.open_round(ledger, spec, reason=wish.reason.strip())
        if not spec.opened_by:
            _initiator(ledger, spec, sitting, person)
        ledger.close()
        receipt = Receipt(
            ref=ledger.case.ref,
            seq=ledger.case.head.seq,
            hash=(ledger.case.head.hash or b"").hex(),
            verdict=f"{spec.label} opened",
            content=sitting.content_digest,
            outcome="",
            state=ledger.case.state,
            explanation="",
        )
        receipts.remember(session, person, wish.key, digest, receipt, ledger.now)
        return receipt


@dataclass(frozen=True, slots=True)
class Recusal:
    """A wish to step back from a seat, with the reason for it."""

    ref: str
    round: str
    seat: int
    reason: str
    seen_version: int
    key: str

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            "recuse": self.seat,
            "reason": self.reason,
            "seen": self.seen_version,
        }


def recuse(engine: Engine, person: int, wish: Recusal) -> Receipt:
    """Step back from a seat for good; it leaves the denominator as the rule says."""
    sweep_case(engine, wish.ref)
    with engine.transaction() as session:
        ledger, digest, earlier = claimed(engine, session, person, wish)
        if earlier:
            return earlier
        cases.refuse_stale(ledger.case, wish.seen_version)
        spec = spec_of(ledger, wish.round)
        sitting, chair = _sitting_at(ledger, wish.round, wish.seat)
        if not wish.reason.strip():
            raise Invalid("Stepping back needs a reason.", {"reason": "Say why."})
        appointment = _permitted(ledger, spec, sitting, chair, person)
        written = recuse_seat(ledger, sitting, chair, wish.reason.strip(), appointment)
        settled = settle_if_decided(ledger, spec, sitting.id)
        ledger.close()
        receipt = Receipt(
            ref=ledger.case.ref,
            seq=written.seq,
            hash=written.hash.hex(),
            verdict="Stepped back",
            content=sitting.content_digest,
            outcome=settled.outcome or "",
            state=ledger.case.state,
            explanation=settled.explanation,
        )
        receipts.remember(session, person, wish.key, digest, receipt, ledger.now)
        return receipt


def record_reading(engine: Engine, person: int, ref: str, *, exported: bool = False) -> None:
    """Write on a case's trail that somebody read, or took away, its history."""
    with engine.transaction() as session:
        case = cases.claim(session, ref)
        ledger = Ledger(
            session, case, engine.definition(case.definition_id, session), person, engine.now()
        )
        ledger.note(EventType.HISTORY_EXPORTED if exported else EventType.HISTORY_READ, {})
        ledger.close()


def _place(
    ledger: Ledger, spec: RoundSpec, decision: Decision, person: int
) -> tuple[Sitting, Chair]:
    """The seat to answer: the one named, or the person's own in an initiative opened by this act."""
    if decision.seat is not None:
        return _sitting_at(ledger, decision.round, decision.seat)
    if not spec.one_act:
        raise NotFound("Say which seat you answer.")
    if ledger.case.state not in spec.states:
        raise RoundClosed(f"“{spec.label}” is not possible in this state. Nothing was recorded.")
    sitting = progress.open_round(ledger, spec)
    held = circumstances.offices(ledger.session, person, ledger.now.date())
    chair = next((c for c in sitting.chairs if (c.role, c.party_id) in held), None)
    if chair is None:
        role = ledger.definition.roles[spec.rule.seats[0].role].label
        raise NotAuthorised(f"Only the {role} may do this; you do not hold that office today.")
    return sitting, chair


def _sitting_at(ledger: Ledger, round_key: str, seat: int) -> tuple[Sitting, Chair]:
    sitting = sittings.latest(ledger.session, ledger.case.id, round_key)
    chair = sitting.chair(seat) if sitting else None
    if sitting is None or chair is None:
        raise RoundClosed("This seat is no longer open. Nothing was recorded.")
    return sitting, chair


def _permitted(
    ledger: Ledger, spec: RoundSpec, sitting: Sitting | None, chair: Chair, person: int
) -> int:
    """The appointment under which the person may answer; raises the first reason why not."""
    seen = circumstances.circumstances(
        ledger.session,
        ledger.definition,
        spec,
        sitting,
        case_id=ledger.case.id,
        state=ledger.case.state,
        person=person,
        seat=chair.id,
        now=ledger.now,
    )
    for refusal in objections(ledger.definition, spec, chair.place, seen):
        raise refusal
    return seen.offices[chair.role, chair.party_id]


def _refuse_second(ledger: Ledger, spec: RoundSpec) -> None:
    if ledger.case.state not in spec.states:
        raise RoundClosed(f"“{spec.label}” is not possible in this state. Nothing was recorded.")
    running = sittings.latest(ledger.session, ledger.case.id, spec.key)
    if running is not None and running.status == "open":
        raise RoundClosed(f"“{spec.label}” is already open.")


def _refuse_opener(ledger: Ledger, spec: RoundSpec, person: int) -> None:
    """Refuse an initiative of somebody who is not among those named to open the round."""
    today = ledger.now.date()
    named = circumstances.openers(ledger.session, ledger.case.id, spec, today)
    held = circumstances.offices(ledger.session, person, today)
    own = [chair for chair in named if (chair.role, chair.party_id) in held]
    if not named:
        raise NotAuthorised("Nobody holds the office that may open this.")
    _permitted(ledger, spec, None, (own or list(named))[0], person)


def _initiator(ledger: Ledger, spec: RoundSpec, sitting: Sitting, person: int) -> None:
    """Refuse an initiative of somebody who does not hold the deciding seat."""
    chair = next(c for c in sitting.chairs if c.part is Part.DECIDES)
    _permitted(ledger, spec, sitting, chair, person)
