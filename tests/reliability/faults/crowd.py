"""People who act through the pages, each in a browser of their own, and go on until it stands."""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from http.cookiejar import CookieJar
from io import BytesIO
from itertools import cycle, pairwise, repeat
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    Request,
    build_opener,
)
from uuid import uuid4

from werkzeug.test import EnvironBuilder

from tests.reliability.faults.cases import Owed
from tests.support.deciding import hidden
from tests.support.visitors import HIDDEN
from tests.support.waiting import until
from workflow.demo.cast import DOMAIN, PASSWORD

TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
SEEN = re.compile(r'name="seen_version"[^>]* value="([^"]+)"')
RECEIPT = re.compile(r"/programmes/([^/]+)/receipts/(\d+)$")
PROVING = 'name="password"'
FORM = "application/x-www-form-urlencoded"
PATIENCE, PAUSE = 10.0, 0.1


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one request: a status, or none where nobody answered."""

    status: int
    text: str = ""
    place: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer that was acknowledged: under which key and event, and when."""

    owed: Owed
    key: str
    seq: int
    at: float


class _Stay(HTTPRedirectHandler):
    """Follows nothing: where a page leads is the answer."""

    def redirect_request(self, *_about: Any) -> None:
        return None


class _Sent(Request):
    """Goes to one host under the one name of the office, which cookies are kept by, as behind a proxy."""

    def get_full_url(self) -> str:
        return f"http://office.example{self.selector}"


@dataclass(slots=True)
class Browser:
    """One person at the pages of an installation, with the cookies they gave.

    Where several hosts have its pages, each request goes to the next, as a proxy would send it.
    """

    addresses: Iterator[str]
    who: str
    opener: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()), _Stay)
    )

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._sent(path, None)

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """Send a form."""
        return self._sent(path, urlencode(form).encode())

    def attach(self, path: str, form: dict[str, str], name: str, content: bytes) -> Answer:
        """Send a form with a file."""
        sent = EnvironBuilder(method="POST", data=form)
        sent.files.add_file("file", BytesIO(content), name)
        environ = sent.get_environ()
        return self._sent(path, environ["wsgi.input"].read(), environ["CONTENT_TYPE"])

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of a page; where forms share a name, the last one counts."""
        return dict(HIDDEN.findall(self.get(path).text))

    def sign_in(self) -> None:
        """Sign in by the form."""
        token = _one(TOKEN, self.get("/account/login").text)
        form = {"csrf_token": token, "email": f"{self.who}@{DOMAIN}", "password": PASSWORD}
        answer = self.post("/account/login", form)
        assert answer.status == 303, f"{self.who} was not let in: {answer}"

    def _sent(self, path: str, body: bytes | None, kind: str = FORM) -> Answer:
        request = _Sent(f"{next(self.addresses)}{path}", body)
        if body is not None:
            request.add_header("Content-Type", kind)
        try:
            return self._answered(request)
        except (OSError, HTTPException):
            # It died before its answer was whole, whichever answer that was.
            return Answer(0)

    def _answered(self, request: Request) -> Answer:
        try:
            with self.opener.open(request, timeout=PATIENCE) as page:
                return _answer(page.status, page, page.headers)
        except HTTPError as other:
            with other:
                return _answer(other.code, other, other.headers)


def _answer(status: int, page: IO[bytes], headers: Any) -> Answer:
    text = page.read().decode(errors="replace")
    return Answer(status, text, headers.get("Location", ""), headers.get("Retry-After", ""))


def _one(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, f"No {pattern.pattern} in: {text[-2000:]}"
    return found[1]


@dataclass(slots=True)
class Crowd:
    """Those who give the answers of a trial at once, and what each request came to."""

    browsers: dict[str, Browser]
    receipts: list[Receipt] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    given_up: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def giving(self, owed: Sequence[Owed], *, anew: bool = True) -> Iterator["Crowd"]:
        """Everybody gives their answers one after the other, at the same time as the others."""
        if anew:
            self.receipts, self.statuses, self.refused = [], [], []
        self.given_up.clear()
        with ThreadPoolExecutor(len(self.browsers)) as pool:
            ends = [
                pool.submit(self._give_all, browser, [each for each in owed if each.who == who])
                for who, browser in self.browsers.items()
            ]
            try:
                yield self
                until(lambda: all(end.done() for end in ends), saying=self.seen, moving=self.told)
            finally:
                self.given_up.set()
            for end in ends:
                end.result()

    def until_acknowledged(self, count: int) -> None:
        """Wait until so many answers have been acknowledged."""
        until(lambda: len(self.receipts) >= count, saying=self.seen)

    def at(self, address: str) -> Browser:
        """Somebody of them in a browser that asks one host only."""
        return replace(next(iter(self.browsers.values())), addresses=repeat(address))

    def failures(self) -> list[int]:
        """The requests that nobody answered, or that a fault did."""
        return [status for status in self.statuses if status == 0 or status >= 500]

    def silence(self, since: float) -> float | None:
        """The longest time after an instant in which no answer was acknowledged, in seconds."""
        told = [since, *sorted(receipt.at for receipt in self.receipts if receipt.at > since)]
        return max((later - one for one, later in pairwise(told)), default=None)

    def told(self) -> int:
        """How many answers have been acknowledged or refused."""
        return len(self.receipts) + len(self.refused)

    def until_failed(self, count: int) -> None:
        """Wait until so many more requests have failed."""
        enough = len(self.failures()) + count
        until(
            lambda: len(self.failures()) >= enough,
            saying=self.seen,
            moving=lambda: len(self.failures()),
        )

    def seen(self) -> str:
        """What came of the requests so far."""
        counted = {status: self.statuses.count(status) for status in set(self.statuses)}
        return f"{len(self.receipts)} acknowledged, statuses {counted}, refused {self.refused[-3:]}"

    def _give_all(self, browser: Browser, owed: Sequence[Owed]) -> None:
        for each in owed:
            self._give(browser, each)

    def _give(self, browser: Browser, owed: Owed) -> None:
        """Send one answer under one key until it is acknowledged or refused."""
        place, key = f"/programmes/{owed.ref}/rounds/consultation/1", uuid4().hex
        page = self._opened(browser, f"{place}?seat={owed.seat}")
        if not SEEN.search(page):
            self.refused.append(f"{owed}: no form")
            return
        form = {
            "csrf_token": _one(TOKEN, page),
            "seen_version": _one(SEEN, page),
            "key": key,
            "seat": str(owed.seat),
            "verdict": owed.verdict,
            "reason": "",
        }
        while not self.given_up.is_set():
            answer = browser.post(place, form)
            self.statuses.append(answer.status)
            if answer.status == 200 and PROVING in answer.text:
                # A signature wants a recent password, and a long trial outlasts the first one.
                form = {**hidden(answer.text), "password": PASSWORD}
                continue
            found = RECEIPT.search(answer.place)
            if answer.status == 303 and found:
                self.receipts.append(Receipt(owed, key, int(found[2]), time.monotonic()))
                return
            if 300 <= answer.status < 500 and answer.status != 429:
                self.refused.append(f"{owed}: {answer.status} {answer.place}")
                return
            self.given_up.wait(PAUSE)

    def _opened(self, browser: Browser, path: str) -> str:
        while not self.given_up.is_set():
            answer = browser.get(path)
            self.statuses.append(answer.status)
            if answer.status == 200:
                return answer.text
            self.given_up.wait(PAUSE)
        return ""


def signed_in(people: Sequence[str], *addresses: str) -> Crowd:
    """These people in their browsers, signed in at an installation that has these addresses."""
    crowd = Crowd({who: Browser(cycle(addresses), who) for who in people})
    for browser in crowd.browsers.values():
        browser.sign_in()
    return crowd
