"""The site with the demo's house behind it, and browsers without script for its people."""

import html
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.world import World
from web.orders.maker import desks_of
from workflow.people.sessions import open_session

SECRET = "q7Xw-0Zr5cT1mN8vB3kL6jH9gF2dS4aPoIuYtReW"
TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Visitor:
    """One person's browser; it sends a form with the hidden fields that the page gave it."""

    def __init__(self, flask: FlaskClient) -> None:
        self.flask = flask

    def get(self, address: str, **options: Any) -> TestResponse:
        """Open an address; the answer is read to its end, so that no file behind it stays open."""
        return self.flask.get(address, **{"buffered": True, **options})

    def page(self, address: str) -> str:
        """The words of a page that must be there."""
        answer = self.get(address)
        assert answer.status_code == 200, f"{answer.status}: {words(answer)}"
        return words(answer)

    def hidden(self, address: str) -> dict[str, str]:
        """The hidden fields of a page; where forms share a name, the last one counts."""
        return dict(HIDDEN.findall(self.get(address).get_data(as_text=True)))

    def post(
        self,
        address: str,
        data: Mapping[str, Any] | None = None,
        *,
        page: str = "",
        follow: bool = False,
    ) -> TestResponse:
        """Send a form as `page` (or the address itself) shows it, with `data` filled in."""
        sent = MultiDict(self.hidden(page or address))
        for name, value in (data or {}).items():
            sent.setlist(name, value if isinstance(value, list) else [value])
        return self.flask.post(address, data=sent, follow_redirects=follow, buffered=True)


def words(answer: TestResponse) -> str:
    """What a page says, with its tags but without escapes."""
    return html.unescape(answer.get_data(as_text=True))


def told(page: TestResponse | str) -> str:
    """What a page says to whoever reads it: without its tags."""
    content = page if isinstance(page, str) else page.get_data(as_text=True)
    return " ".join(html.unescape(TAG.sub(" ", content)).split())


Enter = Callable[[str], Visitor]


def entrance(world: World, home: Path) -> Enter:
    """Opens the site as one of the demo's people by the first part of the address."""
    settings = Settings.read(home=home, database_url=world.url, secret_key=SECRET)
    app = an_app(settings, world.engine)

    return lambda key: signed_in(app, world, key)


def signed_in(app: Flask, world: World, key: str) -> Visitor:
    """Somebody with a session as signing in begins it; tests/web/account/ holds the door itself."""
    visitor = Visitor(app.test_client())
    with world.engine.transaction() as session:
        token = open_session(session, world.person(key), world.engine.now())
    with visitor.flask.session_transaction() as kept:
        kept["_user_id"], kept["_fresh"] = token, True
    return visitor


def made(world: World, home: Path) -> None:
    """The work behind the pages of the site in `home` is done: files that were ordered are there."""
    settings = Settings.read(home=home, database_url=world.url, secret_key=SECRET)
    for step in desks_of(settings, world.engine, an_app).values():
        while not step():
            continue
