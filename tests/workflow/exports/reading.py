"""Reading the exports back, without any of the code that wrote them."""

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path
from typing import Any

from lxml import etree

XES = "{http://www.xes-standard.org/}"


def xes(path: Path) -> dict[str, list[dict[str, str]]]:
    """The events of each trace by its name, in the order of the file."""
    log = etree.parse(path).getroot()
    return {
        trace.find(f"{XES}string[@key='concept:name']").get("value"): [
            {attribute.get("key"): attribute.get("value") for attribute in event}
            for event in trace.iterfind(f"{XES}event")
        ]
        for trace in log.iterfind(f"{XES}trace")
    }


def ocel_json(path: Path) -> dict[str, Any]:
    """The log with its events and objects by their ids."""
    log = json.loads(path.read_text())
    for event in log["events"]:
        event["said"] = {each["name"]: each["value"] for each in event["attributes"]}
    return {
        "types": {kind["name"]: kind["attributes"] for kind in log["eventTypes"]},
        "object_types": {kind["name"]: kind["attributes"] for kind in log["objectTypes"]},
        "events": {event["id"]: event for event in log["events"]},
        "objects": {thing["id"]: thing for thing in log["objects"]},
        "counts": (len(log["events"]), len(log["objects"])),
    }


def by_case(log: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The events of each programme, in the order of the file."""
    found = defaultdict(list)
    for event in log["events"].values():
        (programme,) = (
            each["objectId"] for each in event["relationships"]
            if log["objects"][each["objectId"]]["type"] == "programme"
        )  # fmt: skip
        found[programme].append(event)
    return dict(found)


def ocel_sqlite(path: Path) -> dict[str, Any]:
    """The tables of the file as lists of rows."""
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        names = [
            row[0] for row in file.execute("select name from sqlite_master where type='table'")
        ]
        faults = file.execute("pragma foreign_key_check").fetchall()
        tables = {
            name: [dict(row) for row in file.execute(f'select * from "{name}" order by rowid')]
            for name in names
        }
    return {"faults": faults, **tables}
