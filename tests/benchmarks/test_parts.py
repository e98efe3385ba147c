"""The parts of a sign-off: what runs is put down to the innermost that has a name."""

import json
from pathlib import Path
from time import process_time

from benchmarks import parts
from benchmarks.figures import Figure, Report
from benchmarks.page import page
from tests.benchmarks.test_page import KNOWN
from workflow.audit import canonical


def test_time_spent_is_put_down_to_whoever_called_for_it() -> None:
    seen: list[str] = []
    until = process_time() + 0.1

    with parts.sampled(lambda frame: seen.append(parts.part_of(frame))):
        while process_time() < until:
            canonical.write({"a": list(range(500))})

    assert seen
    assert seen.count("the event: canonical form, hashes, commitments") > len(seen) / 2


def test_what_nobody_has_named_is_everything_else() -> None:
    seen: list[str] = []
    until = process_time() + 0.05

    with parts.sampled(lambda frame: seen.append(parts.part_of(frame))):
        while process_time() < until:
            json.dumps(list(range(500)))

    assert set(seen) == {parts.OTHER}


def test_each_place_of_ours_that_has_a_name_is_there() -> None:
    ours = [place for place, _ in parts.PARTS if place.startswith("workflow/") and ":" in place]
    named = [place.partition(":") for place in ours]

    missing = [
        (file, function)
        for file, _, function in named
        if f"def {function}" not in Path(parts.ROOT, file).read_text()
    ]

    assert missing == []


def test_the_page_says_what_each_part_takes() -> None:
    part = Figure("parts", "SQLite", parts.DRIVER, "ms", 0.4, detail={"% of it": 33.3})

    written = page(Report(KNOWN, 7, [part]))

    assert f"| {parts.DRIVER} | 0.4 ms | 33.3 |" in written
