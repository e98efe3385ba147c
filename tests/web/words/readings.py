"""What a person reads of a page: its texts piece by piece, and what is said of its controls."""

import re
from collections.abc import Iterator
from typing import Any

# What is typed, signed or counted is no sentence of ours.
UNREAD = ("script", "style", "code", "pre", "textarea", "template")
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label")
ISO_DAY = re.compile(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/-])")


def pieces(tree: Any) -> Iterator[str]:
    """Every piece of text, in the order of the page."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if _is_box(element):
            yield from _said(" ".join(each.text or "" for each in element.findall("text")))
        elif not _unread(element) and not (element.tag == "text" and _is_box(element.getparent())):
            yield from _said(element.text)
        yield from (each for name in SPOKEN for each in _said(element.get(name)))
        if element.getparent() is not None and not _unread(element.getparent()):
            yield from _said(element.tail)


def _is_box(element: Any) -> bool:
    """Whether it is a box of a picture, whose words stand on several lines and are one text."""
    return element.tag == "g" and "course__box" in element.get("class", "").split()


def _unread(element: Any) -> bool:
    return any(each.tag in UNREAD for each in (element, *element.iterancestors()))


def _said(text: str | None) -> Iterator[str]:
    words = " ".join((text or "").split())
    if words:
        yield words


def preselected(tree: Any) -> Iterator[str]:
    """The lists of forms that send something and begin with one of several that nobody chose."""
    for form in tree.forms:
        if form.method == "POST":
            for control in form.iter("select"):
                offered = control.findall(".//option")
                chosen = any(each.get("selected") is not None for each in offered)
                if len(offered) > 1 and not chosen and offered[0].get("value", "x"):
                    yield str(control.get("name"))
