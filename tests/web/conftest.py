"""The application on a fresh database, people in it, and a browser without script."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from config.settings import Settings
from tests.support.applications import an_app
from tests.support.visitors import Enter, entrance
from tests.support.world import World
from workflow.assembly.engine import open_engine
from workflow.engine.engine import Engine
from workflow.people.commands import add_person, appoint
from workflow.people.parties import ensure_party
from workflow.people.passwords import hash_password

PASSWORD = "a quiet river bends twice"
SECRET = "q7Xw-0Zr5cT1mN8vB3kL6jH9gF2dS4aPoIuYtReW"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Hand:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        """Move on by a span of time, in the words of `timedelta`."""
        self.at += timedelta(**span)


class Client:
    """A person's browser: it carries cookies and the token of the form it looks at."""

    def __init__(self, flask: FlaskClient) -> None:
        self.flask = flask

    def get(self, address: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self.flask.get(address, **options)

    def post(
        self, address: str, data: dict[str, Any] | None = None, *, page: str = "", **options: Any
    ) -> TestResponse:
        """Send a form, with the token found on `page`, or with that of any page if none is named."""
        token = self._token_on(page) if page else self._token()
        return self.flask.post(address, data={**token, **(data or {})}, **options)

    def sign_in(self, email: str, password: str = PASSWORD, **options: Any) -> TestResponse:
        """Sign in by the form."""
        sent = {"email": email, "password": password}
        return self.post(options.pop("address", "/account/login"), sent, **options)

    def _token_on(self, page: str) -> dict[str, str]:
        found = TOKEN.search(self.get(page, follow_redirects=True).get_data(as_text=True))
        return {"csrf_token": found[1]} if found else {}

    def _token(self) -> dict[str, str]:
        """What every form of this browser holds, without opening a page for it."""
        signer = URLSafeTimedSerializer(self.flask.application.secret_key, salt="wtf-csrf-token")
        with self.flask.session_transaction() as kept:
            return {"csrf_token": signer.dumps(kept.setdefault("csrf_token", "a" * 40))}


AddPerson = Callable[..., int]


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    """The demo's house behind the pages."""
    world = World(sqlite_house_url)
    yield world
    world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    """Opens the site as somebody of the house."""
    return entrance(world, tmp_path)


@pytest.fixture(scope="session")
def known_hash() -> str:
    """The hash of the tests' password; making one is slow on purpose."""
    return hash_password(PASSWORD)


@pytest.fixture
def clock() -> Hand:
    return Hand(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))


@pytest.fixture
def engine(sqlite_url: str, clock: Hand) -> Iterator[Engine]:
    engine = open_engine(sqlite_url, clock)
    yield engine
    engine.database.dispose()


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    return Settings.read(home=tmp_path, database_url=sqlite_url, secret_key=SECRET)


@pytest.fixture
def app(settings: Settings, engine: Engine) -> Flask:
    return an_app(settings, engine)


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app.test_client())


@pytest.fixture
def a_person(engine: Engine, known_hash: str) -> AddPerson:
    """Enters somebody with offices given as (role, key of a country)."""

    def enter(
        email: str = "amina@example.org",
        name: str = "Amina Diallo",
        *offices: tuple[str, str],
        purpose: str = "",
    ) -> int:
        with engine.transaction() as session:
            now = engine.now()
            person = add_person(
                session, email, name, "", purpose, now=now, password_hash=known_hash
            )
            for role, key in offices:
                party = ensure_party(session, key, "organisation", key.capitalize())
                appoint(session, person, role, party, now.date(), by=None, now=now)
        return person

    return enter
