"""The words in which a file's faults are told, and what may serve as a name."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

# The columns that keep these names are forty characters wide.
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAME_SENTENCE = (
    "is not a name: a name is a small letter, then small letters, digits and underscores, "
    "forty characters at most"
)
SPOKEN: Mapping[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
    float: "a number with a decimal point",
}


def spoken(value: Any) -> str:
    """What a value of a file is, in words."""
    return "an empty text" if value == "" else SPOKEN.get(type(value), "a date or time")


def likely(word: str, known: Collection[str]) -> str:
    """What was probably meant, or what there is to choose from."""
    close = get_close_matches(word, known, n=1)
    if close:
        return f"; did you mean '{close[0]}'?"
    return f"; expected one of: {', '.join(known)}" if 0 < len(known) <= 12 else ""
