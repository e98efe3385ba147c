"""Elements of an IATI file: pure."""

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workflow.deferred import Library
from workflow.ledger.currency import exact

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Library("lxml.etree")

# Every letter that no XML document may hold.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, /, *children: Any, **attributes: str) -> Any:
    """An element with its attributes, `_` in a name standing for a hyphen, and what is in it."""
    made = etree.Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()})  # fmt: skip
    made.extend(children)
    return made


def text(name: str, written: str, **attributes: str) -> Any:
    """An element that holds a text."""
    made = element(name, **attributes)
    made.text = FORBIDDEN.sub("\ufffd", written)
    return made


def told(name: str, narrative: str, **attributes: str) -> Any:
    """An element that tells something in words."""
    return element(name, text("narrative", narrative), **attributes)


def on(name: str, day: date, **attributes: str) -> Any:
    """An element that names a day."""
    return element(name, iso_date=day.isoformat(), **attributes)


def value(amount: Decimal, currency: str, day: date) -> Any:
    """An amount with its currency and the day of its rate."""
    written = exact(amount, currency)
    return text("value", written, currency=currency, value_date=day.isoformat())
