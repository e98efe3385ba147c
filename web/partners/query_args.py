"""What an address of the partners asks for, and the address that asks for it."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from flask import url_for

from workflow.free_text import searched
from workflow.partners.lists import PartnerFilters

LONGEST = 80


def filters_of(args: Mapping[str, str]) -> PartnerFilters:
    """The filters that the address carries; whatever makes no sense there is left out."""
    given = {each.name: args.get(each.name, "")[:LONGEST] for each in fields(PartnerFilters)}
    return PartnerFilters(**{name: searched(value) for name, value in given.items()})


def address(filters: PartnerFilters, endpoint: str = "partners.index", **changed: Any) -> str:
    """The address of the list under `filters`, some of them changed; from its beginning again."""
    asked = asdict(replace(filters, **{"after": "", **changed}))
    return url_for(endpoint, **{name: value for name, value in asked.items() if value})
