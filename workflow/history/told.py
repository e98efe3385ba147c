"""What the tellers of single kinds of events hand back."""

from dataclasses import dataclass

from workflow.history.context import Text
from workflow.history.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Said:
    """An event in a sentence, with what stands under it; `reason` names its private text.

    Of a signature, `statement` is what was stated and `content` the digest of what it covers.
    """

    says: Phrase
    under: tuple[Phrase, ...] = ()
    tone: str = "quiet"
    texts: tuple[Text, ...] = ()
    rule: str = ""
    reason: str = ""
    moved: tuple[str, str] = ("", "")
    verdict: str = ""
    statement: str = ""
    content: str = ""
