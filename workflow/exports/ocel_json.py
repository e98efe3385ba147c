"""OCEL 2.0 as JSON: events as they are read, then the objects that were put aside meanwhile."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from workflow.exports.facts import Value
from workflow.exports.ocel import (
    OBJECT_TYPES,
    CaseObjects,
    Related,
    Thing,
    Touch,
    event_types,
    kind_of,
)
from workflow.exports.pseudonyms import Naming
from workflow.exports.traces import Trace
from workflow.exports.xes import moment

SHARED = frozenset({"party", "person"})


def write_ocel_json(target: Path, traces: Iterable[Trace], naming: Naming) -> None:
    """Write the traces to a new file; only parties and people are kept in mind throughout."""
    with target.open("wb") as out, TemporaryFile() as aside:
        out.write(b'{"objectTypes":')
        out.write(_json(list(_types(OBJECT_TYPES))))
        out.write(b',\n"eventTypes":')
        out.write(_json(list(_types(event_types()))))
        out.write(b',\n"events":[')
        shared = _events(out, aside, traces, naming)
        out.write(b'],\n"objects":[')
        _objects(out, aside, shared)
        out.write(b"]}\n")


def _events(
    out: IO[bytes], aside: IO[bytes], traces: Iterable[Trace], naming: Naming
) -> Mapping[str, Thing]:
    """Write every event; hand back the objects that several cases share."""
    shared: dict[str, Thing] = {}
    comma = b"\n"
    for trace in traces:
        story = CaseObjects(trace, naming)
        for touch in story.touches():
            out.write(comma + _json(_event(touch)))
            comma = b",\n"
        for thing in story.things.values():
            if thing.type in SHARED:
                shared.setdefault(thing.id, thing)
            else:
                aside.write(_json(_object(thing)) + b"\n")
    return shared


def _objects(out: IO[bytes], aside: IO[bytes], shared: Mapping[str, Thing]) -> None:
    aside.seek(0)
    rest = (_json(_object(thing)) for thing in shared.values())
    comma = b"\n"
    for written in chain((line.rstrip(b"\n") for line in aside), rest):
        out.write(comma + written)
        comma = b",\n"


def _types(of: Mapping[str, tuple[str, ...]]) -> Iterator[dict[str, Any]]:
    for name, attributes in of.items():
        listed = [{"name": each, "type": kind_of(each)} for each in attributes]
        yield {"name": name, "attributes": listed}


def _event(touch: Touch) -> dict[str, Any]:
    return {
        "id": touch.id,
        "type": touch.type,
        "time": moment(touch.at),
        "attributes": [{"name": name, "value": _plain(value)} for name, value in touch.values],
        "relationships": list(_relationships(touch.related)),
    }


def _object(thing: Thing) -> dict[str, Any]:
    return {
        "id": thing.id,
        "type": thing.type,
        "attributes": [
            {"name": name, "time": moment(at), "value": _plain(value)}
            for name, at, value in thing.values
        ],
        "relationships": list(_relationships(thing.related)),
    }


def _relationships(related: Iterable[Related]) -> Iterator[dict[str, str]]:
    for other, qualifier in related:
        yield {"objectId": other, "qualifier": qualifier}


def _plain(value: Value) -> str | int:
    return moment(value) if isinstance(value, datetime) else value


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
