"""The words of a lifecycle file as a translator's catalogue gathers them, beside those of the code."""

import tomllib
from collections.abc import Iterator
from typing import IO, Any

from workflow.lifecycles.texts.places import texts_of

Found = tuple[int, str, str, list[str]]


def lifecycle_words(file: IO[bytes], *_keywords: Any, **_options: Any) -> Iterator[Found]:
    """Every text of the lifecycle in `file` that a page says, once each."""
    for text in dict.fromkeys(texts_of(tomllib.load(file)).values()):
        yield 1, "", text, []
