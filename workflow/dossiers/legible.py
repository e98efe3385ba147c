"""A page's words as they can be printed: what no font has stands there by its number: pure."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from unicodedata import category

from workflow.free_text.characters import is_refused, number

_BREAK = re.compile("\r\n|[\r\v\f\x1c-\x1f\x85\u2028\u2029]")
# They have no looks of their own, so that no font need have them.
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp"})
_MORE_UNSEEN = re.compile(
    "[\n\t\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_NEVER = "\ufeff"


def signs_in(value: Any) -> set[str]:
    """The characters that stand anywhere in a page."""
    match value:
        case str():
            return set(value)
        case dict():
            return set().union(*map(signs_in, value.values()))
        case list() | tuple():
            return set().union(*map(signs_in, value))
    return set()


def legible(value: Any, missing: Callable[[str], bool], replaced: Counter[str]) -> Any:
    """The page with what cannot be printed by its number; `replaced` counts it.

    `missing` says of a character that has looks whether no font has it.
    """
    match value:
        case str():
            return _line(value, missing, replaced)
        case dict():
            return {key: legible(each, missing, replaced) for key, each in value.items()}
        case list() | tuple():
            return [legible(each, missing, replaced) for each in value]
    return value


def _line(text: str, missing: Callable[[str], bool], replaced: Counter[str]) -> str:
    if text.isascii() and text.isprintable():
        return text
    whole = _BREAK.sub("\n", text).replace(_NEVER, "")
    return "".join(_sign(sign, missing, replaced) for sign in whole)


def _sign(sign: str, missing: Callable[[str], bool], replaced: Counter[str]) -> str:
    if not is_unprintable(sign, missing):
        return sign
    replaced[sign] += 1
    return f"[{number(sign)}]"


def is_unprintable(sign: str, missing: Callable[[str], bool]) -> bool:
    """Whether a character has to stand there by its number."""
    if _MORE_UNSEEN.match(sign):
        return False
    return is_refused(sign) or (category(sign) not in _UNSEEN and missing(sign))
