"""Reading what carries a vote: shares, numbers, weights and vetoes."""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.quantities import Among, Share, Vote
from workflow.phrase import phrase

SHARE = re.compile(r"(more than )?([0-9]{1,3}/[1-9][0-9]{0,2})")
MOST = 1_000_000


def read_vote(entry: TomlTable) -> Vote:
    """What carries a vote by this rule; nothing of it for rules that hold none."""
    among = entry.one_of("among", tuple(Among), phrase("whole to take a share of"), optional=True)
    abstentions = entry.one_of(
        "abstentions", ("counted",), phrase("word on abstentions"), optional=True
    )
    if abstentions and among == Among.SEATS:
        entry.note(
            "abstentions", phrase("says nothing among all seats, which count whatever they answer")
        )
    return Vote(
        share=read_share(entry, "share"),
        number=entry.number("number", least=1, most=MOST, default=0),
        among=Among(among or Among.VOTING),
        abstentions_count=bool(abstentions),
        weights=_numbers(entry, "weights", least=0),
        each=_numbers(entry, "each", least=1),
        vetoes=frozenset(entry.texts("vetoes", optional=True)),
    )


def read_share(entry: TomlTable, key: str) -> Share | None:
    """A share as it is said: "2/3", or "more than 1/2"."""
    raw = entry.value(key)
    if raw is None:
        return None
    found = SHARE.fullmatch(raw) if isinstance(raw, str) else None
    if found and 0 < Fraction(found[2]) <= 1 and not (found[1] and Fraction(found[2]) == 1):
        return Share(Fraction(found[2]), more_than=bool(found[1]))
    entry.note(
        key,
        phrase('is %(raw)s; a share such as "2/3" or "more than 1/2" is expected', raw=repr(raw)),
    )
    return None


def _numbers(entry: TomlTable, key: str, *, least: int) -> Mapping[str, int]:
    if not entry.has(key):
        return MappingProxyType({})
    below = entry.table(key)
    if entry.value(key) == {}:
        entry.note(key, phrase("is empty; at least one number is expected"))
    return MappingProxyType({name: below.number(name, least=least, most=MOST) for name in below})
