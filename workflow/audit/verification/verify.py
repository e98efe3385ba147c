"""Verification: every chain recomputed, and every row compared with what its events say.

It holds one case in memory at a time and reads each in a transaction of its own, so that it may
run beside the service. What it cannot see is a history rewritten whole, or cut short at its end,
together with the rows: only a copy of a trail's head kept elsewhere shows that.
"""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, Connection, Engine, bindparam, select, union

from workflow.audit import canonical
from workflow.audit.chain import Broken, EventRow, ToldEvent, follow, shown, start
from workflow.audit.envelope import UNREADABLE
from workflow.audit.models import Event, Opening
from workflow.audit.verification import actual, tables
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.facets_check import Faceted
from workflow.audit.verification.labels import refuse_difference
from workflow.audit.verification.replay import hear
from workflow.errors import Invalid
from workflow.vocabulary import REGISTER

BATCH = 500
UNHASHED = "The definition's bytes do not hash to the digest that names it."
_OF: BindParameter[int] = bindparam("case_id")
_CASE = select(tables.CASES).where(tables.CASES.c.id == _OF)
_EVENTS = (
    select(
        *(Event.id, Event.seq, Event.type, Event.person_id, Event.at),
        *(Event.body, Event.hash, Event.prev),
    )
    .where(Event.case_id == _OF)
    .order_by(Event.seq)
    .execution_options(yield_per=BATCH)
)
_OPENINGS = (
    select(Opening.event_id, Opening.field, Opening.salt, Opening.value)
    .join(Event, Event.id == Opening.event_id)
    .where(Event.case_id == _OF)
)
_CASE_IDS = union(
    select(tables.CASES.c.id),
    select(Event.case_id),
    *(select(of_a_case.c.case_id) for of_a_case in tables.OF_A_CASE),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where `ref` is not what was recorded; `seq` names the event, if it is one."""

    ref: str
    seq: int | None
    sentence: str


@dataclass(slots=True)
class Examined:
    """What was checked in one case, and the first difference if there is one."""

    ref: str
    events: int = 0
    commitments: int = 0
    erased: int = 0
    unexplained: int = 0
    rows: int = 0
    difference: Difference | None = None


@dataclass(slots=True)
class VerificationResult:
    """What was checked in all: an erased text is a commitment whose opening was deleted.

    One that no event tells of is `unexplained`: somebody deleted it behind the engine's back.
    """

    definitions: int = 0
    cases: int = 0
    events: int = 0
    commitments: int = 0
    erased: int = 0
    unexplained: int = 0
    rows: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether everything is as it was recorded."""
        return not self.differences

    def add(self, examined: Examined) -> None:
        """Count one more case."""
        self.cases += 1
        self.events += examined.events
        self.commitments += examined.commitments
        self.erased += examined.erased
        self.unexplained += examined.unexplained
        self.rows += examined.rows
        if examined.difference:
            self.differences.append(examined.difference)


def verify(database: Engine) -> VerificationResult:
    """Check every published definition and every case of the database."""
    result = check_definitions(database)
    for examined in examine(database):
        result.add(examined)
    return result


def check_definitions(database: Engine) -> VerificationResult:
    """Check every published definition, and no case yet."""
    result = VerificationResult()
    with _snapshot(database) as connection:
        for key, version, digest, body in connection.execute(
            select(*(tables.DEFINITIONS.c[name] for name in ("key", "version", "digest", "body")))
        ):
            result.definitions += 1
            sentence = _misnamed(key, version, body) if _hashes(body, digest) else UNHASHED
            if sentence:
                result.differences.append(Difference(f"{key} {version}", None, sentence))
    return result


def _hashes(body: bytes, digest: str) -> bool:
    return canonical.digest(body) == digest


def _misnamed(key: str, version: str, body: bytes) -> str:
    """The sentence where a definition's row calls it otherwise than its bytes; empty where it does not."""
    try:
        said = canonical.parse(body)
        own = f"{said['key']} {said['version']}"
    except (Invalid, LookupError, TypeError):
        return "The definition's bytes say of no lifecycle what it is called."
    return "" if own == f"{key} {version}" else f"The definition's bytes say that it is {own}."


def examine(database: Engine) -> Iterator[Examined]:
    """Each case in turn as it is checked, for a caller that shows how far it is."""
    with _snapshot(database) as connection:
        case_ids = list(connection.scalars(_CASE_IDS))
    for case_id in sorted(case_ids):
        with _snapshot(database) as connection:
            examined = examine_case(connection, case_id)
        # Whoever writes down how far it is finds nothing being read.
        yield examined


def examine_one(database: Engine, case_id: int) -> Examined:
    """Check one case alone, as it stands at one moment."""
    with _snapshot(database) as connection:
        return examine_case(connection, case_id)


def examine_case(connection: Connection, case_id: int) -> Examined:
    """Check one case: its chain, its commitments, its head, and its rows."""
    examined = Examined(f"case {case_id}")
    try:
        _check(connection, case_id, examined)
    except Broken as broken:
        examined.difference = Difference(examined.ref, broken.seq, broken.sentence)
    except UNREADABLE as fault:
        sentence = f"Its rows cannot be read: {fault}"
        examined.difference = Difference(examined.ref, None, sentence)
    return examined


def _check(connection: Connection, case_id: int, examined: Examined) -> None:
    case = connection.execute(_CASE, {"case_id": case_id}).one_or_none()
    if case is None:
        raise Broken("There are rows of this case, but the case itself is gone.")
    examined.ref = case.ref
    story, end, faceted = ExpectedRows(), start(case.ref), Faceted(connection, case_id)
    with closing(stored_events(connection, case_id)) as events:
        for told in follow(case.ref, events, end):
            _hear(story, told)
            faceted.hear(told)
            examined.events += 1
            examined.commitments += len(told.committed)
            examined.erased += len(told.committed) - len(told.opened)
    examined.unexplained = len(story.missing)
    faceted.end()
    if not end.seq and case.ref != REGISTER:
        raise Broken("No event tells of this case.")
    if (case.head_seq, case.head_hash) != (end.seq, end.hash if end.seq else None):
        raise Broken(
            f"Its trail ends with event {end.seq}, but the case names {case.head_seq} as the last,"
            " or another hash for it."
        )
    if case.head_at not in {None, end.at}:
        raise Broken(
            f"Its last event is of {shown(end.at)}, but the case says {shown(case.head_at)}."
        )
    found = actual.found(connection, case_id)
    examined.rows = len(found)
    refuse_difference(story.things, found)


def _hear(story: ExpectedRows, told: ToldEvent) -> None:
    try:
        hear(story, told)
    except UNREADABLE as fault:
        raise Broken(
            f"Event {told.seq} does not say what {told.type} has to say, or not at this point:"
            f" {fault!r}.",
            told.seq,
        ) from fault


def stored_events(connection: Connection, case_id: int) -> Generator[EventRow]:
    """Every event of a case as its table holds it, the oldest first."""
    openings: dict[int, dict[str, tuple[str, str]]] = {}
    for event_id, name, salt, value in connection.execute(_OPENINGS, {"case_id": case_id}):
        openings.setdefault(event_id, {})[name] = (salt, value)
    with connection.execute(_EVENTS, {"case_id": case_id}) as events:
        for event_id, seq, kind, person, at, body, link, prev in events:
            yield EventRow(seq, kind, person, at, body, link, prev, openings.pop(event_id, {}))


@contextmanager
def _snapshot(database: Engine) -> Iterator[Connection]:
    """A connection that sees one state of things throughout."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    if database.dialect.name == "sqlite":
        options = {"reading": True}
    with database.connect().execution_options(**options) as connection:
        yield connection
