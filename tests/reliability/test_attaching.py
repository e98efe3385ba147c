"""One file sent through the real pages eight times at once is attached once."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Barrier
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from sqlalchemy import select
from werkzeug.test import EnvironBuilder

from config.settings import Settings
from tests.support.applications import listening
from tests.support.visitors import SECRET, Visitor
from tests.support.waiting import PATIENCE
from tests.support.world import World
from web.app import create_app
from workflow.audit.models import Event
from workflow.demo.cast import DOMAIN, PASSWORD
from workflow.engine.document_models import Attachment

AT_ONCE = 8
PDF = b"%PDF-1.7 a letter"


class _Staying(HTTPRedirectHandler):
    def redirect_request(self, *_asked: object) -> None:
        """Stay where the answer is."""


@pytest.fixture
def draft(world: World) -> str:
    return world.programme("draft")


def prepared(visitor: Visitor, ref: str, port: int, name: str, content: bytes) -> Request:
    """The form with a file, as a browser sends it."""
    address = f"/programmes/{ref}/documents/proposal/edit/attached-files"
    sent = EnvironBuilder(method="POST", data={**visitor.hidden(address), "under": "proposal"})
    sent.files.add_file("file", BytesIO(content), name)
    environ = sent.get_environ()
    cookies = "; ".join(f"{c.key}={c.value}" for c in visitor.flask._cookies.values())
    head = {"Content-Type": environ["CONTENT_TYPE"], "Cookie": cookies, "Host": "localhost"}
    return Request(f"http://127.0.0.1:{port}{address}", environ["wsgi.input"].read(), head)


def attached(world: World) -> list[str]:
    """The names of the files that stand, and how many events tell of one."""
    with world.engine.reading() as session:
        names = session.scalars(select(Attachment.filename).where(Attachment.removed_at.is_(None)))
        told = session.scalars(select(Event.id).where(Event.type == "attachment.filed"))
        return [*sorted(names), str(len(told.all()))]


def test_the_same_file_sent_eight_times_at_once_is_attached_once(
    world: World, draft: str, tmp_path: Path
) -> None:
    settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
    app, barrier, before = create_app(settings, world.engine), Barrier(AT_ONCE), attached(world)
    visitor = Visitor(app.test_client())
    visitor.post("/account/login", {"email": f"joao.lima@{DOMAIN}", "password": PASSWORD})
    with listening(app) as port:
        request = prepared(visitor, draft, port, "letter.pdf", PDF)

        def send() -> int:
            barrier.wait()
            try:
                with build_opener(_Staying).open(request, timeout=PATIENCE) as answer:
                    return int(answer.status)
            except OSError as other:
                return int(getattr(other, "code", 0))

        with ThreadPoolExecutor(AT_ONCE) as pool:
            answered = [done.result() for done in [pool.submit(send) for _ in range(AT_ONCE)]]

    assert answered == [303] * AT_ONCE
    assert attached(world) == [*sorted([*before[:-1], "letter.pdf"]), str(int(before[-1]) + 1)]
