"""Refusals: expected answers of the engine that mean nothing has been written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workflow.phrase import Phrase, phrase


class Refusal(Exception):
    """Says no in a sentence for the person who asked; nothing has been written.

    What it says is spoken where the person is, in their language; `sentence` is its English.
    """

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)
        self.said = said

    def __str__(self) -> str:
        return str(self.said)

    @property
    def sentence(self) -> str:
        """What it says in English, for logs and records."""
        return str(self.said)


class NotAuthorised(Refusal):
    """The person holds no appointment that entitles them to this act."""


class ConflictOfDuties(NotAuthorised):
    """The person did something earlier that bars them from this act."""


class NotFound(Refusal):
    """There is no such thing, or the person may not know of it."""


class Stale(Refusal):
    """The page the person acted on no longer shows how things stand."""


class RoundClosed(Refusal):
    """The round or seat is no longer open for an answer."""


class KeyReused(Refusal):
    """The same request key came with other content."""


class Overloaded(Refusal):
    """So many ask for what is slow that this one's turn does not come; a moment later it may."""


class Incomplete(Refusal):
    """Something that the rule asks for is missing; `missing` names each item."""

    def __init__(self, said: Phrase, missing: Iterable[Phrase] = ()) -> None:
        super().__init__(said)
        self.missing = tuple(missing)


class Invalid(Refusal):
    """The content has a fault; `faults` maps a field to its sentence."""

    def __init__(self, said: Phrase, faults: Mapping[str, Phrase] | None = None) -> None:
        super().__init__(said)
        self.faults = faults or {}


class ClockInDoubt(Refusal):
    """The clock of this machine may decide nothing until it is set right or somebody confirms it."""


class OtherSchema(Refusal):
    """The tables are of another release than this program, which writes nothing to them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file, with its place and what was expected."""

    place: Phrase | str
    problem: Phrase

    @property
    def said(self) -> Phrase:
        """The fault as one line."""
        return phrase("%(place)s: %(problem)s", place=self.place, problem=self.problem)

    def __str__(self) -> str:
        return str(self.said)


class FaultyFile(Refusal):
    """A file cannot be taken; `faults` lists everything wrong with it in one go."""

    def __init__(self, said: Phrase, faults: tuple[Fault, ...]) -> None:
        super().__init__(said)
        self.faults = faults
