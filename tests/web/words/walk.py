"""One person's walk by the pages that links lead to, each kind of address a few times."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from tests.support.visitors import Visitor

BEGINNING = "/"
REFERENCE = re.compile(r"/(?:[A-Z]+-[\dA-Z-]+|REGISTER)(?=/|$)")
KEYED = re.compile(
    r"/(rounds|initiatives|documents|edit|bodies|parties|frameworks|calendars|letters)/[\w-]+"
)
NUMBERED = re.compile(r"/(?:\d+|[\d-]{10}|[0-9a-f]{32,})(?=/|$)")
LEFT_OUT = ("/assets/", "/log/", "/account/logout", "/files/", "/anchors/checkpoint", "/texts/")


def shape(address: str) -> str:
    """An address without what differs from one programme, round or person to the next."""
    parts = urlsplit(address)
    path = REFERENCE.sub("/REF", parts.path)
    asked = sorted(each.partition("=")[0] for each in parts.query.split("&"))
    plain = NUMBERED.sub("/N", KEYED.sub(r"/\1/KEY", path))
    return f"{plain}?{'&'.join(asked)}"


def walk(visitor: Visitor, most: int, alike: int) -> Iterator[tuple[str, Any]]:
    """The pages, and the tables to take away, with what stands in them: a tree or rows of cells."""
    ahead, seen, shapes = deque([BEGINNING]), {BEGINNING}, Counter[str]()
    while ahead and most:
        address, most = ahead.popleft(), most - 1
        with visitor.get(address) as answer:
            if answer.mimetype == "text/csv":
                yield address, answer.get_data(as_text=True)
            links = [answer.location] if answer.location else []
            if answer.mimetype == "text/html" and answer.status_code == 200:
                tree = html.document_fromstring(answer.get_data(as_text=True))
                yield address, tree
                links += tree.xpath("//a/@href")
        for link in links:
            further = _further(address, link)
            if further and further not in seen:
                seen.add(further)
                shapes[shape(further)] += 1
                if shapes[shape(further)] <= alike:
                    ahead.append(further)


def _further(here: str, link: str) -> str:
    """Where a link of ours leads to, without the place on the page."""
    parts = urlsplit(urljoin(f"http://localhost{here}", link))
    address = f"{parts.path}?{parts.query}" if parts.query else parts.path
    ours = parts.netloc == "localhost" and not address.startswith(LEFT_OUT)
    return address if ours and not any(each in address for each in LEFT_OUT) else ""
