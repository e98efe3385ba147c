"""What each kind of ordered file is: who may have it, what it is called, how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from workflow.engine.engine import Engine
from workflow.orders.kinds import OrderKind, Said

Wanted = Mapping[str, Any]
Portions = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be made: for whom, what it is to hold, where to, and who hears how far it is.

    `shown` may be told in the middle of a transaction as well; it says only how far it is.
    """

    engine: Engine
    person: int
    wanted: Wanted
    to: IO[bytes]
    progress: Portions = lambda _done, _whole: None
    shown: Portions = lambda _done, _whole: None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is made at once where it is small, and ordered where it is not.

    `told` puts on record that a person takes it away, and refuses who may not any more.
    """

    key: OrderKind
    roles: frozenset[str]
    name: Callable[[Wanted], str]
    media_type: Callable[[Wanted], str]
    make: Callable[[Task], Said]
    told: Callable[[Engine, int, Wanted, Said], None]
