"""Every key that the house is built of: what nobody should read on a page, in a letter or in a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import Field
from workflow.lifecycles.loader.names import CAPACITIES
from workflow.people.groupings.listed import labels
from workflow.reference import reference
from workflow.vocabulary import CONFIDENCE

TOKEN = re.compile(r"(?<![\w.@/:#-])[a-z0-9]+(?:[._-][a-z0-9]+)+(?![\w@/-])")
# What a piece of a page may be put together from: “Source: SEED, POPP”, “seat · unit_head”.
JOINTS = re.compile(r"\s*[,;:·()“”]\s*")

# Words that are said in their own right, although something is called so as well.
ORDINARY = ("standard", "countries", "half-year", "evidence")


@dataclass(frozen=True)
class Keys:
    """Keys of several words, which stand nowhere; of one, which stand nowhere alone; and sources."""

    joined: frozenset[str]
    single: frozenset[str]
    sources: frozenset[str]
    named: frozenset[str] = frozenset()
    """Names of groupings, which hold the letters that each is known by: a whole name is no key."""

    def read_in(self, piece: str) -> Iterator[str]:
        """Each key that somebody reads in a piece of text."""
        yield from (each for each in TOKEN.findall(piece) if each in self.joined)
        whole = {piece, piece.rpartition(": ")[2], *piece.split(" · ")}
        yield from whole & self.single
        if piece not in self.named:
            yield from self.sources.intersection(JOINTS.split(piece))


def keys_of(definition: Definition, parties: Iterator[str]) -> Keys:
    """The keys of a lifecycle, of every closed list of words, of the reference data and of parties."""
    known = reference()
    every = {*_defined(definition), *known.areas, *CAPACITIES, *CONFIDENCE, *parties}
    every |= {iso3.lower() for iso3 in known.countries}
    said = {*ORDINARY, *(word for text in _words(definition) for word in _pieces(text))}
    return Keys(
        joined=frozenset(e for e in {*every, *_listed(StrEnum)} - said if re.search(r"[._-]", e)),
        single=frozenset(e for e in every - said if e.isalpha() and len(e) > 1),
        sources=frozenset(definition.sources),
        named=frozenset(labels().values()),
    )


def _defined(definition: Definition) -> Iterator[str]:
    yield from definition.roles
    yield from definition.states
    for kind in definition.documents.values():
        yield kind.key
        yield from (section.key for section in kind.sections)
        yield from (check.key for check in kind.checks)
        for field in kind.fields():
            yield from _of_field(field)
    for spec in definition.rounds.values():
        yield from (spec.key, spec.rule.key, *spec.outcomes, *spec.rule.verdicts)
        for field in spec.questions:
            yield from _of_field(field)


def _of_field(field: Field) -> Iterator[str]:
    yield from (field.key, *(value for value, _ in field.options))
    for column in field.columns:
        yield from _of_field(column)


def _listed(of: type[StrEnum]) -> Iterator[str]:
    """The words of every closed list that is loaded."""
    for each in of.__subclasses__():
        if each.__module__.startswith(("workflow.", "web.")):
            yield from (word.value for word in each)


def _words(definition: Definition) -> Iterator[str]:
    """What is said where these keys stand: a word that is its own key is no key that leaks."""
    yield from (role.label for role in definition.roles.values())
    yield from (state.label for state in definition.states.values())
    yield from (kind.label for kind in definition.documents.values())
    for spec in definition.rounds.values():
        yield from (spec.label, *(verdict.label for verdict in spec.rule.verdicts.values()))
        yield from (seat.category for seat in spec.rule.seats)
    yield from (area.label for area in reference().areas.values())


def _pieces(text: str) -> Mapping[str, None]:
    return dict.fromkeys([text, text.lower(), *TOKEN.findall(text)])
