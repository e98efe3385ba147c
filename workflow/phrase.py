"""Sentences kept apart from what they speak of, so that any edge can say them in its language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Union

from workflow.clock import written


class Term(str):
    """A word of a lifecycle or of the reference data: there may be a translation of it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Lowered:
    """A word of a lifecycle as it stands inside a sentence, in small letters."""

    word: str

    def __str__(self) -> str:
        return self.word.lower()


@dataclass(frozen=True, slots=True)
class Either:
    """Things of which one is enough: the auditor or the focal point."""

    things: tuple["Part", ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.things))


@dataclass(frozen=True, slots=True)
class OneOf:
    """Things to choose from, as a list: India, Brazil or Egypt."""

    things: tuple["Part", ...]

    def __str__(self) -> str:
        return _listed(self.things, " or ")


@dataclass(frozen=True, slots=True)
class Dated:
    """An instant, and how an English refusal writes it; a day alone is written as pages write it."""

    at: date | datetime
    english: str

    def __str__(self) -> str:
        return self.english


@dataclass(frozen=True, slots=True)
class Dollars:
    """An amount of United States dollars; a page writes it in its own language."""

    amount: Decimal

    def __str__(self) -> str:
        whole = self.amount == self.amount.to_integral_value()
        return f"USD {self.amount:,.0f}" if whole else f"USD {self.amount:,.2f}"


Part = Union[
    str, int, date, datetime, Lowered, Either, OneOf, Dated, Dollars, "Phrase", tuple["Part", ...]
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with named places, `%(who)s`, and what stands in them.

    `many` is said instead of `words` unless the part `num` is one, where a sentence counts.
    """

    words: str
    parts: Mapping[str, Part] = field(default_factory=dict)
    many: str = ""

    def __hash__(self) -> int:
        return hash((self.words, self.many))

    def __str__(self) -> str:
        words = self.many if self.many and self.parts["num"] != 1 else self.words
        # Only lists and times are written otherwise than they spell themselves.
        return words % {
            name: part if type(part) in SPELT else _plain(part) for name, part in self.parts.items()
        }


# What stands in a sentence as it spells itself.
SPELT = frozenset({str, int, Term, Lowered, Either, OneOf, Dated, Dollars, Phrase})


def phrase(words: str, /, **parts: Part) -> Phrase:
    """The sentence `words` about `parts`; sentences to be translated are found by this name."""
    return Phrase(words, parts)


def counted(one: str, many: str, num: int, /, **parts: Part) -> Phrase:
    """The sentence about one thing, or about `num` of them; found by this name as well."""
    return Phrase(one, {"num": num, **parts}, many)


def with_parts(said: Phrase, parts: Mapping[str, Part]) -> Phrase:
    """The sentence with these parts in its places, where a table holds it without them."""
    return replace(said, parts=parts)


def to_say(words: str) -> str:
    """The words as they are, for whoever says them from a catalogue; found by this name as well."""
    return words


def verbatim(said: str) -> Phrase:
    """What was said elsewhere, as it stands; there is nothing in it to translate."""
    return Phrase("%(said)s", {"said": said})


def together(said: Iterable[Phrase | None], between: str = " ", end: str = "") -> Phrase:
    """Sentences or clauses one after the other, without those that are not there."""
    there = {f"said{at}": each for at, each in enumerate(said) if each is not None}
    if len(there) == 1 and not end:
        (only,) = there.values()
        return only
    return Phrase(between.join([f"%({name})s" for name in there]) + end, there)


def _plain(part: Part) -> str:
    match part:
        case tuple():
            return _listed(part, " and ")
        case datetime():
            return written(part)
        case date():
            return part.isoformat()
    return str(part)


def _listed(things: tuple[Part, ...], joint: str) -> str:
    told = [each if type(each) is str else _plain(each) for each in things]
    return joint.join(filter(None, (", ".join(told[:-1]), *told[-1:])))
