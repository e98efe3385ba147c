"""Background work beside the pages: which pools, which signer, and how a process begins it."""

import sys
from datetime import timedelta
from pathlib import Path
from threading import Thread, main_thread
from typing import TYPE_CHECKING

from config.settings import Settings
from workflow.database import Pool
from workflow.deferred import deferred
from workflow.engine.engine import Engine
from workflow.tlog.witnesses.client import neighbours

if TYPE_CHECKING:
    from web.orders.maker import desks_of
    from workflow.background import Background, mailer_of
    from workflow.notices.emails import EmailRenderer
    from workflow.notices.mailer import Mailer
else:
    # Who only serves pages or runs one command has no use for the task engine, letters and print.
    desks_of = deferred("web.orders.maker", "desks_of")
    Background = deferred("workflow.background", "Background")
    mailer_of = deferred("workflow.background", "mailer_of")
    EmailRenderer = deferred("workflow.notices.emails", "EmailRenderer")

# The first pages are answered before the task engine is read in.
MOMENT = 2.0
PRIMEMOVER = (sys.executable, "-c", "from web.cli import main; main()")
# The signer is a process of its own: neither the pages nor this one ever hold its key.
SIGNER = (*PRIMEMOVER, "signer", "--with-parent")
WORKER = (*PRIMEMOVER, "worker", "--with-parent")
TRIES_EVERY = 2.0
TRANSLATIONS = Path(__file__).resolve().parent / "translations"


def pool_of(settings: Settings, *, for_pages: bool = False) -> Pool:
    """The connections that a process of this installation holds; only pages are bound in time."""
    return Pool(
        settings.pool_size,
        settings.pool_overflow,
        settings.pool_timeout,
        settings.connect_timeout,
        settings.statement_timeout if for_pages else 0,
    )


def begin_soon(settings: Settings, engine: Engine) -> None:
    """Begin background work in this process, unless a process of its own does it.

    A witness whose key string is wrong ends the start.
    """
    neighbours(settings.witnesses)
    if settings.background:
        Thread(target=_work, args=(settings, engine), name="background").start()


def carry_mail(settings: Settings, engine: Engine) -> None:
    """Have a letter owed with every notice that `engine` writes, if mail is on; a worker sends it."""
    if settings.mail_server:
        engine.owe_mail()


def background_of(settings: Settings, engine: Engine) -> "Background":
    """The background work of this installation; reading in the task engine takes a second."""
    return Background(
        engine,
        settings.database_url,
        _carrier(settings, engine),
        signer=SIGNER,
        witnesses=settings.witnesses,
        besides=desks_of(settings, engine),
        halted_limit=settings.halted_limit,
        unsent=timedelta(days=settings.unsent_days),
    )


def _carrier(settings: Settings, engine: Engine) -> "Mailer | None":
    """What sends the letters of notices; nothing where mail is off."""
    if not settings.mail_server:
        return None
    renderer = EmailRenderer(settings.mail_from, settings.base_url, TRANSLATIONS)
    return mailer_of(engine, settings.mail_server, renderer)


def _work(settings: Settings, engine: Engine) -> None:
    """Work until the process ends; while another process does it, wait for that one's end."""
    if _ended(MOMENT):
        return
    background = background_of(settings, engine)
    try:
        while not background.begin(settings.worker_lock):
            if _ended(TRIES_EVERY):
                return
        while not _ended(MOMENT):
            pass
    finally:
        background.end()


def _ended(seconds: float) -> bool:
    """Wait for the process to end, but so long at most; whether it does."""
    main_thread().join(seconds)
    return not main_thread().is_alive()
