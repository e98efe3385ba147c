"""Which tests a run takes: what each needs is marked, and of long rows of tests a few are enough.

`proof(sample=n)` marks a test of many parameters of which `make test` runs `n`, evenly chosen, and
a long proof each one; `proof(few=n)` marks the tests of a file of which `make test` runs `n`. A test
that differs in nothing but its database from another says the same on both: of each three such, from
parameter to parameter, one is tried on PostgreSQL and the others on SQLite, and in a long proof all on both.
Where the database itself is the subject (`BOTH`) every run tries both, save what is marked
`proof(either=True)`. `proof(alone=True)` marks what only a long proof runs, `proof(apart=True)`
what every proof runs and `make test` does not: it takes seconds, and others of its kind speak for it.
What is marked `proof(lasting=True)` lasts for minutes: a short proof leaves it to `make test`. `PART=2/5` takes the second fifth of a long proof. The seed says whose
turn it is and where a sample begins, so that each seed takes other tests and the same seed the same.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from zlib import crc32

import pytest

from tests.support.sizes import LASTING, PART, PARTS, SEED, SIZE, evenly

POSTGRESQL = "postgresql"
# A server works beside each test on PostgreSQL, which takes twice as long: it has one turn of so many.
TURNS = 3
KINDS = re.compile(r"sqlite|postgresql")
# Their tests share something large, which one process makes once; the longest stand first.
TOGETHER = (
    "tests/browser/test_whole_life.py",
    "tests/browser",
    "tests/workflow/dossiers",
    "tests/workflow/exports",
    "tests/web/test_statements.py",
    "tests/architecture",
    "tests/infrastructure/test_installation.py",
    "tests/infrastructure/test_selection.py",
    "tests/benchmarks/test_portfolio.py",
    "tests/migrations/test_migrations.py",
    "tests/web/cli/test_bench.py",
    "tests/web/cli/test_faulty_starts.py",
    "tests/web/server/test_worker.py",
    "tests/web/test_unavailable.py",
)

# Where a statement, a lock, a trigger or a journal of the database itself is what is tried.
BOTH = (
    "tests/attacks",
    "tests/benchmarks",
    "tests/infrastructure",
    "tests/migrations",
    "tests/reliability",
    "tests/web/cli/backups",
    "tests/workflow/audit/test_append_only.py",
    "tests/workflow/audit/test_trail.py",
    "tests/workflow/background",
    "tests/workflow/engine/test_engine.py",
    "tests/workflow/erasure",
    "tests/workflow/programmes/lists/test_lookup.py",
    "tests/workflow/programmes/lists/test_search.py",
    "tests/workflow/tasks",
    "tests/workflow/test_downgrade.py",
    "tests/workflow/test_revision.py",
    "tests/workflow/timekeeping",
    "tests/workflow/tlog",
    "tests/workflow/transactions",
)

# What `make quick` leaves to `make test`: the trail with its proofs and readers, what begins servers
# and commands, what forges and kills, what makes whole files, what sets an office up, letters, lists and
# what is brought in. Rules, loader, engine and the pages of daily work stay.
THOROUGH = (
    "tests/architecture",
    "tests/attacks",
    "tests/benchmarks",
    "tests/infrastructure",
    "tests/migrations",
    "tests/reliability",
    "tests/web/administration",
    "tests/web/adoption",
    "tests/web/anchors",
    "tests/web/cli",
    "tests/web/exports",
    "tests/web/health",
    "tests/web/histories",
    "tests/web/home/test_checks.py",
    "tests/web/imports",
    "tests/web/orders",
    "tests/web/outsiders",
    "tests/web/oversight",
    "tests/web/programmes/test_many.py",
    "tests/web/sentences/test_directions.py",
    "tests/web/server/test_arrival.py",
    "tests/web/test_forms.py",
    "tests/web/test_hostile.py",
    "tests/web/test_no_writes.py",
    "tests/web/test_processor.py",
    "tests/web/test_spoilt_files.py",
    "tests/web/test_statements.py",
    "tests/web/test_unavailable.py",
    "tests/workflow/audit",
    "tests/workflow/background",
    "tests/workflow/backups",
    "tests/workflow/demo/test_load.py",
    "tests/workflow/dossiers",
    "tests/workflow/engine/permissions/test_agreement.py",
    "tests/workflow/engine/permissions/test_duties_verified.py",
    "tests/workflow/engine/rounds/test_time_acts.py",
    "tests/workflow/erasure",
    "tests/workflow/exports",
    "tests/workflow/free_text/test_entrances.py",
    "tests/workflow/health",
    "tests/workflow/history",
    "tests/workflow/notices",
    "tests/workflow/offices",
    "tests/workflow/orders",
    "tests/workflow/oversight",
    "tests/workflow/programmes/adoption",
    "tests/workflow/programmes/imports",
    "tests/workflow/programmes/lists",
    "tests/workflow/tasks",
    "tests/workflow/test_downgrade.py",
    "tests/workflow/timekeeping",
    "tests/workflow/tlog",
)
BROWSER = ("tests/browser",)
# A run that leaves these words out never loads the files of which every test has one of them.
WHOLLY = {"thorough": THOROUGH, "browser": BROWSER}
LEAVING_OUT = re.compile(r"not \((\w+(?: or \w+)*)\)")


def passes_over(asked: str, place: str) -> bool:
    """Whether a run of what `asked` marks says takes none of the tests in a file or folder."""
    words = LEAVING_OUT.fullmatch(asked)
    left_out = words[1].split(" or ") if words else []
    return place.startswith(tuple(each for word in left_out for each in WHOLLY.get(word, ())))


def mark(items: list[pytest.Item]) -> None:
    """Mark what needs a PostgreSQL server and what quick leaves out; what stays together comes first."""
    for item in items:
        if _place_of(item).startswith(THOROUGH):
            item.add_marker("thorough")
        if isinstance(item, pytest.Function) and _asks_for_postgresql(item):
            item.add_marker(POSTGRESQL)
    items.sort(key=_place)


def sample(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not in the sample; a long proof takes what a short run leaves out somewhere."""
    if LASTING:
        _prove_whole(items)
        _leave_out(config, items, _of_other_parts(items))
        return
    left_out = _beyond(_rows(items, "sample", of=_function))
    sampled = [item for item in items if item not in left_out]
    left_out |= _beyond(_rows(sampled, "few", of=_place_of))
    if not _leaves_out_a_kind(config):
        left_out |= set(_not_their_turn(items))
    left_out |= {item for item in items if _says(item, "alone") or _elsewhere(item)}
    _leave_out(config, items, left_out)


def _leave_out(config: pytest.Config, items: list[pytest.Item], left_out: set[pytest.Item]) -> None:
    if left_out:
        config.hook.pytest_deselected(items=sorted(left_out, key=lambda item: item.nodeid))
        items[:] = [item for item in items if item not in left_out]


def _of_other_parts(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """What the other parts of a long proof take, each as many: they may run elsewhere, or tomorrow."""
    proved = [item for item in items if item.get_closest_marker("proof")]
    return set(proved).difference(proved[PART - 1 :: PARTS])


def _elsewhere(item: pytest.Item) -> bool:
    """Whether of `make test` and a short proof the other one runs it."""
    if SIZE:
        return _says(item, "lasting") and not _says(item, "apart")
    return _says(item, "apart")


def _says(item: pytest.Item, word: str) -> bool:
    return bool(_said(item).get(word))


@cache
def _said(item: pytest.Item) -> Mapping[str, Any]:
    """What the marks of a test say; what stands nearest to it counts."""
    farthest_first = reversed([mark.kwargs for mark in item.iter_markers("proof")])
    return {word: value for said in farthest_first for word, value in said.items()}


def _place(item: pytest.Item) -> int:
    """Where in the list of what stays together the test is, or after its end."""
    path = _place_of(item)
    places = (n for n, place in enumerate(TOGETHER) if path.startswith(place))
    return next(places, len(TOGETHER))


def _place_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _asks_for_postgresql(item: pytest.Function) -> bool:
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    asked = (POSTGRESQL in name for name in item.fixturenames)
    return POSTGRESQL in [value for value in given if isinstance(value, str)] or any(asked)


def _rows(
    items: Iterable[pytest.Item], word: str, of: Callable[[pytest.Item], str]
) -> list[tuple[list[pytest.Item], int]]:
    """The rows of which a short run takes so many: what has this word in common, and a function or file."""
    rows = defaultdict[tuple[str, int], list[pytest.Item]](list)
    for item in items:
        few = _said(item).get(word, 0)
        if few and not _says(item, "alone"):
            rows[of(item), few].append(item)
    return [(row, few) for (_, few), row in rows.items()]


def _beyond(rows: Iterable[tuple[list[pytest.Item], int]]) -> set[pytest.Item]:
    """What is not among the so many of its row."""
    return {item for row, few in rows for item in set(row) - set(evenly(row, few))}


def _leaves_out_a_kind(config: pytest.Config) -> bool:
    """Whether this run is on one kind of database only, as a quick one is."""
    return POSTGRESQL in config.getoption("markexpr")


def _not_their_turn(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Of each two that differ in nothing but their database, one; PostgreSQL has one turn of three."""
    turns = dict[str, int]()
    for function, both in _twins(each for each in items if not _says(each, "apart")):
        turn = turns.setdefault(function, SEED + crc32(function.encode()))
        on_sqlite, on_postgresql = sorted(both, key=lambda item: POSTGRESQL in item.nodeid)
        yield on_postgresql if turn % TURNS else on_sqlite
        turns[function] = turn + 1


def _twins(items: Iterable[pytest.Item]) -> Iterator[tuple[str, list[pytest.Item]]]:
    twins = defaultdict[tuple[str, str], list[pytest.Item]](list)
    for item in items:
        if _says(item, "either") or not _place_of(item).startswith(BOTH):
            function, _, parameters = item.nodeid.partition("[")
            twins[function, KINDS.sub("", parameters)].append(item)
    for (function, _), both in twins.items():
        if len(both) == 2:
            yield function, both


def _prove_whole(items: Iterable[pytest.Item]) -> None:
    """Mark as part of a proof what short runs try on one database, and whose world or pages they look at less."""
    for _, both in _twins(items):
        for item in both:
            item.add_marker("proof")
    for item in items:
        of_a_world = isinstance(item, pytest.Function) and "world" in item.fixturenames
        if of_a_world or item.get_closest_marker("browser"):
            item.add_marker("proof")
