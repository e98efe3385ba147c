"""One person before the pages of one programme, and what the addresses there are made of."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.routing import Rule

from tests.support.deciding import hidden
from tests.support.hostile.attempts import (
    FORM,
    Asked,
    Attempt,
    filled,
    on_forms,
    on_paths,
    on_queries,
    remember_names,
)
from tests.support.visitors import entrance
from tests.support.world import World

NAMED = re.compile(r'name="([^"]+)"')
# Every act on a round has its form, and each form its own beginning of every name.
ACTS = ("claim", "release", "handover", "interest", "lift", "alarm", "recusal", "extension")
OF_AN_ACT = ("key", "seen_version", "seat", "reason", "to", "whom", "bar", "interest", "verdict")


class Visit:
    """Sends requests as one person of the demo, or as a stranger."""

    def __init__(self, world: World, home: Path, who: str, state: str, key: str) -> None:
        ref = world.programme(state)
        self.visitor = entrance(world, home)(who or "joao.lima")
        self.app = self.visitor.flask.application
        remember_names(self.app)
        if not who:
            self.visitor.flask.delete_cookie("primemover")
        self.token = hidden(self.visitor.get("/account/login", follow_redirects=True).text)[
            "csrf_token"
        ]
        seat = str((who and world.seat(ref, key, world.person(who))) or 1)
        self.known = {
            "ref": ref, "kind": "proposal", "key": key, "turn": "1", "section": "problem",
            "party": "ind", "day": "2026-03-01", "seq": "1", "attachment": "1", "mandate_id": "1",
            "person_id": "1", "seat": seat, "version": "x", "name": "tabler.css", "event": "ab" * 32,
        }  # fmt: skip
        self.fields = _fields(ref, key, seat)

    def attempts(self, rule: Rule, method: str) -> Iterator[Attempt]:
        """Every attempt upon one rule, after one look at what its view asks for."""
        path = filled(rule, self.known)
        fields = self._form_of(path) if method == "POST" else {}
        body = urlencode(fields).encode()
        Asked.names.clear()
        self.send(Attempt(method, path, body=body, kind=FORM if body else ""))
        asked = sorted(Asked.names)
        yield from on_paths(rule, method, self.known, body)
        yield from on_queries(path, method, asked, body)
        if method == "POST":
            yield from on_forms(path, asked, fields)

    def send(self, attempt: Attempt) -> int:
        """The status of the answer."""
        with self.visitor.flask.open(
            attempt.path, method=attempt.method, query_string=attempt.query,
            data=attempt.body or None, content_type=attempt.kind or None,
            headers=dict(attempt.headers),
        ) as answer:  # fmt: skip
            answer.get_data()
            return answer.status_code

    def _form_of(self, path: str) -> dict[str, str]:
        """Good values for whatever the form at an address has, with its token."""
        page = self.visitor.get(path).get_data(as_text=True)
        named = dict.fromkeys(NAMED.findall(page), "1")
        return {**named, **self.fields, **hidden(page), "csrf_token": self.token}


def _fields(ref: str, key: str, seat: str) -> dict[str, str]:
    """A good value for every field that any form of the pages asks for."""
    own = {
        "key": "0123456789abcdef", "seen_version": "1", "seat": seat, "round": key,
        "reason": "So that it is seen", "verdict": "support", "to": "3", "whom": "3",
        "bar": "submitter", "interest": "none", "upto": "1", "ref": ref, "seq": "1",
        "covers": "event", "note": "Seen", "sample": "a", "email": "a@demo.example",
        "password": "wrong", "title": "Wells", "party": "1", "under": "other", "form": "csv",
        "action": "continue", "framework": "F7", "since": "2026-01-01", "until": "2026-12-31",
        "appointment": "1", "delegate": "3", "starts_on": "2026-03-02", "ends_on": "2026-03-09",
    }  # fmt: skip
    beginnings = (*(f"{act}-" for act in ACTS), f"{seat}-")
    return own | {start + name: own[name] for start in beginnings for name in OF_AN_ACT}
