"""One difference between two definitions: what it is about, and the sentence that tells it."""

from dataclasses import dataclass
from enum import StrEnum

from workflow.phrase import Phrase


class Topic(StrEnum):
    """What a difference is about."""

    LIFECYCLE = "lifecycle"
    STATE = "state"
    ROUND = "round"
    RULE = "rule"
    ROLE = "role"
    DOCUMENT = "document"
    CHILD = "child"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class DefinitionChange:
    """One difference; `key` names the state, round, role, document or kind of child case that it is about.

    A rule is named by the round that settles by it. One that is not `known` is of a field of the
    format that has no sentence of its own; `field` is what the format calls it.
    """

    group: Topic
    about: Topic
    key: str
    field: str
    says: Phrase
    known: bool = True
