"""The texts of a lifecycle file as they are kept, and those that no text may be."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.characters import shows
from workflow.errors import Fault
from workflow.free_text import fault, spelled


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


def faults(raw: Any, file: str, path: str = "") -> Iterator[Fault]:
    """A fault for each text, or name, that holds what none may."""
    match raw:
        case str():
            found = fault(raw)
            if found is not None:
                yield Fault(f"{file}: {path}", found)
        case list():
            for at, each in enumerate(raw):
                yield from faults(each, file, f"{path}[{at}]")
        case Mapping():
            for key, value in raw.items():
                place = f"{path}.{key}" if path else str(key)
                found = fault(str(key))
                yield from [Fault(f"{file}: {path or ascii(key)}", found)] if found else []
                yield from faults(value, file, place)
