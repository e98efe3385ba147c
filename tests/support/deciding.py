"""Deciding as a person does it: open the page of a round, fill in its form, send it."""

import re
from collections.abc import Mapping

from werkzeug.test import TestResponse

from tests.support.visitors import Visitor
from tests.support.world import World

INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page, in whatever order their attributes stand."""
    inputs = (dict(ATTRIBUTE.findall(tag)) for tag in INPUT.findall(html))
    return {
        each["name"]: each.get("value", "")
        for each in inputs
        if each.get("type") == "hidden" and "name" in each
    }


def opened(visitor: Visitor, address: str) -> dict[str, str]:
    """What a form of the page at `address` carries before anything is filled in."""
    return hidden(visitor.get(address).get_data(as_text=True))


def decide(
    visitor: Visitor, address: str, data: Mapping[str, str], *, to: str = ""
) -> TestResponse:
    """Open a page, fill in `data` and send the form."""
    return visitor.flask.post(to or address, data={**opened(visitor, address), **data})


def round_page(world: World, ref: str, key: str, who: str) -> str:
    """The address of the newest round `key`, with the seat of `who` chosen."""
    seat = world.seat(ref, key, world.person(who))
    return f"/programmes/{ref}/rounds/{key}/1" + (f"?seat={seat}" if seat else "")
