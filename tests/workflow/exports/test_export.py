"""Exporting: the same on both databases, whole or not at all, and told once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.support.walks import bodies
from tests.support.world import World
from tests.workflow.exports import reading
from workflow.audit.events.payload import Unknown
from workflow.errors import NotFound
from workflow.exports import export as exports_export
from workflow.exports.export import FORMS, ExportRequest, export, tell
from workflow.exports.traces import Trace, chosen, traces

pytestmark = pytest.mark.proof


def test_both_databases_export_what_the_trail_tells(world: World, tmp_path: Path) -> None:
    refs = [world.programme("screening"), world.programme("consultation")]
    with world.engine.reading() as session:
        ids = chosen(session, refs[::-1])
        trail = {ref: [(e["seq"], e["type"]) for e in bodies(session, ref)] for ref in refs}

    events = export(world.engine, ids, ExportRequest("xes"), tmp_path / "all.xes")

    log = reading.xes(tmp_path / "all.xes")
    assert list(log) == refs[::-1]
    assert {ref: [(int(e["seq"]), e["type"]) for e in log[ref]] for ref in log} == trail
    assert events == sum(map(len, trail.values()))


def test_the_register_is_exported_where_it_is_named(world: World) -> None:
    with world.engine.reading() as session:
        ids, everything = chosen(session, ["REGISTER"]), chosen(session)

    (register,) = traces(world.engine, ids)

    assert list(everything) == []
    assert {event.type for event in register.events} >= {"appointment.made", "pivotal.designated"}


def test_an_unknown_name_is_refused(world: World) -> None:
    with world.engine.reading() as session, pytest.raises(NotFound, match="called NO-1"):
        chosen(session, ["REGISTER", "NO-1"])


def test_a_damaged_event_keeps_its_place(world: World) -> None:
    world.honest = False
    ref = world.programme("screening")
    with world.engine.database.begin() as connection:
        _open(connection)
        connection.execute(text("update event set body = :b where seq = 2"), {"b": b"not json"})
    with world.engine.reading() as session:
        ids = chosen(session, [ref])

    (trace,) = traces(world.engine, ids)

    assert [event.seq for event in trace.events] == list(range(1, len(trace.events) + 1))
    assert (trace.events[1].what, trace.events[1].person) == (Unknown(), None)


def test_a_failure_leaves_what_stood_there_and_no_half_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, target = world.programme("screening"), tmp_path / "all.csv"
    target.write_text("the file of yesterday")
    with world.engine.reading() as session:
        ids = chosen(session, [ref])

    def fails(draft: Path, read: Iterator[Trace], _naming: Any) -> None:
        draft.write_text(next(read).ref)
        raise OSError("No space left on device")

    full = FORMS | {"csv": replace(FORMS["csv"], write=fails)}
    monkeypatch.setattr(exports_export, "FORMS", full)
    with pytest.raises(OSError, match="No space left"):
        export(world.engine, ids, ExportRequest("csv"), target)

    assert [path.name for path in tmp_path.iterdir() if "all" in path.name] == ["all.csv"]
    assert target.read_text() == "the file of yesterday"


def test_a_copy_of_several_is_told_once_on_the_register(world: World) -> None:
    refs = [world.programme("draft"), world.programme("draft")]
    auditor = world.person("marie.laurent")

    tell(world.engine, auditor, refs, ExportRequest("csv", pseudonymous=True), 2)
    tell(world.engine, auditor, refs[:1], ExportRequest("csv"), 1)

    with world.engine.database.connect() as connection:
        rows = connection.execute(
            text("select body from event where type = 'history.exported' order by id")
        )
        told = [json.loads(bytes(row[0])) for row in rows]
    assert [(each["case"], each["what"]) for each in told] == [
        ("REGISTER", {"form": "csv", "cases": 2, "pseudonymous": True}), (refs[0], {}),
    ]  # fmt: skip


def _open(connection: Any) -> None:
    """Take away what closes the trail, as its owner could."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("drop trigger event_no_update"))
    else:
        connection.execute(text("alter table event disable trigger event_closed"))
