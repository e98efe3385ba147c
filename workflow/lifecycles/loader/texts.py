"""The texts of a lifecycle file as they are kept, and those that no text may be.

What was published before a rule of these goes on to be read: only files are held to them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.free_text import fault, spelled
from workflow.free_text.characters import shows
from workflow.phrase import Phrase, phrase

LONGEST = 5_000
MARKUP = re.compile(r"<[/!?]?[A-Za-z-][^<>]*>")
# What catalogues of translations take for the place of a word, as Babel finds it.
FORMAT = re.compile(r"%(?:\(\w*\))?[-#0 +]?(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?[diouxXeEfFgGcrsa%]")
SHOWN = 40


@dataclass(frozen=True, slots=True)
class RefusedText:
    """A text, or a name, that holds what none may, and where it stands."""

    place: str
    problem: Phrase


def as_kept(raw: Any) -> Any:
    """What was read from a file, with every text in it as it is kept; spaces stay as they are."""
    match raw:
        case str():
            kept = spelled(raw)
            return kept if shows(kept) or fault(kept) else ""
        case list():
            return [as_kept(each) for each in raw]
        case Mapping():
            return {key: as_kept(value) for key, value in raw.items()}
    return raw


def refused(raw: Any, path: str = "") -> Iterator[RefusedText]:
    """Each text of a file that holds what none may or is too long to be read, and each such name."""
    match raw:
        case str():
            found = fault(raw) or _unfit(raw)
            if found is not None:
                yield RefusedText(path, found)
        case list():
            for at, each in enumerate(raw):
                yield from refused(each, f"{path}[{at}]")
        case Mapping():
            for key, value in raw.items():
                yield from refused(key, ascii(key))
                yield from refused(value, f"{path}.{key}" if path else key)


def _unfit(text: str) -> Phrase | None:
    """Why a text would not be shown as it is written; nothing where it would."""
    if len(text) > LONGEST:
        return phrase(
            "is %(length)s characters long, and %(most)s fit. Shorten it.",
            length=len(text), most=LONGEST,
        )  # fmt: skip
    if found := MARKUP.search(text):
        return phrase(
            "holds the markup '%(markup)s', which pages show as it is written. Take it out.",
            markup=found[0][:SHOWN],
        )
    if found := FORMAT.search(text):
        return phrase(
            "holds '%(format)s', where translations put a word. Write the word itself, or 'per cent'.",
            format=found[0][:SHOWN],
        )
    return None
