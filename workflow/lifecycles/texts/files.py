"""Files of translations: each text beside the English that it was made from, place by place."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import MOST_FAULTS, file_tables, refusal_of, toml_tables
from workflow.lifecycles.loader.names import likely, spoken
from workflow.lifecycles.loader.texts import as_kept, refused
from workflow.lifecycles.texts.spoken import faults_in
from workflow.lifecycles.texts.translation import (
    ENGLISH,
    LANGUAGES,
    Translation,
    english_of,
)
from workflow.phrase import Phrase, phrase

HEAD = ("lifecycle", "language")
SHOWN = 60


def load_translation(path: Path, definition: Definition) -> Translation:
    """The translation of a version in the file at `path`; refused with everything that is wrong."""
    return _from_tables(file_tables(path), path.name, definition)


def translation_from_text(text: str, name: str, definition: Definition) -> Translation:
    """The translation of a version that the text of a file of this name says."""
    return _from_tables(toml_tables(text, name), name, definition)


def files_beside(file: Path, definition: Definition) -> tuple[Path, ...]:
    """The files of texts that stand beside the file of a definition: `texts/KEY.fr.toml`."""
    places = (file.parent / "texts" / f"{definition.key}.{each}.toml" for each in LANGUAGES)
    return tuple(place for place in places if place.is_file())


def file_of(definition: Definition, language: str, texts: Mapping[str, str]) -> str:
    """A file to fill in: every text of a version with its English, and these texts where there are any."""
    return "\n".join(_lines(definition, language, texts)) + "\n"


def _lines(definition: Definition, language: str, texts: Mapping[str, str]) -> Iterator[str]:
    yield f"# {definition.title}, version {definition.version} ({definition.mark})."
    yield f"# Fill in each {language}; what stays empty is read in English."
    yield f"lifecycle = {_text(definition.key)}"
    yield f"language = {_text(language)}"
    group = ""
    # What stands in no table comes before all that do.
    for place, english in sorted(english_of(definition).items(), key=lambda each: "." in each[0]):
        table, dot, name = place.partition(".")
        if dot and table != group:
            group = table
            yield ""
            yield f"[{table}]"
        own = _text(name) if dot else place
        written = texts.get(place, "")
        yield f"{own} = {{ en = {_text(english)}, {language} = {_text(written)} }}"


def _from_tables(tables: dict[str, Any], name: str, definition: Definition) -> Translation:
    raw = as_kept(tables)
    language = raw.get("language")
    faults = [*_head(raw, definition)]
    texts: dict[str, str] = {}
    if not faults:
        english = english_of(definition)
        for place, pair in _entries(raw):
            problem = _problem(place, pair, language, english)
            if problem is not None:
                faults.append(Fault(place, problem))
            elif pair[language]:
                texts[place] = pair[language]
        faults += [Fault(each.place, each.problem) for each in refused(texts)]
    made = Translation(definition.key, definition.digest, str(language), MappingProxyType(texts))
    faults = faults or [*faults_in(definition, made)]
    if faults:
        raise refusal_of(name, *(_at(name, each) for each in faults[:MOST_FAULTS]))
    return made


def _head(raw: Mapping[str, Any], definition: Definition) -> Iterator[Fault]:
    """What is wrong with what the file says that it is."""
    if raw.get("lifecycle") != definition.key:
        yield Fault(
            "lifecycle", phrase("is not '%(key)s', which it is entered for", key=definition.key)
        )
    if raw.get("language") not in tuple(LANGUAGES):
        yield Fault("language", phrase("is none of: %(languages)s", languages=", ".join(LANGUAGES)))
    for key, below in raw.items():
        if key not in HEAD and not isinstance(below, Mapping):
            yield Fault(key, phrase("is %(raw)s; a table is expected", raw=spoken(below)))


def _entries(raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each entry of the file by its place in the lifecycle."""
    for key, below in raw.items():
        if key not in HEAD and ENGLISH in below:
            yield key, below
        elif key not in HEAD:
            yield from ((f"{key}.{name}", pair) for name, pair in below.items())


def _problem(place: str, pair: Any, language: str, english: Mapping[str, str]) -> Phrase | None:
    """Why an entry cannot be taken; nothing where it can."""
    if place not in english:
        return phrase(
            "is no place of this version where a text stands%(likely)s",
            likely=likely(place, english.keys()),
        )
    if not isinstance(pair, Mapping) or set(pair) != {ENGLISH, language}:
        return phrase("is no pair of a text in English (en) and in %(language)s", language=language)
    if not all(isinstance(each, str) for each in pair.values()):
        return phrase("holds something else than texts")
    if pair[ENGLISH] != english[place]:
        return phrase(
            "was made from “%(was)s”, and the English of this version says “%(now)s”. Look at it again.",
            was=pair[ENGLISH][:SHOWN], now=english[place][:SHOWN],
        )  # fmt: skip
    return None


def _at(name: str, fault: Fault) -> Fault:
    place = fault.place
    if isinstance(place, str) and not place.startswith(name):
        place = phrase("%(file)s: %(place)s", file=name, place=place)
    return Fault(place, fault.problem)


def _text(text: str) -> str:
    """A basic string: what TOML escapes is what JSON escapes, and DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
