"""Nothing waits fixed seconds: tests wait for what they can see, save where time itself is the subject."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.layout import ROOT, modules, tree_of

WAITS = {"sleep", "wait_for_timeout"}
# What takes a while on purpose, each with what it stands for.
STATED = {
    "tests/reliability/test_background_work.py": "what does not happen meanwhile is the subject",
    "tests/web/server/echo.py": "a request that takes its time",
    "tests/web/server/test_overrun.py": "the first request has used up half of its time",
    "tests/workflow/notices/post.py": "lets other tasks of the loop have a turn, without a pause",
    "tests/workflow/tasks/worker_process.py": "a job that takes its time",
    "tests/workflow/tlog/witnesses/test_witness_server.py": "a kill at a moment that nobody chose",
    "tests/workflow/transactions/test_wire.py": "who waits inside SQLite for a lock shows it to nobody",
}


def waits(node: ast.AST) -> Iterator[ast.Call]:
    """Every pause that is not one of a loop which ends when something is seen."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.While):
            continue
        if isinstance(child, ast.Call) and _called(child) in WAITS:
            yield child
        yield from waits(child)


def _called(call: ast.Call) -> str:
    named = call.func
    return named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")


def test_no_test_waits_fixed_seconds() -> None:
    found = {str(module) for module in modules("tests") if any(waits(tree_of(ROOT / module)))}

    assert found == set(STATED)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("time.sleep(3)", 1),
        ("def test_it():\n    page.wait_for_timeout(500)", 1),
        ("for each in rows:\n    sleep(1)", 1),
        ("while not seen():\n    time.sleep(0.02)", 0),
        ("until(seen, saying='nothing')", 0),
    ],
)
def test_the_search_tells_a_pause_from_a_look(code: str, count: int) -> None:
    assert len(list(waits(ast.parse(code)))) == count
