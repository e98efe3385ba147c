"""The one process that does everything: background work beside the pages, a moment after the start."""

from importlib import import_module
from threading import Thread, main_thread

from config.settings import Settings
from workflow.engine.engine import Engine

# The first pages are answered before the task engine is read in.
MOMENT = 2.0


def begin_soon(settings: Settings, engine: Engine) -> None:
    """Begin background work in this process, if it is the only one that serves."""
    if settings.workers == 1:
        Thread(target=_work, args=(settings, engine), name="background").start()


def _work(settings: Settings, engine: Engine) -> None:
    """Work until the process ends; the pages go on if another process does this already."""
    if _ended(MOMENT):
        return
    background = import_module("workflow.background").Background(engine, settings.database_url)
    try:
        if background.begin(settings.worker_lock):
            background.work_until(_ended)
    finally:
        background.end()


def _ended(seconds: float) -> bool:
    """Wait for the process to end, but so long at most; whether it does."""
    main_thread().join(seconds)
    return not main_thread().is_alive()
