"""The one process that does everything: background work beside the pages, a moment after the start."""

import sys
from importlib import import_module
from pathlib import Path
from threading import Thread, main_thread
from typing import Any

from config.settings import Settings
from workflow.engine.engine import Engine
from workflow.tlog.witnesses.client import neighbours

# The first pages are answered before the task engine is read in.
MOMENT = 2.0
# The signer is a process of its own: neither the pages nor this one ever hold its key.
SIGNER = (sys.executable, "-c", "from web.cli import main; main()", "signer", "--with-parent")
TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def begin_soon(settings: Settings, engine: Engine) -> None:
    """Begin background work in this process, if it is the only one that serves.

    A witness whose key string is wrong ends the start.
    """
    neighbours(settings.witnesses)
    if settings.workers == 1:
        Thread(target=_work, args=(settings, engine), name="background").start()


def carry_mail(settings: Settings, engine: Engine) -> None:
    """Have the mail of every notice that `engine` writes promised with it, if mail is on."""
    if settings.mail_server:
        engine.carry_by(import_module("workflow.background").post(settings.database_url))


def background_of(settings: Settings, engine: Engine) -> Any:
    """The background work of this installation; reading in the task engine takes a second."""
    behind = import_module("workflow.background")
    log: dict[str, Any] = {"signer": SIGNER, "witnesses": settings.witnesses}
    if not settings.mail_server:
        return behind.Background(engine, settings.database_url, **log)
    renderer = behind.EmailRenderer(settings.mail_from, settings.base_url, TRANSLATIONS)
    carrier = behind.mailer_of(engine, settings.mail_server, renderer)
    return behind.Background(engine, settings.database_url, carrier, **log)


def _work(settings: Settings, engine: Engine) -> None:
    """Work until the process ends; the pages go on if another process does this already."""
    if _ended(MOMENT):
        return
    background = background_of(settings, engine)
    try:
        if background.begin(settings.worker_lock):
            background.work_until(_ended)
    finally:
        background.end()


def _ended(seconds: float) -> bool:
    """Wait for the process to end, but so long at most; whether it does."""
    main_thread().join(seconds)
    return not main_thread().is_alive()
