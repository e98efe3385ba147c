"""Draws by their name: the same run, round, turn and seat always draw the same number.

So a what-if changes nothing but what it names: two simulations of one seed are compared run by run
(common random numbers). The mixer is SplitMix64 (Steele, Lea and Flood 2014).
"""

from enum import IntEnum

_WORD = (1 << 64) - 1
_TURNS, _SEATS = 1 << 10, 1 << 10


class Purpose(IntEnum):
    """What a number is drawn for."""

    DAYS = 0
    VERDICT = 1
    INITIATIVE = 2
    BRANCH = 3


class Draws:
    """The numbers of one run of a seeded simulation, each at least 0 and below 1."""

    __slots__ = ("_key",)

    def __init__(self, seed: int, run: int) -> None:
        self._key = _mixed(_mixed(seed & _WORD) ^ run)

    def at(self, purpose: Purpose, round_number: int, turn: int, seat: int = 0) -> float:
        """The number that this seat draws for this purpose in this turn of the round."""
        name = ((round_number * _TURNS + turn) * _SEATS + seat) * len(Purpose) + purpose
        return (_mixed(self._key ^ _mixed(name)) >> 11) / (1 << 53)


def _mixed(word: int) -> int:
    word = (word + 0x9E3779B97F4A7C15) & _WORD
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & _WORD
    return word ^ (word >> 31)
