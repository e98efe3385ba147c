"""Delivery: the work plan, the progress report, the final report and the Board's review."""

from tests.browser.acts.approving import AGENCY, BOARD
from tests.browser.acts.signing import find_in_queue, sign
from tests.browser.walkers import Walkers


def begin_delivery(walkers: Walkers, title: str) -> None:
    """The manager files the first work plan and begins."""
    beatriz = find_in_queue(walkers.as_("beatriz.costa"), title)
    beatriz.follow("Annual work plan").follow("Write it")
    beatriz.fill("Year", "2027").fill("Activity, line 1", "Translate modules")
    beatriz.fill("Quarters, line 1", "Q1-Q2").fill("Amount (USD), line 1", "60000")
    beatriz.press("Save").follow("Check and sign")
    beatriz.press(f"Begin delivery as Programme manager of {AGENCY}")
    beatriz.reads("The programme stands in “Delivery” now.")


def report(walkers: Walkers, title: str) -> None:
    """A progress report, then the final report, and the end of activities."""
    beatriz = find_in_queue(walkers.as_("beatriz.costa"), title)
    beatriz.follow("Progress report").follow("Write it")
    beatriz.fill("Period ends", "2027-12-31").fill("Results", "Six modules accredited.")
    beatriz.fill("Spent in the period (USD)", "58,000")
    beatriz.fill("Lessons", "Agree on the certificate before the course.").press("Save")
    find_in_queue(beatriz, title).follow("Final report").follow("Write it")
    beatriz.fill("Results", "Twelve modules, 231 nurses certified.")
    beatriz.fill("Sustainability", "The ministry pays.")
    beatriz.fill("Lessons", "Pair each tutor with a ward.").press("Save")
    sign(beatriz, title, "Report the end of activities", AGENCY)


def review(walkers: Walkers, title: str) -> None:
    """The Board accepts the final report by consensus."""
    for who, country in BOARD:
        sign(walkers.as_(who), title, "Accept the final report", country)
