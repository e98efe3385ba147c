import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from config.choices import WrongSetting
from config.settings import Settings
from tests.web.conftest import SECRET, Client
from web.app import create_app
from web.assets import OWN, PACKAGES, Assets
from workflow.engine.engine import Engine


@pytest.fixture
def assets(app: Flask) -> Assets:
    found: Assets = app.extensions["primemover.assets"]
    return found


def test_everything_a_page_links_to_is_there_for_good(client: Client) -> None:
    page = client.get("/account/login").text
    linked = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page)

    answers = [client.get(address) for address in linked]

    assert len(linked) == 5
    assert {each.status_code for each in answers} == {200}
    assert {each.headers["Cache-Control"] for each in answers} == {
        "public, max-age=31536000, immutable"
    }
    assert not any("Set-Cookie" in each.headers for each in answers)


def test_every_font_that_the_sheet_names_is_served(client: Client, assets: Assets) -> None:
    named = re.findall(r'url\("([^"]+)"\)', assets.files["fonts.css"].body.decode())

    answers = [client.get(f"/assets/{assets.version}/{name}") for name in named]

    assert len(named) == 8
    assert {each.status_code for each in answers} == {200}
    assert {each.content_type for each in answers} == {"font/woff2"}


def test_a_sheet_is_sent_gzipped_to_who_can_read_it(client: Client, assets: Assets) -> None:
    address = f"/assets/{assets.version}/tabler.css"

    zipped = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address)

    assert zipped.content_encoding == "gzip"
    assert plain.content_encoding is None
    assert len(zipped.data) < len(plain.data) / 4
    assert gzip.decompress(zipped.data) == plain.data


def test_of_what_is_sent_gzipped_nothing_else_is_held(assets: Assets) -> None:
    sheets = [each for each in assets.files.values() if each.media_type.startswith("text/css")]

    assert all(4 * len(each.held) < len(each.body) for each in sheets if len(each.body) > 100_000)
    assert sum(len(each.held) for each in sheets) < 250_000


def test_an_old_version_is_not_kept(client: Client) -> None:
    answer = client.get("/assets/old/primemover.css")

    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.css", "..%2fapp.py", "%2e%2e/app.py", "../app.py"])
def test_nothing_else_is_served(client: Client, name: str) -> None:
    assert client.get(f"/assets/x/{name}").status_code == 404


def test_a_missing_package_is_a_sentence(tmp_path: Path, sqlite_url: str, engine: Engine) -> None:
    settings = Settings.read(
        home=tmp_path, database_url=sqlite_url, secret_key=SECRET, node_modules=tmp_path
    )

    with pytest.raises(WrongSetting, match=r"tabler\.min\.css is missing: run `make setup`"):
        create_app(settings, engine)


def test_an_icon_is_hidden_from_readers_and_needs_no_style(assets: Assets) -> None:
    drawing = assets.icon("home")

    assert drawing.startswith('<svg class="icon" aria-hidden="true"')
    assert "width=" not in drawing.replace("stroke-width=", "")
    assert "style" not in drawing


def test_our_own_sheet_serves_both_directions() -> None:
    sheet = (OWN / "primemover.css").read_text(encoding="utf-8")

    sided = re.findall(
        r"[\s;{](?:margin|padding|border)-(?:left|right)|[\s;{](?:left|right)\s*:|"
        r"text-align:\s*(?:left|right)|float:\s*(?:left|right)",
        sheet,
    )

    assert sided == []


def test_the_names_are_fixed() -> None:
    assert {"tabler.css", "tabler.rtl.css", "htmx.js"} <= set(PACKAGES)


def test_a_digest_breaks_on_every_page_that_shows_one(assets: Assets) -> None:
    sheet = assets.files["primemover.css"].body.decode()

    assert ".receipt__hash { overflow-wrap: anywhere;" in sheet
    assert ".returned {" in sheet
