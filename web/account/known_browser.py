"""A browser remembers who signed in from it, so that strangers' guesses elsewhere do not stop them.

The cookie opens nothing: it holds a random name of the browser and, made unreadable with it, the
accounts that have signed in. Signed as it is, nobody can claim to be such a browser.
"""

import hashlib
import secrets
from dataclasses import dataclass

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from web.access import settings
from workflow.people.passwords import address
from workflow.people.throttle import Bucket, of_browser, of_stranger

SALT = "known browser"
LASTS = 400 * 24 * 3600
MOST_ACCOUNTS = 8


@dataclass(frozen=True, slots=True)
class KnownBrowser:
    """The name of a browser, and the accounts that have signed in from it, the latest first."""

    name: str
    accounts: tuple[str, ...] = ()

    def knows(self, email: str) -> bool:
        """Whether this account has signed in from it."""
        return self._account(email) in self.accounts

    def with_account(self, email: str) -> "KnownBrowser":
        """The same browser once this account has signed in."""
        mine = self._account(email)
        others = tuple(each for each in self.accounts if each != mine)
        return KnownBrowser(self.name, (mine, *others)[:MOST_ACCOUNTS])

    def _account(self, email: str) -> str:
        said = f"{self.name}\0{address(email)}".encode("utf-8", "replace")
        return hashlib.sha256(said).hexdigest()[:32]


def buckets(email: str) -> tuple[Bucket, ...]:
    """Where a try to sign in to this account counts, made from the browser of this request."""
    browser = _of_request()
    if browser is not None and browser.knows(email):
        return of_browser(email, browser.name)
    return of_stranger(email, request.remote_addr or "")


def remember(email: str) -> None:
    """Have the browser of this request remember that this account signed in from it."""
    browser = _of_request() or KnownBrowser(secrets.token_urlsafe(24))
    known = browser.with_account(email)
    value = _signer().dumps([known.name, *known.accounts])

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            _cookie(), value, max_age=LASTS, path="/", httponly=True, samesite="Lax",
            secure=settings().https,
        )  # fmt: skip
        return response


def _of_request() -> KnownBrowser | None:
    try:
        name, *accounts = _signer().loads(request.cookies.get(_cookie(), ""), max_age=LASTS)
    except (BadData, TypeError, ValueError):
        return None
    return KnownBrowser(str(name), tuple(map(str, accounts)))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=SALT)


def _cookie() -> str:
    return "__Host-primemover-browser" if settings().https else "primemover-browser"
