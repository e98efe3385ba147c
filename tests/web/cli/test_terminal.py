"""The terminal that commands draw tables and progress on."""

import pytest

from web.cli.terminal import UNFOLDED, console_for


def test_what_goes_to_a_file_is_not_folded_for_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)

    assert console_for(screen=False).width == UNFOLDED


@pytest.mark.parametrize("screen", [True, False])
def test_lines_are_as_long_as_one_asks_for(
    monkeypatch: pytest.MonkeyPatch, *, screen: bool
) -> None:
    monkeypatch.setenv("COLUMNS", "91")

    assert console_for(screen=screen).width == 91
