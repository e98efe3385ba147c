"""The application, made once a process and handed to each test as if it were new."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.serving import make_server

from config.settings import Settings
from tests.support.run.runs import run_folder
from web import logs
from web.app import _flask_settings, create_app
from web.health.readings import KEY, UP_SINCE
from workflow.engine.engine import Engine

ENGINE, SETTINGS = "primemover.engine", "primemover.settings"
TEST = "PYTEST_CURRENT_TEST"


class _Made:
    """One application, what it was made with, and which test has it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.config: dict[str, Any] = dict(app.config)
        self.extensions = dict(app.extensions)
        self.holder: tuple[str, Engine, Settings] | None = None


MADE: dict[tuple[object, ...], _Made] = {}


def an_app(settings: Settings, engine: Engine) -> Flask:
    """The application on `engine`; another one in the same test is made for it alone."""
    kind = _made_of(settings)
    asking = (os.environ.get(TEST, "").partition(" (")[0], engine, settings)
    if kind not in MADE:
        MADE[kind] = _Made(compiled_once(create_app(settings, engine)))
    made = MADE[kind]
    if made.holder == asking:
        return made.app
    if made.holder and made.holder[0] == asking[0]:
        return compiled_once(create_app(settings, engine))
    made.holder = asking
    return _as_new(made, settings, engine)


@contextmanager
def listening(app: Flask) -> Iterator[int]:
    """An application behind a real server with threads; yields its port."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever)
    serving.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _made_of(settings: Settings) -> tuple[object, ...]:
    """What an application keeps of its settings from its making on; all else it asks for."""
    return settings.demo, settings.language, settings.node_modules, settings.proxy_hops


def _as_new(made: _Made, settings: Settings, engine: Engine) -> Flask:
    """As made, on this engine, a moment after health was asked for and nothing found wrong."""
    app = made.app
    app.config.clear()
    app.config.update({**made.config, **_flask_settings(settings)})
    app.extensions.clear()
    app.extensions.update(
        {
            **made.extensions, SETTINGS: settings, ENGINE: engine, UP_SINCE: engine.now(),
            KEY: (time.monotonic(), ()),
        }
    )  # fmt: skip
    logs.configure(quiet=settings.demo)
    return app


def compiled_once(app: Flask) -> Flask:
    """Compile each template once a run, not once an application."""
    kept = run_folder() / "templates"
    kept.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))
    return app
