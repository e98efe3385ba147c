"""The page `docs/events.md`: `python -m tests.workflow.audit.events.page` writes it anew."""

import inspect
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from workflow.audit.events import codec, rounds, seats
from workflow.audit.events import log as of_log
from workflow.audit.events.catalogue import LISTED
from workflow.audit.events.payload import Payload

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "events.md"
PARTS = (seats.NamedSeat, rounds.AskedSeat, rounds.NamedOffice, seats.StatedProof, of_log.LeftLog)
OR_NULL = ", or null"
INTRODUCTION = """\
# What the trail can say

Every event says who did what when: its case and number on it (`case`, `seq`), what it is chained
to (`prev`), its `type`, the `person` under an opaque id, the `role`, `party` and `appointment`
under which somebody acted, when it was recorded (`at`) and, where that differs, when it took effect
(`effective`). This page lists what else each type says (`what`) and to which private texts it
commits without holding them (`commitments`). It is written by
`python -m tests.workflow.audit.events.page` from the declarations in `workflow/audit/events/`, by
which every event is written and read.
"""
OBJECTS = """\
## Objects inside events
"""


def document() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for module, payloads in groupby(LISTED, key=lambda payload: payload.__module__):
        parts.append(f"## {_sentence(sys.modules[module]).rstrip('.')}\n")
        parts += ["\n".join(_payload(each)) for each in payloads]
    parts.append(OBJECTS)
    parts += ["\n".join(_object(each)) for each in PARTS]
    return "\n".join(parts)


def _payload(kind: type[Payload]) -> Iterator[str]:
    yield from (f"### `{kind.event_type}`", "", _sentence(kind), "")
    yield from _keys(kind)
    for text in codec.texts_of(kind):
        yield f"- commits to `{text.name}`: {_small(text.tells)}"
    yield ""


def _object(kind: type[Any]) -> Iterator[str]:
    named, _, holds = _sentence(kind).partition(": ")
    yield from (f"### {named}", "", f"{holds.capitalize()}", "")
    yield from _keys(kind)
    yield ""


def _keys(kind: type[Any]) -> Iterator[str]:
    """The keys that always stand there, by what they hold; then those that only some events have."""
    always: dict[str, list[str]] = {}
    for each in codec.keys_of(kind):
        if not each.only:
            always.setdefault(each.shape.words, []).append(f"`{each.key}`")
    for words, keys in always.items():
        yield f"- {', '.join(keys)}: {words}"
    for each in codec.keys_of(kind):
        if each.only:
            yield f"- `{each.key}`: {each.shape.words.removesuffix(OR_NULL)}, {each.only}"


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:].rstrip(".")


def _sentence(of: Any) -> str:
    return (inspect.getdoc(of) or "").strip()


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
