"""What events say is known to their payloads alone: nobody else takes one apart, or makes one up."""

import ast
import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from workflow.audit.events import PAYLOADS, codec
from workflow.audit.events.payload import Payload
from workflow.audit.verification import replay
from workflow.exports.facts import SAID
from workflow.history import line

ROOT = Path(__file__).resolve().parents[2]
# The payloads themselves, the envelope around them, and the verifier that imports nothing of ours.
KNOWING = ("workflow/audit/events/", "workflow/audit/envelope.py", "workflow/dossiers/verifier/")
OF_THE_ENVELOPE = {"what", "commitments", "prev"}
MADE_UP = (ast.Dict, ast.DictComp, ast.BinOp)
WITHOUT_A_PAYLOAD = """
import enum
import workflow.vocabulary as vocabulary
kinds = {kind.name: kind.value for kind in vocabulary.EventType}
vocabulary.EventType = enum.StrEnum("EventType", {**kinds, "RAIN": "weather.rained"})
import workflow.audit.trail
"""


def offences(source: str) -> list[int]:
    """The lines that take a payload apart by keys, or hand over something else in its place."""
    return sorted({node.lineno for node in ast.walk(ast.parse(source)) if _offends(node)})


def _offends(node: ast.AST) -> bool:
    return _taken_apart(node) or _made_up(node) or _sealed_by_name(node)


def _taken_apart(node: ast.AST) -> bool:
    match node:
        case ast.Subscript(value=of, slice=ast.Constant(value=str(key))):
            return _says(of) or (key in OF_THE_ENVELOPE and not _is_of_a_table(of))
        case ast.Call(func=ast.Attribute(attr="get", value=of), args=[ast.Constant(), *_]):
            return _says(of)
        case ast.Compare(left=ast.Constant(value=str()), ops=[ast.In() | ast.NotIn()]):
            return any(_says(each) for each in node.comparators)
    return False


def _made_up(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="note"), args=[first, *_]):
            return isinstance(first, MADE_UP)
        case ast.Call(func=ast.Name(id="Fact"), args=args, keywords=named):
            handed = [*args[:1], *(each.value for each in named if each.arg == "what")]
            return any(isinstance(each, MADE_UP) for each in handed)
    return False


def _sealed_by_name(node: ast.AST) -> bool:
    """A private text asked for by its name, where its payload has it sealed."""
    match node:
        case ast.Call(func=ast.Attribute(attr="private"), args=[_, ast.Constant()]):
            return True
        case ast.Call(func=ast.Name(id="private_columns"), keywords=named):
            return any(isinstance(each.value, ast.Constant) for each in named)
    return False


def _says(node: ast.AST) -> bool:
    """Whether this is what an event says: by its name, or read from bytes on the spot."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name == "what"
        case ast.Subscript(slice=ast.Constant(value="what")):
            return True
    return False


def _is_of_a_table(node: ast.AST) -> bool:
    """The columns of a table, which are spelt alike."""
    return isinstance(node, ast.Attribute) and node.attr == "c"


def sources() -> Iterator[Path]:
    for wing in ("workflow", "web"):
        for file in sorted((ROOT / wing).rglob("*.py")):
            if not file.relative_to(ROOT).as_posix().startswith(KNOWING):
                yield file


def test_no_event_is_taken_apart_by_keys_or_made_of_a_dictionary() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in sources()
        for line in offences(file.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        'what["round"]',
        'event.what["round"]',
        'told.what.get("for")',
        '"version" in told.what',
        '"version" not in what',
        'canonical.parse(body)["what"]',
        'canonical.parse(body)["what"]["turn"]',
        'body["commitments"]',
        'work.note({"round": key})',
        'work.note(told | {"round": key})',
        'Fact({"round": key}, person, now)',
        'Fact(person=1, at=now, what={"round": key})',
        'setting.names.private(event, "reason")',
        'private_columns(told, reason="reason")',
    ],
)
def test_the_search_finds_what_it_looks_for(source: str) -> None:
    assert offences(source) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "what.round",
        'row["round"]',
        'EVENTS.c["prev"]',
        "work.note(told)",
        'entry.note("", "is missing")',
        "Fact(RoundOvertaken(round=key, turn=1), None, now)",
    ],
)
def test_the_search_leaves_what_is_as_it_should_be(source: str) -> None:
    assert offences(source) == []


def test_nothing_that_writes_events_starts_where_a_type_has_no_payload() -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_PAYLOAD],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert run.returncode != 0
    assert "ImportError: weather.rained has no payload" in run.stderr


def test_every_payload_has_words_in_a_history() -> None:
    assert set(line.TELLERS) == set(PAYLOADS.values())


@pytest.mark.parametrize("tellers", [line.TELLERS, replay.TELLERS], ids=["history", "replay"])
def test_every_teller_takes_the_payload_that_it_is_called_with(
    tellers: Mapping[type[Payload], Callable[..., Any]],
) -> None:
    taken = {kind: inspect.signature(tell).parameters["what"] for kind, tell in tellers.items()}

    assert [
        (kind, parameter.annotation)
        for kind, parameter in taken.items()
        if not issubclass(kind, parameter.annotation)
    ] == []


def test_every_key_that_is_exported_is_one_that_its_payload_has() -> None:
    known = {kind: {each.key for each in codec.keys_of(of)} for kind, of in PAYLOADS.items()}

    assert {
        kind: set(keys) - known[kind] for kind, keys in SAID.items() if set(keys) - known[kind]
    } == {}
