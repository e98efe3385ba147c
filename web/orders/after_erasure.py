"""What follows an erasure, wherever it was ordered: the register beside the database, and old copies."""

from collections.abc import Iterable

from config.settings import Settings
from workflow.engine.engine import Engine
from workflow.erasure.erase import sweep
from workflow.erasure.register import RegisterEntry, keep_beside
from workflow.orders.retention import clear_shelf
from workflow.orders.shelf import Shelf

REGISTER = "erasures.jsonl"


def follow(engine: Engine, settings: Settings, made: Iterable[RegisterEntry]) -> None:
    """Enter what was erased beside the database, and take it from where rows and files were before."""
    keep_beside(settings.home / REGISTER, made)
    sweep(engine.database)
    clear_shelf(engine, Shelf(settings.dossiers))
