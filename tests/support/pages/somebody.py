"""Somebody at the pages, with verbs in the words that they would use themselves.

A test that is told in these verbs is walked in a real browser, or read without one.
"""

import re
from typing import Protocol, Self


class Somebody(Protocol):
    """One person; everything is found by its role and the words on it."""

    def open(self, address: str, *, refused: int = 0) -> Self:
        """Open an address; `refused` is the status that is expected instead of the page."""

    def press(self, words: str, *, refused: int = 0, card: str = "") -> Self:
        """Press the button with these words and wait for the page that follows."""

    def follow(self, words: str, *, refused: int = 0) -> Self:
        """Follow the first link that begins with these words."""

    def fill(self, label: str, words: str, *, card: str = "") -> Self:
        """Write into the field with this label, on the card with this title, or in the group of this name, if one is named."""

    def pick(self, label: str, option: str, *, card: str = "") -> Self:
        """Pick an option of the list with this label, on the card with this title, or in the group of this name, if one is named."""

    def choose(self, *labels: str) -> Self:
        """Tick the boxes, or the points of choice, that begin with these words."""

    def unfold(self, words: str) -> Self:
        """Open what is folded under a line that begins with these words."""

    def attach(self, label: str, name: str, content: bytes) -> Self:
        """Choose a file of this name and content."""

    def reads(self, *sentences: str) -> Self:
        """Find each of these sentences on the page."""

    def misses(self, *sentences: str) -> Self:
        """Find none of these sentences on the page."""

    def kept(self, label: str) -> str:
        """What stands in the field with this label."""

    @property
    def address(self) -> str:
        """Where they are."""


def begins(words: str) -> re.Pattern[str]:
    """These words and perhaps more; “Supports, with comments” does not begin with “Supports”."""
    return re.compile(rf"^\s*{re.escape(words)}(?![\w,])")


def whole(words: str) -> re.Pattern[str]:
    """These words and nothing else, but for a remark in brackets such as “(optional)”."""
    return re.compile(rf"^\s*{re.escape(words)}(\s*\(.*\))?\s*$", re.DOTALL)
