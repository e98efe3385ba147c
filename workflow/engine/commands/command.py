"""The one frame of every verb: the case locked, the request recognised, the act done or refused."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Protocol, TypeVar

from workflow import free_text
from workflow.audit.trail import Written
from workflow.engine import round_state, unit_of_work
from workflow.engine.commands import receipts
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.settle_due import sweep_case
from workflow.engine.engine import Engine
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotFound, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Phrase, Term, phrase


class Command(Protocol):
    """What somebody asks of a case, under a key that tells a repeat from a second command."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def ref(self) -> str:
        """The case."""

    @property
    def key(self) -> str:
        """What the request is called."""

    @property
    def reason(self) -> str:
        """Why, in the person's own words."""

    @property
    def seen_version(self) -> int:
        """The version of the case that the person's page showed."""

    def as_content(self) -> Mapping[str, Any]:
        """Everything that makes this request what it is."""


Cmd = TypeVar("Cmd", bound=Command)
Act = Callable[[UnitOfWork, int, Cmd], Receipt]
Late = Callable[[UnitOfWork, int, Cmd], Receipt | None]


def execute(
    engine: Engine,
    person: int,
    command: Cmd,
    do: Act[Cmd],
    *,
    in_retrospect: Late[Cmd] | None = None,
) -> Receipt:
    """Do one act on a locked case and answer with its receipt; a refusal leaves nothing written.

    Sent twice under one key it is done once and answered alike. What is overdue is settled first,
    unless the clock is in doubt: then nothing is done at all.
    A page older than the case is refused, unless `in_retrospect` finds that the act came too late
    for what it is about and records it as that.
    """
    command = _as_kept(engine, command)
    engine.refuse_doubt()
    sweep_case(engine, command.ref)
    with engine.transaction() as session:
        case = unit_of_work.lock_case(session, command.ref)
        digest = receipts.request_digest(dict(command.as_content()))
        if earlier := receipts.replayed(session, person, command.key, digest):
            return earlier
        definition = engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, person, engine.now())
        receipt = in_retrospect(work, person, command) if in_retrospect else None
        if receipt is None:
            unit_of_work.refuse_stale(case, command.seen_version)
            receipt = do(work, person, command)
        work.close()
        receipts.remember(session, person, command.key, digest, receipt, work.now)
        return receipt


def _as_kept(engine: Engine, command: Cmd) -> Cmd:
    """The command with its reason as it is kept; refuses a reference that can be none."""
    if not command.ref.isprintable():
        case = Term(engine.domain.subject)
        raise NotFound(phrase("There is no %(case)s of this name.", case=case))
    kept = free_text.reason(command.reason)
    return command if kept == command.reason else replace(command, reason=kept)


def spec_of(work: UnitOfWork, key: str) -> RoundSpec:
    """The round called `key`; refuses one that the lifecycle does not hold."""
    spec = work.definition.rounds.get(key)
    if spec is None:
        raise NotFound(phrase("There is no such round in this lifecycle."))
    return spec


def seated_at(work: UnitOfWork, round_key: str, seat: int) -> tuple[RoundState, SeatState]:
    """The latest opening of the round and the seat in it; refuses one that is not its own."""
    round_ = round_state.latest(work.session, work.case.id, round_key)
    seat_state = round_.seat(seat) if round_ else None
    if round_ is None or seat_state is None:
        raise RoundClosed(phrase("This seat is no longer open. Nothing was recorded."))
    return round_, seat_state


def reason_of(reason: str, said: Phrase) -> str:
    """The reason given; refuses an empty one with `said`."""
    if not reason:
        raise Invalid(said, {"reason": phrase("Say why.")})
    return reason


def receipt_of(
    work: UnitOfWork,
    written: Written | None,
    verdict: str,
    content: str,
    *,
    outcome: str = "",
    explanation: str = "",
) -> Receipt:
    """The receipt of an event, or of the last one where the act is told by several."""
    head = work.case.head
    return Receipt(
        ref=work.case.ref,
        seq=written.seq if written else head.seq,
        hash=(written.hash if written else head.hash or b"").hex(),
        verdict=verdict,
        content=content,
        outcome=outcome,
        state=work.case.state,
        explanation=explanation,
    )


@dataclass(frozen=True, slots=True)
class SeatCommand:
    """The command about one seat of a round, with the reason for it where there is one."""

    what: ClassVar[str] = ""

    ref: str
    round: str
    seat: int
    seen_version: int
    key: str
    reason: str = ""

    def as_content(self) -> dict[str, Any]:
        """Everything that makes this request what it is."""
        said = {name: value for name, value in asdict(self).items() if name != "key"}
        return {"asks": self.what, **said}
