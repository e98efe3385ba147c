"""Refusals: expected answers of the engine that mean nothing has been written."""

from dataclasses import dataclass


class Refusal(Exception):
    """Says no in a sentence for the person who asked; nothing has been written."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


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


class Incomplete(Refusal):
    """Something that the rule asks for is missing; `missing` names each item."""

    def __init__(self, sentence: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.missing = missing


class Invalid(Refusal):
    """The content has a fault; `faults` maps a field to its sentence."""

    def __init__(self, sentence: str, faults: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.faults = faults or {}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file, with its place and what was expected."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


class FaultyFile(Refusal):
    """A file cannot be taken; `faults` lists everything wrong with it in one go."""

    def __init__(self, sentence: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(sentence)
        self.faults = faults
