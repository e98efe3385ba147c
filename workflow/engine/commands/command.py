"""The one frame of every verb: the case locked, the request recognised, the act done or refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from workflow import free_text
from workflow.audit.trail import Written
from workflow.engine import round_state, unit_of_work
from workflow.engine.commands import receipts
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.settle_due import catch_up
from workflow.engine.engine import Engine
from workflow.engine.locked_rounds import ROUNDS
from workflow.engine.permissions.check import not_on
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotFound, Refusal, RoundClosed
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Phrase, Term, phrase
from workflow.transactions.statements import Asked
from workflow.transactions.transaction import Transaction


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
Done = TypeVar("Done")
Found = Sequence[list[Any]]
Act = Callable[[UnitOfWork, int, Cmd, Found], Receipt]
Late = Callable[[UnitOfWork, int, Cmd], Receipt | None]
About = Callable[[Cmd], str]
Along = Callable[[int, Cmd, date], Sequence[Asked]]


@dataclass(frozen=True, slots=True)
class Verb(Generic[Cmd]):
    """What a command does: what it asks along with the case's lock, and how it acts on what is found.

    The open rounds are always asked for, and come first in what is found, with those that it is
    `about`. `late` finds that an act came too late for that, and records it as that.
    """

    act: Act[Cmd]
    about: About[Cmd] = lambda _command: ""
    along: Along[Cmd] = lambda _person, _command, _today: ()
    late: Late[Cmd] = lambda _work, _person, _command: None


def execute(
    engine: Engine, person: int, command: Cmd, do: Callable[[UnitOfWork, int, Cmd], Receipt]
) -> Receipt:
    """Do one act that asks nothing along with the lock; see `perform`."""
    return perform(
        engine, person, command, Verb(lambda work, who, what, _found: do(work, who, what))
    )


def perform(engine: Engine, person: int, command: Cmd, verb: Verb[Cmd]) -> Receipt:
    """Do one act on a locked case and answer with its receipt; a refusal leaves nothing written.

    Sent twice under one key it is done once and answered alike. What is overdue is settled first,
    and stays so even where the act is refused, unless the clock is in doubt: then nothing is done
    at all. A page older than the case is refused.
    """
    command = as_asked(engine, command)
    receipts.refuse_damaged(command.key)
    digest = receipts.request_digest(dict(command.as_content()))
    _connected(engine.refuse_doubt)
    act = partial(_perform, engine, person, command, digest, verb)
    try:
        return _connected(act)
    except (Refusal, IntegrityError) as refused:
        if isinstance(refused, IntegrityError) and not receipts.is_taken(refused):
            raise
        earlier = receipts.replayed(engine, person, command.key, digest)
        if earlier is None:
            raise
        return earlier


def _connected(act: Callable[[], Done]) -> Done:
    """Act, and once more where the connection was lost: under its key nothing is done twice."""
    try:
        return act()
    except DBAPIError as lost:
        if not lost.connection_invalidated:
            raise
        return act()


def _perform(engine: Engine, person: int, command: Cmd, digest: str, verb: Verb[Cmd]) -> Receipt:
    with engine.writing() as under_way:
        work, found = claimed_with(engine, under_way, person, command, verb)
        receipt = verb.late(work, person, command)
        if receipt is None:
            unit_of_work.refuse_stale(work.case, command.seen_version)
            receipt = verb.act(work, person, command, found)
        work.close()
        receipts.remember(work, person, command.key, digest, receipt)
        return receipt


def claimed_with(
    engine: Engine,
    of: Transaction,
    person: int,
    command: Cmd,
    verb: Verb[Cmd],
    *,
    keeps: bool = True,
) -> tuple[UnitOfWork, Found]:
    """The case under its lock, with what time has done to it by now, which it `keeps`, and what was asked along."""
    today = engine.now().date()
    row, *found = of.read(
        (unit_of_work.LOCK, {"ref": command.ref}), *_asked(verb, person, command, today)
    )
    case = unit_of_work.locked(of, row, command.ref)
    definition = engine.definition_of(of, case.definition_id)
    work = UnitOfWork(of, case, definition, person, engine.now())
    before = case.head.seq
    caught = catch_up(work, found[0])
    # Where people were only told something, all that was found stands as it was.
    moved = case.head.seq != before
    if moved:
        work.close()
    if caught and keeps:
        of.keep()
    if moved or work.now.date() != today:
        found = of.read(*_asked(verb, person, command, work.now.date()))
    return work, found


def _asked(verb: Verb[Cmd], person: int, command: Cmd, today: date) -> Sequence[Asked]:
    """What is asked along with the lock: the rounds, and then what the verb wants."""
    rounds = {"ref": command.ref, "key": verb.about(command)}
    return (ROUNDS, rounds), *verb.along(person, command, today)


def as_asked(engine: Engine, command: Cmd) -> Cmd:
    """The command with its reason as it is kept; refuses a reference that can be none."""
    if not command.ref.isprintable():
        case = Term(engine.domain.subject)
        raise NotFound(phrase("There is no %(case)s of this name.", case=case))
    kept = free_text.reason(command.reason) if command.reason else ""
    return command if kept == command.reason else replace(command, reason=kept)


def spec_of(work: UnitOfWork, key: str) -> RoundSpec:
    """The round called `key`; refuses one that the lifecycle does not hold."""
    spec = work.definition.rounds.get(key)
    if spec is None:
        raise NotFound(phrase("There is no such round in this lifecycle."))
    return spec


def refuse_impossible(work: UnitOfWork, spec: RoundSpec) -> None:
    """Refuse a round that the case cannot have where it stands; a record of elsewhere says so."""
    if work.case.state not in spec.states:
        raise RoundClosed(
            phrase(
                "“%(round)s” is not possible in this state. Nothing was recorded.",
                round=Term(spec.label),
            )
        )
    if work.case.footing is not spec.footing:
        raise not_on(work.case.footing, Term(work.case.subject))


def seated_at(work: UnitOfWork, round_key: str, seat: int) -> tuple[RoundState, SeatState]:
    """The latest opening of the round and the seat in it; refuses one that is not its own."""
    return seat_in(round_state.latest(work.session, work.case.id, round_key), seat)


def seat_in(round_: RoundState | None, seat: int) -> tuple[RoundState, SeatState]:
    """The round and the seat in it; refuses one that is not its own."""
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
class CaseCommand:
    """The frame of a command on a case: `what` it asks, and all it says but the key it is sent under."""

    what: ClassVar[str] = ""

    def as_content(self) -> dict[str, Any]:
        """Everything that makes this request what it is."""
        said = asdict(self, dict_factory=_spelt)
        said.pop("key", None)
        return {"asks": self.what, **said}


def _spelt(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """What a command says, with days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields}


@dataclass(frozen=True, slots=True)
class SeatCommand(CaseCommand):
    """The command about one seat of a round, with the reason for it where there is one."""

    ref: str
    round: str
    seat: int
    seen_version: int
    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RoundCommand:
    """The command about a whole round, with the reason for it; `what` is what it does to the round."""

    what: ClassVar[str] = ""

    ref: str
    round: str
    reason: str
    seen_version: int
    key: str

    def as_content(self) -> dict[str, Any]:
        """Everything that makes this request what it is."""
        return {
            "ref": self.ref,
            self.what: self.round,
            "reason": self.reason,
            "seen": self.seen_version,
        }
