"""A case as its tables hold it, read past every rule: who is outside of it, and what is closed to them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from tests.support.world import World

APART = ("auditor", "administrator")
# What the standard lifecycle says, written down once more so that nothing here asks the rule.
OPEN_ROUNDS = ("decision", "decision_by_silence")
DECIDED = (
    "signature", "rejected", "inception", "active", "suspended", "operational_closure",
    "evaluation", "financial_closure",
)  # fmt: skip
NEVER_OPEN = ("request_letter",)
# Where an evaluation stands once it was published, with everything that it filed.
PUBLISHED = ("follow_up", "followed_up")
# What its form says is read by everybody as soon as it is filed, but for these fields of it.
OPEN_FORMS = {"blocker": ("background",)}
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


@dataclass(frozen=True)
class KnownCase:
    """Everything of one case that addresses are made of, and every text that is closed to outsiders."""

    id: int
    ref: str
    title: str
    state: str
    sent: bool
    framework: str
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
    published: frozenset[str]
    outsiders: tuple[str, ...]


def known_cases(world: World, first: str = "draft") -> tuple[KnownCase, ...]:
    """Every programme with a lifecycle of its own in this world; `first` is the private state."""
    with world.engine.reading() as session:
        connection = session.connection()
        rows = connection.execute(
            text(
                "SELECT c.id, c.ref, c.title, c.state, c.definition_id, f.key FROM lifecycle_case c "
                "JOIN programme p ON p.case_id = c.id LEFT JOIN framework f ON f.id = p.framework_id "
                "WHERE EXISTS (SELECT 1 FROM round r WHERE r.case_id = c.id) ORDER BY c.id"
            )
        ).all()
        return tuple(_known(world, connection, row, first) for row in rows)


def _known(world: World, connection: Connection, row: Any, first: str) -> KnownCase:
    def asked(words: str) -> list[Any]:
        return list(connection.execute(text(words), {"id": row.id}))

    definition = world.engine.definition(row.definition_id)
    rounds = asked("SELECT key, turn, state, content FROM round WHERE case_id = :id ORDER BY id")
    sent = any(each.state != first for each in rounds)
    decided = row.state in DECIDED or any(each.state in DECIDED for each in rounds)
    events = asked(
        "SELECT id, seq, type, hash, body, date(at) AS day FROM event WHERE case_id = :id ORDER BY seq"
    )
    closed = [event for event in events if not sent or _closed(event, decided=decided)]
    open_texts, closed_texts = _texts(asked, rounds, decided=decided)
    said = _said(asked, {event.id for event in closed})
    # What an answer is called stands in the lifecycle, which everybody reads.
    called = {
        each.label for spec in definition.rounds.values() for each in spec.rule.verdicts.values()
    }
    secrets = {each for each in {*closed_texts, *said} if len(each) >= SHORTEST}
    secrets -= open_texts | called
    return KnownCase(
        id=row.id, ref=row.ref, title=row.title, state=row.state, sent=sent, framework=row.key or "",
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
            if sent and decided and e.kind not in NEVER_OPEN
        ),
        acts=tuple(e.seq for e in events if e.type.startswith(("signoff", "seat", "round"))),
        days=tuple(sorted({str(event.day) for event in events})),
        closed_events=frozenset(event.seq for event in closed),
        closed_hashes=tuple(bytes(event.hash).hex() for event in closed),
        # What a case is called by is read wherever it is listed.
        secrets=frozenset(each for each in secrets if each not in row.title),
        published=frozenset(open_texts - closed_texts) if row.state in PUBLISHED else frozenset(),
        outsiders=tuple(_outsiders(asked, row.state, sent=sent)),
    )  # fmt: skip


def _closed(event: Any, *, decided: bool) -> bool:
    """Whether an event is told to participants or to auditors alone."""
    if event.type in TOLD_TO_ALL:
        return False
    if event.type in LOOKS:
        return True
    details = json.loads(bytes(event.body))
    details = details.get("details", details.get("what", details))
    if "round" in details:
        return details["round"] not in OPEN_ROUNDS
    if event.type.startswith(("document", "attachment")):
        return not decided or details.get("kind") in NEVER_OPEN
    return True


def _texts(asked: Any, rounds: list[Any], *, decided: bool) -> tuple[set[str], set[str]]:
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
        opens = decided and kind not in NEVER_OPEN and (kind, version) in bound
        said = json.loads(bytes(body))
        for key, value in said.items() if isinstance(said, dict) else (("", said),):
            read = opens or (kind in OPEN_FORMS and key not in OPEN_FORMS[kind])
            (open_ if read else closed).update(_leaves(value))
    for kind, filename in asked("SELECT kind, filename FROM attachment WHERE case_id = :id"):
        (open_ if decided and kind not in NEVER_OPEN else closed).add(filename)
    # The report that nobody decides on is open as soon as it is filed.
    if decided:
        free = {kind for kind, _ in bound}
        for kind, body in asked("SELECT kind, body FROM document WHERE case_id = :id"):
            if kind not in free | set(NEVER_OPEN):
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


def _outsiders(asked: Any, state: str, *, sent: bool) -> Iterator[str]:
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
        writes = state == "evaluation" and any(role == "evaluator" for role, *_ in held)
        counted = [office for office in held if office[0] not in APART]
        if not writes and not any(
            (party in inside and body is None) or _seat_of(role, party, body, seated)
            for role, party, _, body in counted
        ):
            yield who


def _seat_of(
    role: str, party: int, body: int | None, seated: set[tuple[int, str, int | None]]
) -> bool:
    """Whether a seat was asked of the party; of a member of one body, on that body or before there were any."""
    return any(
        party == of and (body is None or body == bench or (bench is None and role == asked_role))
        for of, asked_role, bench in seated
    )
