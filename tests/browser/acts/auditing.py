"""Reading a history as an auditor: in words, verified, and taken away."""

import csv
import io

from tests.browser.walker import Walker


def read_history(marie: Walker, title: str) -> None:
    """Find the history by its title and open it."""
    marie.open("/histories").fill("Search title, countries or reference", title).press("Search")
    marie.follow(title).reads("Verified", "unbroken")


def take_away(marie: Walker) -> list[dict[str, str]]:
    """The events of the open history as the file holds them."""
    return list(csv.DictReader(io.StringIO(marie.take_away("Take away as CSV"))))


def told(marie: Walker) -> str:
    """Everything that the history says, page after page."""
    pages = [marie.page.get_by_role("main").inner_text()]
    while marie.page.get_by_role("link", name="Older events").count():
        pages.append(marie.follow("Older events").page.get_by_role("main").inner_text())
    return "\n".join(pages)
