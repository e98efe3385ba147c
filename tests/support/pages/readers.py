"""Somebody who reads the pages without a browser: quick, and blind to what a script or a sheet does."""

import io
import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.support.pages.somebody import begins, whole

TICKED = ("radio", "checkbox")


class Reader:
    """One person; every form is sent with all that its page put into it, as a browser sends it."""

    def __init__(self, flask: FlaskClient) -> None:
        self.flask = flask
        self.address = "/"
        self.page: Any = None
        self.files: dict[str, tuple[str, bytes]] = {}

    def open(self, address: str, *, refused: int = 0) -> "Reader":
        """Open an address; `refused` is the status that is expected instead of the page."""
        return self._arrived(self.flask.get(address, follow_redirects=True), refused)

    def press(self, words: str, *, refused: int = 0, card: str = "") -> "Reader":
        """Press the button with these words; its form goes where a browser would send it."""
        (button,) = (e for e in self._on(card).iter("button") if self._said(e) == words)
        form = self._form(button)
        sent = MultiDict[str, Any](form.form_values())
        if button.get("name"):
            sent.add(button.get("name"), button.get("value", ""))
        for name, (filename, content) in self.files.items():
            sent.setlist(name, [(io.BytesIO(content), filename)])
        where = urljoin(self.address, button.get("formaction") or form.get("action") or "")
        if form.get("method", "get").lower() == "get":
            answer = self.flask.get(where, query_string=sent, follow_redirects=True)
        else:
            answer = self.flask.post(where, data=sent, follow_redirects=True)
        return self._arrived(answer, refused)

    def follow(self, words: str, *, refused: int = 0) -> "Reader":
        """Follow the first link that begins with these words."""
        links = (each for each in self.page.iter("a") if begins(words).match(self._said(each)))
        link = next(links, None)
        assert link is not None, f"no link {words!r} on {self.address}: {self._words()}"
        return self.open(urljoin(self.address, link.get("href")), refused=refused)

    def fill(self, label: str, words: str, *, card: str = "") -> "Reader":
        """Write into the field with this label."""
        self._labelled(label, card).value = words
        return self

    def pick(self, label: str, option: str, *, card: str = "") -> "Reader":
        """Pick an option of the list with this label."""
        field = self._labelled(label, card)
        options = {self._said(each): each.get("value") for each in field.iter("option")}
        assert option in options, f"{label!r} offers {[*options]}"
        field.value = options[option]
        return self

    def choose(self, *labels: str) -> "Reader":
        """Tick the boxes, or the points of choice, that begin with these words."""
        for label in labels:
            found = [
                each
                for each in self.page.iter("input")
                if each.get("type") in TICKED
                and any(begins(label).match(name) for name in self._names(each))
            ]
            assert len(found) == 1, f"{len(found)} of {label!r} on {self.address}: {self._words()}"
            self._tick(found[0])
        return self

    def unfold(self, words: str) -> "Reader":
        """Find what is folded under a line that begins with these words; a reader sees it anyway."""
        folded = [e for e in self.page.iter("summary") if begins(words).match(self._said(e))]
        assert folded, f"nothing is folded under {words!r}"
        return self

    def attach(self, label: str, name: str, content: bytes) -> "Reader":
        """Choose a file of this name and content."""
        self.files[self._labelled(label, "").get("name")] = (name, content)
        return self

    def reads(self, *sentences: str) -> "Reader":
        """Find each of these sentences on the page."""
        assert [each for each in sentences if each not in self._words()] == [], self._words()
        return self

    def misses(self, *sentences: str) -> "Reader":
        """Find none of these sentences on the page."""
        assert [each for each in sentences if each in self._words()] == [], self._words()
        return self

    def kept(self, label: str) -> str:
        """What stands in the field with this label."""
        value: str = self._labelled(label, "").value
        return value

    def _arrived(self, answer: TestResponse, refused: int) -> "Reader":
        self.address, self.files = answer.request.full_path.removesuffix("?"), {}
        self.page = html.document_fromstring(answer.get_data(as_text=True))
        assert answer.status_code == (refused or HTTPStatus.OK), f"{answer.status}: {self._words()}"
        return self

    def _on(self, card: str) -> Any:
        if not card:
            return self.page
        (found,) = (
            *(e for e in self.page.iter("section") if e.get("aria-label") == card),
            *(e for e in self.page.iter("fieldset") if self._said(e[0]) == card),
        )
        return found

    def _labelled(self, label: str, card: str) -> Any:
        found = [
            each
            for each in self._on(card).iter("input", "select", "textarea")
            if any(whole(label).match(name) for name in self._names(each))
        ]
        assert len(found) == 1, f"{len(found)} of {label!r} on {self.address}: {self._words()}"
        return found[0]

    def _names(self, field: Any) -> Iterator[str]:
        """What a control is called: by itself, by a label that names it, or by the one around it."""
        yield field.get("aria-label", "")
        if field.get("id"):
            for label in self.page.iter("label"):
                if label.get("for") == field.get("id"):
                    yield " ".join(" ".join(label.itertext()).split())

    def _tick(self, field: Any) -> None:
        if field.get("type") == "radio":
            for other in self._form(field).iter("input"):
                if other.get("type") == "radio" and other.get("name") == field.get("name"):
                    other.checked = False
        field.checked = True

    def _words(self) -> str:
        (main,) = self.page.iter("main")
        return self._said(main)

    @staticmethod
    def _form(control: Any) -> Any:
        return next(control.iterancestors("form"))

    @staticmethod
    def _said(element: Any) -> str:
        return re.sub(r"\s+", " ", element.text_content()).strip()
