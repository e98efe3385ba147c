"""XES (IEEE 1849-2023): one trace for each case, written as it is read.

Elements stand in the one order that every edition of the standard's schema takes. A log has no
attributes of its own, because the editions disagree about where these stand.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workflow.audit.events.rounds import OfRound
from workflow.deferred import Library
from workflow.exports.facts import Value, activity, facts, people, transition
from workflow.exports.pseudonyms import Naming
from workflow.exports.traces import Happening, Trace

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Library("lxml.etree")

NAMESPACE = "http://www.xes-standard.org/"
VERSION = "1849.2023"
EXTENSIONS = (
    ("Concept", "concept"),
    ("Time", "time"),
    ("Lifecycle", "lifecycle"),
    ("Organizational", "org"),
    ("Identity", "identity"),
)
CLASSIFIERS = (
    ("Activity", "concept:name"),
    ("ActivityAndTransition", "concept:name lifecycle:transition"),
    ("Resource", "org:resource"),
)
# Every letter that no XML document may hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What every trace and every event has, with the value to be taken where one had it not.
OF_TRACES: tuple[tuple[str, Value], ...] = (("concept:name", "unknown"),)
OF_EVENTS: tuple[tuple[str, Value], ...] = (
    ("concept:name", "unknown"),
    ("lifecycle:transition", "complete"),
    ("time:timestamp", EPOCH),
    ("seq", 0),
)
Attribute = tuple[str, str, Value]


def write_xes(target: Path, traces: Iterable[Trace], naming: Naming, *, note: str = "") -> None:
    """Write the traces to a new file, holding one of them in memory at a time.

    The note of a checkpoint stands in it as a comment.
    """
    with (
        target.open("wb") as out,
        etree.xmlfile(out, encoding="utf-8") as xml,
    ):
        xml.write_declaration()
        with xml.element(
            "log",
            {"xes.version": VERSION, "xes.features": ""},
            nsmap={None: NAMESPACE},
        ):
            # Two hyphens in a row, which no comment may hold, can only stand in a log's name.
            if note and "--" not in note:
                xml.write(etree.Comment(f"\n{note}"))
            _head(xml)
            for trace in traces:
                with xml.element("trace"):
                    _trace(xml, trace, naming)
                xml.write("\n")


def moment(at: datetime) -> str:
    """An instant as the standard writes it: UTC, milliseconds, the offset spelled out."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def _head(xml: Any) -> None:
    for name, prefix in EXTENSIONS:
        uri = f"{NAMESPACE}{prefix}.xesext"
        xml.write(etree.Element("extension", {"name": name, "prefix": prefix, "uri": uri}))
    for scope, attributes in (("trace", OF_TRACES), ("event", OF_EVENTS)):
        given = etree.Element("global", {"scope": scope})
        for key, value in attributes:
            _put(given, (_kind(value), key, value))
        xml.write(given)
    for name, keys in CLASSIFIERS:
        xml.write(etree.Element("classifier", {"name": name, "keys": keys}))
    xml.write("\n")


def _trace(xml: Any, trace: Trace, naming: Naming) -> None:
    told = {
        "concept:name": trace.ref, "subject": trace.subject,
        "lifecycle": trace.lifecycle, "definition": trace.definition,
    }  # fmt: skip
    for key, value in told.items():
        if value:
            xml.write(_element("string", key, value))
    for event in trace.events:
        element = etree.Element("event")
        for attribute in _event(event, naming):
            _put(element, attribute)
        xml.write(element)


def _event(event: Happening, naming: Naming) -> Iterator[Attribute]:
    yield "string", "concept:name", activity(event)
    yield "string", "lifecycle:transition", transition(event)
    yield "date", "time:timestamp", event.at
    yield "int", "seq", event.seq
    yield "id", "identity:id", naming.event(event.hash)
    yield "string", "type", event.type
    if isinstance(event.what, OfRound):
        yield "string", "concept:instance", f"{event.what.round} {event.what.turn}"
    # Somebody who acts for the holder of an office is the resource; the holder stands beside it.
    for part, known_as in people(event):
        key = "org:resource" if part == "by" else part.replace(" ", "_")
        yield "string", key, naming.person(known_as)
    for key, value in (("org:role", event.role), ("org:group", event.party)):
        if value:
            yield "string", key, value
    for name, fact in facts(event):
        yield _kind(fact), name, fact


def _put(parent: Any, attribute: Attribute) -> None:
    parent.append(_element(*attribute))


def _element(kind: str, key: str, value: Value) -> Any:
    written = moment(value) if isinstance(value, datetime) else legible(str(value))
    return etree.Element(kind, {"key": key, "value": written})


def _kind(value: Value) -> str:
    return {int: "int", datetime: "date"}.get(type(value), "string")


def legible(text: str) -> str:
    """Text that XML can hold: what it forbids is replaced by the mark for it."""
    return FORBIDDEN.sub("\ufffd", text)
