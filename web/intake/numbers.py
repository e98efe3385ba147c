"""Whole numbers of addresses and forms: those that every database holds, and no others."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map
from wtforms import IntegerField

from workflow.database import LARGEST

WRITTEN = re.compile(r"[0-9]{1,10}")


class WholeNumber(IntegerConverter):
    """A number in an address; one that no column holds leads nowhere."""

    regex = WRITTEN.pattern

    def __init__(self, rules: Map, *args: Any, **options: Any) -> None:
        super().__init__(rules, *args, **{"max": LARGEST, **options})


class NumberField(IntegerField):
    """A whole number in a form, no larger than a column holds."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the number; another one is a fault of the field."""
        if not valuelist:
            return
        self.data = None
        self.data = chosen(str(valuelist[0]).strip())


def register(app: Flask) -> None:
    """Have every number in an address read by the one converter."""
    app.url_map.converters["int"] = WholeNumber


def whole(text: str, most: int = LARGEST) -> int | None:
    """The number that `text` writes in plain digits, or nothing where it is none up to `most`."""
    number = int(text) if WRITTEN.fullmatch(text) else None
    return number if number is not None and number <= most else None


def chosen(value: object) -> int:
    """The number of a choice that was sent; another one is a fault of its field."""
    number = whole(str(value))
    if number is None:
        raise ValueError(lazy_gettext("This is no whole number that can be used here."))
    return number


def number_of(args: Mapping[str, str], name: str) -> int | None:
    """The number under this name of an address or a form."""
    return whole(args.get(name, ""))


def numbers_of(args: MultiDict[str, str], name: str) -> list[int]:
    """Every number under this name; what is none is left out."""
    found = (whole(each) for each in args.getlist(name))
    return [each for each in found if each is not None]
