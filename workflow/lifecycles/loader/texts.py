"""The texts of a lifecycle file as they are kept, and those that no text may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.free_text import fault, spelled
from workflow.free_text.characters import shows
from workflow.phrase import Phrase


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
    """Each text, and each name, of a file that holds what none may."""
    match raw:
        case str():
            found = fault(raw)
            if found is not None:
                yield RefusedText(path, found)
        case list():
            for at, each in enumerate(raw):
                yield from refused(each, f"{path}[{at}]")
        case Mapping():
            for key, value in raw.items():
                yield from refused(key, ascii(key))
                yield from refused(value, f"{path}.{key}" if path else key)
