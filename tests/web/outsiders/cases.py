"""A case as its tables hold it, read past every rule: who is outside of it, and what is closed to them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from tests.support.world import World
from tests.web.outsiders.opened import OPENED, Opened

APART = ("auditor", "administrator")
TOLD_TO_ALL = (
    "case.opened",
    "state.entered",
    "party.joined",
    "party.left",
    "programme.imported",
    "programme.placed",
    "footing.changed",
)
LOOKS = ("history.read", "history.exported", "history.reviewed")
SHORTEST = 16
# What a case of these says is for everybody once it was decided on, wherever it is said again.
PUBLIC = ("lesson", "evaluation")


@dataclass(frozen=True)
class KnownCase:
    """Everything of one case that addresses are made of, and every text that is closed to outsiders."""

    id: int
    ref: str
    title: str
    state: str
    sent: bool
    framework: str
    country: str
    kinds: Mapping[str, tuple[str, ...]]
    versions: tuple[tuple[str, int], ...]
    rounds: tuple[tuple[str, int], ...]
    silences: tuple[tuple[str, int], ...]
    initiatives: tuple[str, ...]
    parties: tuple[str, ...]
    seats: tuple[int, ...]
    files: tuple[int, ...]
    open_files: frozenset[int]
    acts: tuple[int, ...]
    days: tuple[str, ...]
    closed_events: frozenset[int]
    closed_hashes: tuple[str, ...]
    secrets: frozenset[str]
    public: bool
    told: frozenset[str]
    outsiders: tuple[str, ...]


def known_cases(world: World, first: str | None = None) -> tuple[KnownCase, ...]:
    """Every programme with a lifecycle of its own in this world; `first` is the private state where it is called otherwise."""
    with world.engine.reading() as session:
        connection = session.connection()
        rows = connection.execute(
            text(
                "SELECT c.id, c.ref, c.title, c.state, c.stage, c.definition_id, c.parent_id, f.key "
                "FROM lifecycle_case c "
                "JOIN programme p ON p.case_id = c.id LEFT JOIN framework f ON f.id = p.framework_id "
                "WHERE EXISTS (SELECT 1 FROM round r WHERE r.case_id = c.id) ORDER BY c.id"
            )
        ).all()
        return tuple(_known(world, connection, row, first) for row in rows)


def _known(world: World, connection: Connection, row: Any, first: str | None) -> KnownCase:
    def asked(words: str) -> list[Any]:
        return list(connection.execute(text(words), {"id": row.id}))

    definition = world.engine.definition(row.definition_id)
    rounds = asked("SELECT key, turn, state, content FROM round WHERE case_id = :id ORDER BY id")
    opened = OPENED.get(definition.key, Opened(()))
    private = opened.private if first is None else (first,)
    left = row.stage != "end" or any(each.state not in private for each in rounds)
    sent = row.state not in private and left
    decided = any(each in opened.decided for each in (row.state, *(r.state for r in rounds)))
    events = asked(
        "SELECT id, seq, type, hash, body, date(at) AS day FROM event WHERE case_id = :id ORDER BY seq"
    )
    closed = [event for event in events if not sent or _closed(event, opened, decided=decided)]
    open_texts, closed_texts = _texts(asked, rounds, opened, decided=decided)
    said = _said(asked, {event.id for event in closed})
    # What an answer is called stands in the lifecycle, which everybody reads.
    called = {
        each.label for spec in definition.rounds.values() for each in spec.rule.verdicts.values()
    }
    # So does by which key an answer of a form is chosen.
    called |= {
        key for kind in definition.documents.values() for f in kind.fields() for key, _ in f.options
    }
    secrets = {each for each in {*closed_texts, *said} if len(each) >= SHORTEST}
    secrets -= open_texts | called
    return KnownCase(
        id=row.id, ref=row.ref, title=row.title, state=row.state, sent=sent, framework=row.key or "",
        country=next((e.iso3 for e in asked(
            "SELECT q.iso3 FROM case_party c JOIN party q ON q.id = c.party_id "
            "WHERE c.case_id = :id AND q.iso3 IS NOT NULL ORDER BY c.id"
        )), ""),
        kinds={k: tuple(s.key for s in d.sections) for k, d in definition.documents.items()},
        versions=tuple(map(tuple, asked("SELECT kind, version FROM document WHERE case_id = :id"))),
        rounds=tuple((each.key, each.turn) for each in rounds),
        silences=tuple((e.key, e.turn) for e in rounds if definition.rounds[e.key].rule.silence),
        initiatives=tuple(k for k, s in definition.rounds.items() if s.opens == "on initiative"),
        parties=tuple(each.key for each in asked(
            "SELECT DISTINCT p.key FROM seat s JOIN party p ON p.id = s.party_id WHERE s.case_id = :id"
        )),
        seats=tuple(e.id for e in asked("SELECT id FROM seat WHERE case_id = :id ORDER BY id")),
        files=tuple(e.id for e in asked("SELECT id FROM attachment WHERE case_id = :id")),
        open_files=frozenset(
            e.id for e in asked("SELECT id, kind FROM attachment WHERE case_id = :id")
            if sent and decided and e.kind not in opened.never
        ),
        acts=tuple(e.seq for e in events if e.type.startswith(("signoff", "seat", "round"))),
        days=tuple(sorted({str(event.day) for event in events})),
        closed_events=frozenset(event.seq for event in closed),
        closed_hashes=tuple(bytes(event.hash).hex() for event in closed),
        # What a case is called by is read wherever it is listed.
        secrets=frozenset(each for each in secrets if each not in row.title),
        public=decided and definition.key in PUBLIC,
        told=frozenset(open_texts - closed_texts),
        outsiders=tuple(_outsiders(asked, row, sent=sent)),
    )  # fmt: skip


def _closed(event: Any, opened: Opened, *, decided: bool) -> bool:
    """Whether an event is told to participants or to auditors alone."""
    if event.type in TOLD_TO_ALL:
        return False
    if event.type in LOOKS:
        return True
    details = json.loads(bytes(event.body))
    details = details.get("details", details.get("what", details))
    if "round" in details:
        return details["round"] not in opened.rounds
    if event.type.startswith(("document", "attachment")):
        kind = details.get("kind")
        return kind in opened.never or not (decided or kind in opened.forms)
    return True


def _texts(
    asked: Any, rounds: list[Any], opened: Opened, *, decided: bool
) -> tuple[set[str], set[str]]:
    """The leaves of every version and the names of files: those open to everybody, and the others."""
    bound = {
        (kind, each["version"])
        for round_ in rounds
        for kind, each in _content(round_)["documents"].items()
    }
    open_, closed = set[str](), set[str]()
    for kind, version, body in asked(
        "SELECT kind, version, body FROM document WHERE case_id = :id"
    ):
        opens = decided and kind not in opened.never and (kind, version) in bound
        said = json.loads(bytes(body))
        for key, value in said.items() if isinstance(said, dict) else (("", said),):
            kept = key in opened.forms.get(kind, ())
            read = not kept and (opens or kind in opened.forms)
            (open_ if read else closed).update(_leaves(value))
    for kind, filename in asked("SELECT kind, filename FROM attachment WHERE case_id = :id"):
        (open_ if decided and kind not in opened.never else closed).add(filename)
    # The report that nobody decides on is open as soon as it is filed.
    if decided:
        free = {kind for kind, _ in bound}
        for kind, body in asked("SELECT kind, body FROM document WHERE case_id = :id"):
            if kind not in free.union(opened.never, opened.forms):
                open_ |= set(_leaves(json.loads(bytes(body))))
    return open_, closed


def _content(round_: Any) -> dict[str, Any]:
    found = round_.content
    content: dict[str, Any] = json.loads(found) if isinstance(found, str | bytes) else found
    return content


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (leaf for each in value.values() for leaf in _leaves(each))
    elif isinstance(value, list):
        yield from (leaf for each in value for leaf in _leaves(each))


def _said(asked: Any, closed: set[int]) -> Iterator[str]:
    """Every private text of an event that is closed, and every reason of an interest."""
    for event, kind, field, value in asked(
        "SELECT o.event_id, e.type, o.field, o.value FROM opening o JOIN event e "
        "ON e.id = o.event_id WHERE e.case_id = :id"
    ):
        if event in closed or (kind == "interest.declared" and field == "reason"):
            yield value


def _outsiders(asked: Any, row: Any, *, sent: bool) -> Iterator[str]:
    """By the name in their address: everybody of no party that takes part, and of no body that was asked."""
    taking = {
        each.party_id for each in asked("SELECT party_id FROM case_party WHERE case_id = :id")
    }
    seated = {
        (each.party_id, each.role, each.bench_id)
        for each in asked("SELECT DISTINCT party_id, role, bench_id FROM seat WHERE case_id = :id")
    }
    proposing = {
        each.party_id
        for each in asked(
            "SELECT party_id FROM case_party WHERE case_id = :id AND capacity = 'proposer'"
        )
    }
    inside = taking if sent else proposing
    # That a draft was opened under another case is told on the history of that one, which more people read.
    own = not sent and row.parent_id is None
    offices: dict[str, set[tuple[str, int, str, int | None]]] = {}
    for email, *office in asked(
        "SELECT p.email, a.role, a.party_id, q.key, a.body_id FROM person p JOIN appointment a "
        "ON a.person_id = p.id JOIN party q ON q.id = a.party_id WHERE :id = :id ORDER BY p.id"
    ):
        role, party, key, body = office
        offices.setdefault(email.partition("@")[0], set()).add((role, party, key, body))
    for who, held in offices.items():
        if any(role == "auditor" for role, *_ in held):
            continue
        writes = row.state == "evaluation" and any(role == "evaluator" for role, *_ in held)
        counted = [office for office in held if office[0] not in APART]
        if not writes and not any(
            (party in inside and body is None) or _seat_of(role, party, body, seated, own=own)
            for role, party, _, body in counted
        ):
            yield who


def _seat_of(
    role: str, party: int, body: int | None, seated: set[tuple[int, str, int | None]], *, own: bool
) -> bool:
    """Whether a seat was asked of the party, of their `own` office where no other counts.

    Of a member of one body it was asked on that body, or before there were any.
    """
    return any(
        party == of
        and (not own or role == asked_role)
        and (body is None or body == bench or (bench is None and role == asked_role))
        for of, asked_role, bench in seated
    )
