"""What can be ordered, and how far an order may be."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

KEPT = timedelta(days=1)
# What is asked for, or what became of it, in words that JSON has.
Said = Mapping[str, Any]


class OrderKind(StrEnum):
    """What sort of file is ordered."""

    DOSSIER = "dossier"
    EVENTS = "events"
    ACCESS = "access"
    SAMPLE = "sample"
    EXPORT = "export"
    PAST = "past"
    IMPORT = "import"
    VERIFICATION = "verification"
    MONEY = "money"


class OrderState(StrEnum):
    """How far an ordered file is."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


UNFINISHED = (OrderState.WAITING.value, OrderState.MAKING.value)


@dataclass(frozen=True, slots=True)
class Wish:
    """A file that is asked for: its kind, and what it is to hold in words that JSON has."""

    kind: OrderKind
    wanted: Said
    ref: str = ""


def written(said: Said) -> str:
    """It as one line, the same whenever it says the same."""
    return json.dumps(dict(said), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
