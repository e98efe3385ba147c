"""Playwright's fixtures with the Chromium of this machine."""

from pathlib import Path
from typing import Any

import pytest

from tests.support import chromium

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that `make quick` leaves it out."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The arguments of pytest-playwright with our executable and its environment."""
    return {**browser_type_launch_args, **chromium.find().launch_arguments()}
