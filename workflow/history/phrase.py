"""Sentences kept apart from what they speak of, so that a page can say them in any language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from workflow.clock import written


class Term(str):
    """A word of a lifecycle or of the reference data: there may be a translation of it."""

    __slots__ = ()


Part = str | int | date | datetime | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with named places, `%(who)s`, and what stands in them."""

    words: str
    parts: Mapping[str, Part] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.words % {name: _plain(part) for name, part in self.parts.items()}


def phrase(words: str, /, **parts: Part) -> Phrase:
    """The sentence `words` about `parts`; sentences to be translated are found by this name."""
    return Phrase(words, parts)


def _plain(part: Part) -> str:
    match part:
        case tuple():
            return " and ".join(filter(None, (", ".join(part[:-1]), *part[-1:])))
        case datetime():
            return written(part)
        case date():
            return part.isoformat()
    return str(part)
