"""What the tellers of single kinds of events hand back."""

from dataclasses import dataclass

from workflow.audit.events.payload import Private
from workflow.history.context import Text
from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Said:
    """An event in a sentence, with what stands under it; `reason` is its private text, sealed.

    Of a signature, `statement` is what was stated and `content` the digest of what it covers.
    """

    says: Phrase
    under: tuple[Phrase, ...] = ()
    tone: str = "quiet"
    texts: tuple[Text, ...] = ()
    rule: str = ""
    reason: Private = None
    moved: tuple[str, str] = ("", "")
    verdict: str = ""
    statement: str = ""
    content: str = ""
