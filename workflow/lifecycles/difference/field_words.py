"""How the change of one field is told."""

from dataclasses import dataclass

from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The sentence of a changed field: from a value to another, or one for yes and one for no.

    Where nothing is left `no` is said, and `first` where there was nothing before. `names` says what the keys in the field are keys of; with `words` only readers notice the change.
    """

    now: Phrase
    no: Phrase | None = None
    names: str = ""
    words: bool = False
    first: Phrase | None = None
