"""The words of a lifecycle file as a translator's catalogue gathers them, beside those of the code."""

import tomllib
from collections.abc import Iterator
from typing import IO, Any

# What people read of a lifecycle; everything else in the file is a name or a figure.
READ = frozenset({
    "label", "title", "what", "meaning", "consequence", "asks", "if_silent", "words", "hint",
    "content",
})  # fmt: skip
Found = tuple[int, str, str, list[str]]


def lifecycle_words(file: IO[bytes], *_keywords: Any, **_options: Any) -> Iterator[Found]:
    """Every text of the lifecycle in `file` that a page says, once each."""
    for text in dict.fromkeys(_read(tomllib.load(file))):
        yield 1, "", text, []


def _read(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _read(each)
    if isinstance(value, dict):
        for key, below in value.items():
            if key in READ and isinstance(below, str):
                yield below
            elif key == "options":
                yield from (label for _, label in below)
            else:
                yield from _read(below)
