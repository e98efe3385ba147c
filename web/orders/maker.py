"""Makes ordered files in the language of the page they were ordered on, in whichever process."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import IO

from babel.dates import format_date
from flask import Flask
from flask_babel import force_locale, gettext

from config.settings import Settings
from web import filters
from web.access import page_language
from web.app import create_app
from web.filters import word
from web.orders.kind import Task
from web.orders.kinds import KINDS
from web.wording import plainly
from workflow.dossiers.build import DossierSources, build
from workflow.dossiers.fonts import prepared
from workflow.dossiers.orders import made, request_of
from workflow.dossiers.render import Wording
from workflow.engine.documents.file_store import FileStore
from workflow.engine.engine import Engine
from workflow.engine.page_engine import SpokenEngine
from workflow.faults.loop import Step
from workflow.health.heartbeats import Work
from workflow.orders.desk import LONG, QUICK, Desk, Progress
from workflow.orders.kinds import OrderKind, Said
from workflow.orders.models import FileOrder
from workflow.orders.shelf import Shelf
from workflow.oversight.events.indexer import catch_up_wholly

Pages = Callable[[Settings, Engine], Flask]


class FileMaker:
    """Makes the ordered files of one installation; whoever calls it need not serve pages."""

    def __init__(self, settings: Settings, engine: Engine, pages: Pages = create_app) -> None:
        self._settings, self._engine, self._pages = settings, engine, pages

    def __call__(self, order: FileOrder, to: IO[bytes], progress: Progress) -> Said:
        """Write the file that is asked for into `to`, and tell how far it is."""
        with self._app.app_context(), force_locale(order.language):
            spoken = SpokenEngine(self._engine, page_language)
            if order.kind == OrderKind.DOSSIER.value:
                return self._dossier(spoken, order, to, progress)
            catch_up_wholly(self._engine)
            wanted = json.loads(order.wanted)
            heard = progress.portion, progress.shown
            task = Task(spoken, order.person_id, wanted, to, *heard)
            return KINDS[OrderKind(order.kind)].make(task)

    @cached_property
    def _app(self) -> Flask:
        """The pages, for their words; made with the first file, since most processes make none."""
        return self._pages(self._settings, self._engine)

    def _dossier(self, engine: Engine, order: FileOrder, to: IO[bytes], progress: Progress) -> Said:
        chosen = self._settings
        sources = DossierSources(
            FileStore(chosen.files, chosen.largest_upload),
            prepared(chosen.node_modules, chosen.home / "cache"),
            tuple(each.split()[0] for each in chosen.witnesses),
        )
        return made(build(engine, request_of(order), sources, to, _words(), progress.step))


def desks_of(settings: Settings, engine: Engine, pages: Pages = create_app) -> dict[Work, Step]:
    """The work at the desks where the ordered files of this installation are made, by its kind."""
    shelf, make = Shelf(settings.dossiers), FileMaker(settings, engine, pages)
    return {
        Work.DOSSIERS: Desk(engine, shelf, make, QUICK).step,
        Work.FILES: Desk(engine, shelf, make, LONG).step,
    }


def _words() -> Wording:
    """The language of the page, for the parts that are read."""
    return Wording(str(filters.language()).replace("_", "-"), plainly, word, _instant)


def _instant(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    day = format_date(utc.date(), "medium", filters.language())
    return gettext("%(day)s, %(time)s UTC", day=day, time=f"{utc:%H:%M:%S}")
