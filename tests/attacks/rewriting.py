"""History written anew by somebody who knows the product: chains, rows, tree and signatures mended."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from tests.workflow.tlog.writing import Hand, keyring, place_all
from workflow.audit import canonical
from workflow.audit.commitments import commit
from workflow.audit.envelope import genesis
from workflow.schema import METADATA
from workflow.tlog.formats import tree
from workflow.tlog.signer.key_store import STATE, KeyStore
from workflow.tlog.signer.signer import Signer

TABLES = METADATA.tables
EVENT, CASE, OPENING = (TABLES[name] for name in ("event", "lifecycle_case", "opening"))
TOLD_BY_NUMBER = [
    table for table in TABLES.values() if {"event_seq", "case_id"} <= {c.name for c in table.c}
]
# What to make of an event: other contents, or nothing at all where it is to be gone.
Change = Callable[[dict[str, Any]], dict[str, Any] | None]


def unclose(connection: Connection) -> None:
    """Take every trigger off, and have the rows of one transaction agree at its end only."""
    for name in connection.scalars(text("select name from sqlite_master where type = 'trigger'")):
        connection.execute(text(f"drop trigger {name}"))
    connection.execute(text("pragma defer_foreign_keys = on"))


def rewrite(database: Engine, ref: str, change: Change) -> None:
    """Write the history of a case anew from its first event: numbers, links, hashes and rows."""
    with database.begin() as connection:
        unclose(connection)
        case = connection.execute(select(CASE).where(CASE.c.ref == ref)).one()
        events = connection.execute(
            select(EVENT).where(EVENT.c.case_id == case.id).order_by(EVENT.c.seq)
        ).all()
        seq, link = 0, genesis(ref)
        for event in events:
            body = change(canonical.parse(event.body))
            if body is None:
                forget(connection, event.id)
                continue
            seq += 1
            link = _write(connection, event, body | {"seq": seq, "prev": link.hex()})
        _end(connection, case.id, seq, link)


def forget(connection: Connection, event: int) -> None:
    """Take an event away with all that hangs on it."""
    for name in ("opening", "log_entry", "log_pending", "event_facet"):
        connection.execute(delete(TABLES[name]).where(TABLES[name].c.event_id == event))
    connection.execute(delete(EVENT).where(EVENT.c.id == event))


def _write(connection: Connection, event: Any, body: dict[str, Any]) -> bytes:
    """Write one event anew, and every row that names it; returns its hash."""
    content = canonical.write(body)
    link = canonical.leaf_hash(content)
    connection.execute(
        update(EVENT)
        .where(EVENT.c.id == event.id)
        .values(seq=body["seq"], body=content, hash=link, prev=bytes.fromhex(body["prev"]))
    )
    for table in TOLD_BY_NUMBER:
        here = (table.c.case_id == event.case_id, table.c.event_seq == event.seq)
        connection.execute(update(table).where(*here).values(event_seq=body["seq"]))
    sign_off = TABLES["sign_off"]
    here = (sign_off.c.case_id == event.case_id, sign_off.c.event_seq == body["seq"])
    connection.execute(update(sign_off).where(*here).values(event_hash=link))
    facet = TABLES["event_facet"]
    connection.execute(update(facet).where(facet.c.event_id == event.id).values(seq=body["seq"]))
    return link


def _end(connection: Connection, case: int, seq: int, link: bytes) -> None:
    connection.execute(
        update(CASE)
        .where(CASE.c.id == case)
        .values(head_seq=seq, head_hash=link if seq else None, head_at=None)
    )


def without(*gone: int) -> Change:
    """Leave some events out by their numbers."""
    return lambda body: None if body["seq"] in gone else body


def cut_after(last: int) -> Change:
    """Leave out what came after an event."""
    return lambda body: body if body["seq"] <= last else None


def forge_reason(database: Engine, ref: str, reason: str) -> None:
    """Put other words into the mouth of the first who gave a reason with a sign-off."""
    made = commit("reason", reason)
    with database.begin() as connection:
        unclose(connection)
        found = (
            select(EVENT.c.id, EVENT.c.seq, EVENT.c.case_id)
            .join(OPENING, OPENING.c.event_id == EVENT.c.id)
            .join(CASE, CASE.c.id == EVENT.c.case_id)
            .where(CASE.c.ref == ref, EVENT.c.type == "signoff.given", OPENING.c.field == "reason")
        )
        event = connection.execute(found.order_by(EVENT.c.seq).limit(1)).one()
        opening = (OPENING.c.event_id == event.id, OPENING.c.field == "reason")
        connection.execute(update(OPENING).where(*opening).values(salt=made.salt, value=reason))
        sign_off = TABLES["sign_off"]
        here = (sign_off.c.case_id == event.case_id, sign_off.c.event_seq == event.seq)
        connection.execute(update(sign_off).where(*here).values(reason=reason))

    def change(body: dict[str, Any]) -> dict[str, Any]:
        if body["seq"] == event.seq:
            body["commitments"]["reason"] = made.digest
        return body

    rewrite(database, ref, change)


def grow_anew(database: Engine) -> None:
    """Make the tree anew over the events as they are now; needs no key."""
    state, waiting = TABLES["log_state"], TABLES["log_pending"]
    with database.begin() as connection:
        unclose(connection)
        for name in ("log_entry", "log_tile", "log_pending"):
            connection.execute(delete(TABLES[name]))
        connection.execute(
            update(state).values(
                size=0, root=tree.EMPTY, edge=b"", epoch=0, holder="", lease_until=None
            )
        )
        connection.execute(insert(waiting).from_select(["event_id"], select(EVENT.c.id)))
    place_all(database)


def take_down(database: Engine) -> None:
    """Take down everything that was ever signed."""
    with database.begin() as connection:
        unclose(connection)
        for name in ("checkpoint", "cosignature", "anchor"):
            connection.execute(delete(TABLES[name]))


def sign_anew(database: Engine, home: Path, clock: Hand) -> None:
    """Sign what there is now with the stolen key, whose record of what it signed is wiped."""
    (home / STATE).unlink(missing_ok=True)
    clock.move(seconds=5)
    Signer(database, KeyStore(home), clock).step()


def sign_with_own_key(database: Engine, home: Path, origin: str, clock: Hand) -> None:
    """Introduce a key of one's own in place of the one that was introduced, and sign with it."""
    rewrite(database, "REGISTER", lambda body: None if body["type"] == "key.introduced" else body)
    keyring(database, home, clock).begin(origin)
    grow_anew(database)
    sign_anew(database, home, clock)
