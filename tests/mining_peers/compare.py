"""Read the event logs with pm4py and compare them with what the trail says.

Runs in an environment of its own, without any of the product: python compare.py FOLDER
"""

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pm4py

Trail = dict[str, list[list[Any]]]
COLUMNS = ["seq", "type", "time:timestamp", "org:resource"]


def main(folder: Path) -> int:
    with (folder / "trail.jsonl").open() as lines:
        trail = dict(map(json.loads, lines))
    events = sum(map(len, trail.values()))
    print(f"The trail: {len(trail)} cases, {events} events; pm4py {pm4py.__version__}")
    different = xes(folder / "log.xes", trail)
    different += ocel("OCEL JSON", pm4py.read_ocel2_json, folder / "log.jsonocel", trail)
    different += ocel("OCEL SQLite", pm4py.read_ocel2_sqlite, folder / "log.sqlite", trail)
    print(f"Differences: {different}")
    return different > 0


def xes(path: Path, trail: Trail) -> int:
    began = perf_counter()
    log = pm4py.read_xes(str(path))
    seconds = perf_counter() - began
    found = {
        ref: list(rows[COLUMNS].itertuples(index=False))
        for ref, rows in log.groupby("case:concept:name", sort=False)
    }
    return report("XES", found, trail, seconds)


def ocel(name: str, read: Callable[[str], Any], path: Path, trail: Trail) -> int:
    began = perf_counter()
    log = read(str(path))
    seconds = perf_counter() - began
    relations = log.relations
    case_of = dict(
        relations[relations["ocel:type"] == "programme"][["ocel:eid", "ocel:oid"]].itertuples(
            index=False
        )
    )
    by = relations[(relations["ocel:type"] == "person") & (relations["ocel:qualifier"] == "by")]
    person = dict(by[["ocel:eid", "ocel:oid"]].itertuples(index=False))
    found: dict[str, list[Any]] = {}
    columns = ["ocel:eid", "seq", "ocel:activity", "ocel:timestamp"]
    ordered = log.events.sort_values(["ocel:timestamp", "seq"])
    for eid, seq, kind, at in ordered[columns].itertuples(index=False):
        found.setdefault(case_of[eid], []).append((seq, kind, at, person.get(eid)))
    return report(name, found, trail, seconds)


def report(name: str, found: dict[str, list[Any]], trail: Trail, seconds: float) -> int:
    different = sum(
        [plain(event) for event in found.get(ref, ())] != [plain(event) for event in events]
        for ref, events in trail.items()
    ) + len(found.keys() - trail.keys())
    events = sum(map(len, found.values()))
    print(
        f"{name}: {len(found)} cases, {events} events read in {seconds:.1f} s, {different} differ"
    )
    return different


def plain(event: Any) -> tuple[int, str, datetime, str]:
    seq, kind, at, who = event
    at = datetime.fromisoformat(at) if isinstance(at, str) else at.to_pydatetime()
    return int(seq), str(kind), at, str(who)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
