"""Ordering a dossier on its page, waiting for it, and taking it away."""

import time
from pathlib import Path
from zipfile import ZipFile

from tests.browser.walker import Walker
from tests.support.waiting import PATIENCE


def order(marie: Walker, ref: str) -> Walker:
    """Order the dossier of this history."""
    return marie.open(f"/histories/{ref}/dossier").press("Make the dossier")


def wait(marie: Walker, ref: str) -> Walker:
    """Look at the page until it says that the dossier is ready."""
    end = time.monotonic() + PATIENCE
    while not marie.page.get_by_role("button", name="Take the dossier away").count():
        assert time.monotonic() < end, marie.page.get_by_role("main").inner_text()
        marie.open(f"/histories/{ref}/dossier")
        marie.page.wait_for_timeout(500)
    return marie.reads("It is ready and is kept until")


def take(marie: Walker) -> list[str]:
    """Press the button; the names of what the file holds."""
    with marie.page.expect_download() as coming:
        marie.page.get_by_role("button", name="Take the dossier away").click()
    with ZipFile(Path(coming.value.path())) as package:
        return package.namelist()
