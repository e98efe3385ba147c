"""Every way to a Chromium leads to one that opens a page."""

import os
import platform
import stat
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.support import chromium

PAGE = "data:text/html,<title>Prime Mover</title><p>ready</p>"


def test_the_chosen_browser_opens_a_page(page: Page) -> None:
    page.goto(PAGE)

    assert page.title() == "Prime Mover"
    assert page.get_by_text("ready").is_visible()


@pytest.mark.proof(alone=True)
def test_a_browser_on_the_path_opens_a_page(playwright: Playwright) -> None:
    found = chromium.on_path()
    if found is None:
        pytest.skip("There is no browser on this machine's path.")

    browser = playwright.chromium.launch(**found.launch_arguments())
    page = browser.new_page()
    page.goto(PAGE)

    assert page.title() == "Prime Mover"
    browser.close()


def test_a_given_browser_goes_before_every_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(chromium.GIVEN, "a/browser")

    assert chromium.find() == chromium.Chromium(Path("a/browser"), "given")


def test_a_browser_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chromium").write_text("#!/bin/sh\n")
    (tmp_path / "chromium").chmod(stat.S_IRWXU)
    monkeypatch.delenv(chromium.GIVEN, raising=False)
    monkeypatch.setattr(chromium, "PACKAGE", tmp_path / "absent")
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep)

    assert chromium.find() == chromium.Chromium(tmp_path / "chromium", "path")


def test_the_one_from_npm_goes_before_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chromium").write_text("#!/bin/sh\n")
    (tmp_path / "chromium").chmod(stat.S_IRWXU)
    monkeypatch.delenv(chromium.GIVEN, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert chromium.find().source == "npm"


def test_on_a_machine_that_the_one_from_npm_is_not_for_it_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(chromium.GIVEN, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")

    with pytest.raises(chromium.NoBrowser):
        chromium.find()


def test_without_any_way_it_says_what_would_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(chromium.GIVEN, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PACKAGE", tmp_path / "absent")

    with pytest.raises(chromium.NoBrowser, match="make setup"):
        chromium.find()
