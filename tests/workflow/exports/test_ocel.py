"""The OCEL exports: both encodings say the same, completely, with every end of a relation there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.workflow.exports import reading
from tests.workflow.exports.conftest import Exported
from workflow.audit.events.rounds import NamedSeat
from workflow.audit.events.seats import (
    SeatReassigned,
)
from workflow.exports.ocel import CaseObjects
from workflow.exports.ocel_sqlite import table_of
from workflow.exports.pseudonyms import Plain
from workflow.exports.traces import Happening, Trace

pytestmark = pytest.mark.proof

Trail = dict[str, list[dict[str, Any]]]
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
START = "1970-01-01T00:00:00.000+00:00"
ENCODED = {"string": str, "integer": int, "time": str}


def test_json_holds_every_event_of_every_case_in_order(exported: Exported, trail: Trail) -> None:
    cases = reading.by_case(reading.ocel_json(exported("ocel")))

    assert {
        ref: [(event["said"]["seq"], event["type"]) for event in events]
        for ref, events in cases.items()
    } == {ref: [(e["seq"], e["type"]) for e in events] for ref, events in trail.items()}


def test_ids_are_unique_and_every_relation_ends_at_an_object(exported: Exported) -> None:
    log = reading.ocel_json(exported("ocel"))
    objects = log["objects"]
    ends = {
        each["objectId"]
        for thing in (*log["events"].values(), *objects.values())
        for each in thing["relationships"]
    }

    assert log["counts"] == (len(log["events"]), len(objects))
    assert not objects.keys() & log["events"].keys()
    assert ends <= objects.keys()


def test_every_attribute_is_declared_with_its_type_and_time(exported: Exported) -> None:
    log = reading.ocel_json(exported("ocel"))
    undeclared = [
        (thing["type"], each["name"])
        for kind, things in (("types", "events"), ("object_types", "objects"))
        for thing in log[things].values()
        for each in thing["attributes"]
        if not any(
            known["name"] == each["name"] and isinstance(each["value"], ENCODED[known["type"]])
            for known in log[kind][thing["type"]]
        )
    ]
    times = [
        datetime.fromisoformat(each["time"])
        for thing in log["objects"].values()
        for each in thing["attributes"]
    ]

    assert undeclared == []
    assert all(at.tzinfo is not None for at in times)


def test_every_kind_of_object_is_there(exported: Exported) -> None:
    log = reading.ocel_json(exported("ocel"))

    kinds = {thing["type"] for thing in log["objects"].values()}

    assert kinds == set(log["object_types"])


def test_the_states_of_a_programme_are_those_it_entered(exported: Exported, trail: Trail) -> None:
    objects = reading.ocel_json(exported("ocel"))["objects"]

    for ref, events in trail.items():
        states = [each["value"] for each in objects[ref]["attributes"] if each["name"] == "state"]
        assert states == [
            event["what"].get("to", event["what"].get("state"))
            for event in events
            if event["type"] in {"case.opened", "state.entered"}
        ]


def test_a_seat_says_what_was_answered_on_it_and_when(exported: Exported, trail: Trail) -> None:
    objects = reading.ocel_json(exported("ocel"))["objects"]

    for ref, events in trail.items():
        for event in (each for each in events if each["type"] == "signoff.given"):
            place = event["what"]["seat"]
            words = (event["what"]["round"], str(event["what"]["turn"]), place["role"])
            seat = objects[
                "/".join((ref, *words, *filter(None, (place["party"], place["category"]))))
            ]
            said = {(each["name"], each["value"]) for each in seat["attributes"]}
            assert {("verdict", event["what"]["verdict"]), ("status", "answered")} <= said


def test_a_signature_touches_its_round_seat_person_party_and_programme(exported: Exported) -> None:
    log = reading.ocel_json(exported("ocel"))
    given = [event for event in log["events"].values() if event["type"] == "signoff.given"]

    for event in given:
        touched = {
            (log["objects"][each["objectId"]]["type"], each["qualifier"])
            for each in event["relationships"]
        }
        assert {
            ("programme", "of"), ("round", "in"), ("seat", "on"), ("person", "by"),
            ("party", "in the name of"),
        } <= touched  # fmt: skip


def test_sqlite_says_what_json_says(exported: Exported) -> None:
    log, tables = reading.ocel_json(exported("ocel")), reading.ocel_sqlite(exported("ocel-sqlite"))

    assert tables["faults"] == []
    assert {row["ocel_id"]: row["ocel_type"] for row in tables["event"]} == {
        event["id"]: event["type"] for event in log["events"].values()
    }
    for kind in log["types"]:
        rows = {row["ocel_id"]: row for row in tables[f"event_{table_of(kind)}"]}
        for event in (each for each in log["events"].values() if each["type"] == kind):
            kept = {name: value for name, value in rows[event["id"]].items() if value is not None}
            assert kept == {
                "ocel_id": event["id"], "ocel_time": event["time"], **event["said"]
            }  # fmt: skip
    assert _relations(tables["event_object"]) == _related(log["events"])
    assert _relations(tables["object_object"]) == _related(log["objects"])


def test_sqlite_tells_each_change_of_an_object_with_its_field(exported: Exported) -> None:
    log, tables = reading.ocel_json(exported("ocel")), reading.ocel_sqlite(exported("ocel-sqlite"))

    for kind in log["object_types"]:
        rows = tables[f"object_{table_of(kind)}"]
        first = [row for row in rows if row["ocel_changed_field"] is None]
        changes = [
            (row["ocel_id"], row["ocel_changed_field"], row["ocel_time"],
             row[row["ocel_changed_field"]])
            for row in rows if row["ocel_changed_field"]
        ]  # fmt: skip
        things = [thing for thing in log["objects"].values() if thing["type"] == kind]
        assert sorted(row["ocel_id"] for row in first) == sorted(thing["id"] for thing in things)
        assert sorted(changes, key=str) == sorted(
            (
                (thing["id"], each["name"], each["time"], each["value"])
                for thing in things for each in thing["attributes"] if each["time"] != START
            ),
            key=str,
        )  # fmt: skip


def _relations(rows: list[dict[str, str]]) -> set[tuple[str, ...]]:
    return {tuple(row.values()) for row in rows}


def _related(things: dict[str, Any]) -> set[tuple[str, ...]]:
    return {
        (thing["id"], each["objectId"], each["qualifier"])
        for thing in things.values() for each in thing["relationships"]
    }  # fmt: skip


def test_a_seat_handed_over_moves_no_programme() -> None:
    """The person who is to answer stands under the same key as a state that is entered."""
    handed = SeatReassigned(
        round="decision", turn=1, seat=NamedSeat(role="chair", party="board", category=""),
        delegate=5, under=7, reason=None,
    )  # fmt: skip
    event = Happening("SSC-1", 1, "seat.reassigned", AT, AT, "p3", "chair", "board", b"", handed)
    objects = CaseObjects(Trace("SSC-1", "programme", "", "", "", (event,)), Plain())

    (touch,) = objects.touches()

    assert [name for name, _, _ in objects.things["SSC-1"].values if name == "state"] == []
    assert ("p5", "delegate") in touch.related
