"""A version of a lifecycle in the words of a language: the same behaviour, said otherwise."""

from dataclasses import replace
from types import MappingProxyType

from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body, refusal_of, tables_of
from workflow.lifecycles.loader.lifecycle import read_lifecycle
from workflow.lifecycles.texts.places import with_texts
from workflow.lifecycles.texts.translation import ENGLISH, Translation, english_of


def spoken_in(definition: Definition, translation: Translation) -> Definition:
    """The version as a translation of it says it; what that leaves out is said in English.

    It keeps the digest and the bytes of what was published. Refuses words under which two things
    would be called alike, or that would not be read.
    """
    spoken, faults = _read(definition, translation)
    if faults:
        raise refusal_of(f"{translation.lifecycle}.{translation.language}", *faults)
    english = english_of(definition)
    # Where one English text is said in two ways, that of the first place counts.
    glossary = {
        english[place]: translation.texts[place]
        for place in reversed(english)
        if place in translation.texts
    }
    return replace(
        spoken, language=translation.language, glossary=MappingProxyType(glossary)
    )  # fmt: skip


def in_english(definition: Definition) -> Definition:
    """The version in the words in which it was published, to be compared or acted by."""
    return definition if definition.language == ENGLISH else from_body(definition.body)


def faults_in(definition: Definition, translation: Translation) -> tuple[Fault, ...]:
    """What keeps a version from being said so."""
    return _read(definition, translation)[1]


def _read(definition: Definition, translation: Translation) -> tuple[Definition, tuple[Fault, ...]]:
    texts = translation.texts
    tables = with_texts(tables_of(definition.body), texts.get)
    name = f"{translation.lifecycle}.{translation.language}"
    return read_lifecycle(tables, name, definition.body, definition.digest)
