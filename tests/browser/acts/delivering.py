"""Delivery: the first work plan, the final report and the Board's review."""

from tests.browser.acts.approving import AGENCY, BOARD
from tests.browser.acts.signing import Life, find_in_queue


def begin_delivery(life: Life) -> None:
    """The manager files the first work plan and begins."""
    beatriz = find_in_queue(life.as_("beatriz.costa"), life.title)
    beatriz.fill("Year", "2027").fill("Activity, line 1", "Translate modules")
    beatriz.fill("Quarters, line 1", "Q1-Q2").fill("Amount (USD), line 1", "60000")
    beatriz.press("Save").follow("Check and sign")
    beatriz.press(f"Begin delivery as Programme manager of {AGENCY}")
    beatriz.reads("The programme stands in “Delivery” now.")


def report(life: Life) -> None:
    """The final report, and the end of activities."""
    beatriz = life.as_("beatriz.costa").open(f"/programmes/{life.ref}/documents/final_report/edit")
    beatriz.fill("Results", "Twelve modules, 231 nurses certified.")
    beatriz.fill("Sustainability", "The ministry pays.").press("Save")
    beatriz.follow("Check and sign")
    beatriz.press(f"Report the end of activities as Programme manager of {AGENCY}")


def review(life: Life) -> None:
    """The Board accepts the final report by consensus."""
    life.sign_all(BOARD, "Accept the final report", as_key=("final_review", "accept"))
