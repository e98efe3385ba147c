"""The texts of one version of a lifecycle in one language, frozen and named by a digest of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.audit import canonical
from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import tables_of
from workflow.lifecycles.texts.places import texts_of
from workflow.phrase import Phrase, phrase

# The official languages of the United Nations but for English, in which every lifecycle is written.
ENGLISH = "en"
LANGUAGES: Mapping[str, Phrase] = {
    "ar": phrase("Arabic"),
    "es": phrase("Spanish"),
    "fr": phrase("French"),
    "ru": phrase("Russian"),
    "zh": phrase("Chinese"),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """What stands at each place of the version `definition` in `language`.

    `definition` is the digest of the version, by which the English is named that was translated;
    places that are left out are read in English.
    """

    lifecycle: str
    definition: str
    language: str
    texts: Mapping[str, str]

    @property
    def body(self) -> bytes:
        """The canonical bytes of all that it says."""
        return canonical.write(
            {
                "definition": self.definition,
                "language": self.language,
                "lifecycle": self.lifecycle,
                "texts": dict(self.texts),
            }
        )

    @property
    def digest(self) -> str:
        """By what it is named."""
        return canonical.digest(self.body)


def from_body(body: bytes) -> Translation:
    """The translation whose canonical bytes these are; refuses others."""
    said = canonical.parse(body)
    try:
        return Translation(
            lifecycle=said["lifecycle"],
            definition=said["definition"],
            language=said["language"],
            texts=MappingProxyType(dict(said["texts"])),
        )
    except (KeyError, TypeError, ValueError) as damage:
        raise Invalid(phrase("The bytes are no translation of a lifecycle.")) from damage


def english_of(definition: Definition) -> dict[str, str]:
    """Every text of a version as it was published, by its place."""
    return texts_of(tables_of(definition.body))


def carried_over(
    earlier: Translation, before: Definition, definition: Definition
) -> Mapping[str, str]:
    """What of an earlier version's translation fits: the places whose English is still the same."""
    was, now = english_of(before), english_of(definition)
    return {
        place: text
        for place, text in earlier.texts.items()
        if place in now and was.get(place) == now[place]
    }
