"""Patience is counted anew as long as something moves."""

from itertools import count

import pytest

from tests.support.waiting import until


def test_what_moves_is_waited_for_longer_than_patience() -> None:
    steps = count()

    def asked() -> bool:
        return next(steps) >= 20

    until(asked, saying="it never came", patience=0.05, pause=0.01, moving=lambda: repr(steps))


def test_what_stands_still_is_not() -> None:
    with pytest.raises(AssertionError, match=r"Not within 0\.05 seconds\. Seen: it never came"):
        until(lambda: False, saying="it never came", patience=0.05, pause=0.01, moving=lambda: 3)
