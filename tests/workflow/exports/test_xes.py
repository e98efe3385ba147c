"""The XES export: valid, complete, in order, silent about people's words, and replayable."""

import json
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from tests.support.world import World
from tests.workflow.exports import reading
from tests.workflow.exports.conftest import Exported
from tests.workflow.exports.replaying import fitness
from workflow.exports.facts import SAID
from workflow.exports.pseudonyms import Plain
from workflow.exports.tables import write_xlsx
from workflow.exports.xes import legible, write_xes

pytestmark = pytest.mark.proof

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("xes.xsd")))
# What the exports tell in other places: people, parties and seats as such.
PLACED = {"party", "proposer", "of", "to", "for", "seat", "seats"}
# What stays at home: digests of answers, remarks, interests, offices and their dates, and the
# numbers by which pages know that they are stale; what the register tells of parties, bodies
# and frameworks.
LEFT_OUT = {
    "answers", "appointment", "area", "areas", "body", "by_default", "category", "currency",
    "definition", "ends_on", "envelope", "executes", "framework", "gives", "incidents", "interest",
    "kind", "languages", "name", "on", "place", "quorum", "ref", "role", "since", "starts_on",
    "subject", "symbol", "title", "version",
}  # fmt: skip
Trail = dict[str, list[dict[str, Any]]]


def test_every_export_is_valid(exported: Exported) -> None:
    logs = [etree.parse(exported("xes", pseudonymous=hidden)) for hidden in (False, True)]

    assert [SCHEMA.validate(log) for log in logs] == [True, True], SCHEMA.error_log


def test_the_schema_refuses_a_log_that_is_out_of_order(exported: Exported) -> None:
    log = etree.parse(exported("xes"))
    trace = log.getroot().find(f"{reading.XES}trace")
    trace.append(trace[0])

    assert not SCHEMA.validate(log)


def test_every_event_stands_in_its_trace_in_the_order_of_the_trail(
    exported: Exported, trail: Trail
) -> None:
    log = reading.xes(exported("xes"))

    assert list(log) == list(trail)
    for ref, events in trail.items():
        assert [(int(e["seq"]), e["type"], e.get("org:resource")) for e in log[ref]] == [
            (event["seq"], event["type"], event["person"]) for event in events
        ]


def test_equal_times_keep_their_order(exported: Exported, trail: Trail) -> None:
    log = reading.xes(exported("xes"))
    equal = sum(
        earlier["at"] == later["at"]
        for events in trail.values()
        for earlier, later in pairwise(events)
    )

    assert equal > 500
    for events in log.values():
        assert [int(event["seq"]) for event in events] == sorted(int(e["seq"]) for e in events)


def test_times_are_the_trails_to_the_millisecond(exported: Exported, trail: Trail) -> None:
    log = reading.xes(exported("xes"))

    for ref, events in trail.items():
        assert [datetime.fromisoformat(e["time:timestamp"]) for e in log[ref]] == [
            datetime.fromisoformat(event["at"]) for event in events
        ]


def test_the_hash_of_each_event_is_its_identity(walked: World, exported: Exported) -> None:
    log = reading.xes(exported("xes"))
    with walked.engine.reading() as session:
        kept = session.connection().exec_driver_sql(
            "select e.hash from event e join lifecycle_case c on c.id = e.case_id "
            "where c.definition_id is not null order by c.id, e.seq"
        )
        hashes = [bytes(row[0]).hex() for row in kept]

    assert [event["identity:id"] for events in log.values() for event in events] == hashes


def test_no_free_text_and_no_name_is_in_it(walked: World, exported: Exported) -> None:
    whole = exported("xes").read_text()
    with walked.engine.reading() as session:
        rows = session.connection().exec_driver_sql(
            "select value from opening union select name from person union select title "
            "from lifecycle_case where subject = 'programme'"
        )
        texts = {row[0] for row in rows} - {""}

    assert len(texts) > 50
    assert [
        text for text in texts if f'"{text}"' in whole or (len(text) > 20 and text in whole)
    ] == []


def test_every_trace_fits_the_lifecycle(walked: World, exported: Exported) -> None:
    log = reading.xes(exported("xes"))
    _, definition = walked.engine.published("programme-standard")

    fits = [fitness(definition, events) for events in log.values()]

    assert set(fits) == {1.0}


def test_a_trace_that_left_the_lifecycle_does_not_fit(walked: World, exported: Exported) -> None:
    log = reading.xes(exported("xes"))
    _, definition = walked.engine.published("programme-standard")
    events = max(log.values(), key=len)
    entered = [event for event in events if event["type"] == "state.entered"]

    less = fitness(definition, [event for event in events if event is not entered[1]])

    assert 0.5 < less < 1.0


def test_letters_that_xml_forbids_are_marked() -> None:
    assert (
        legible("a\x00b\x1f\ud800\uffff\t\u00e9\U0001f600")
        == "a\ufffdb\ufffd\ufffd\ufffd\t\u00e9\U0001f600"
    )


def test_whatever_an_event_says_is_exported_or_left_out_on_purpose(walked: World) -> None:
    with walked.engine.reading() as session:
        rows = session.connection().exec_driver_sql("select distinct type, body from event")
        said = {
            (kind, name)
            for kind, body in rows
            for name, value in json.loads(bytes(body))["what"].items()
            if value is not None
        }

    dropped = {name for kind, name in said if name not in SAID.get(kind, ()) and name not in PLACED}

    assert dropped == LEFT_OUT


def test_a_checkpoint_goes_with_the_log_and_the_workbook(tmp_path: Path) -> None:
    note = "example.org/log\n7\nAAAA\n\n\u2014 example.org/log BBBB\n"
    write_xes(tmp_path / "one.xes", [], Plain(), note=note)
    write_xlsx(tmp_path / "one.xlsx", [], Plain(), note=note)
    log = etree.parse(tmp_path / "one.xes")

    (comment,) = log.xpath("//comment()")

    assert comment.text == f"\n{note}"
    assert SCHEMA.validate(log)
    assert load_workbook(tmp_path / "one.xlsx").properties.description == note


def test_a_note_that_no_comment_can_hold_is_left_out(tmp_path: Path) -> None:
    write_xes(tmp_path / "one.xes", [], Plain(), note="a--b\n")

    assert etree.parse(tmp_path / "one.xes").xpath("//comment()") == []
