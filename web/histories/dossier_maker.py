"""Makes ordered dossiers in the language of the page they were ordered on, in whichever process."""

from datetime import UTC, datetime
from functools import cached_property
from typing import IO

from babel.dates import format_date
from flask import Flask
from flask_babel import force_locale, gettext

from config.settings import Settings
from web import filters
from web.app import create_app
from web.filters import word
from web.wording import plainly
from workflow.dossiers.build import BuiltDossier, DossierSources, build
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.desk import Desk, Steps
from workflow.dossiers.fonts import prepared
from workflow.dossiers.render import Wording
from workflow.dossiers.shelf import Shelf
from workflow.engine.documents.file_store import FileStore
from workflow.engine.engine import Engine


class DossierMaker:
    """Makes the dossiers of one installation; whoever calls it need not serve pages."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self._settings, self._engine = settings, engine

    def __call__(
        self, request: DossierRequest, language: str, to: IO[bytes], step: Steps
    ) -> BuiltDossier:
        """Write the dossier that is asked for into `to`, and tell each step."""
        with self._app.app_context(), force_locale(language):
            return build(self._engine, request, self._sources(), to, _words(), step)

    @cached_property
    def _app(self) -> Flask:
        """The pages, for their words; made with the first dossier, since most processes make none."""
        return create_app(self._settings, self._engine)

    def _sources(self) -> DossierSources:
        """What of this installation it takes to make a dossier."""
        chosen = self._settings
        return DossierSources(
            FileStore(chosen.files, chosen.largest_upload),
            prepared(chosen.node_modules, chosen.home / "cache"),
            tuple(each.split()[0] for each in chosen.witnesses),
        )


def desk_of(settings: Settings, engine: Engine) -> Desk:
    """The desk where the dossiers of this installation are made."""
    return Desk(engine, Shelf(settings.dossiers), DossierMaker(settings, engine))


def _words() -> Wording:
    """The language of the page, for the parts that are read."""
    return Wording(str(filters.language()).replace("_", "-"), plainly, word, _instant)


def _instant(moment: datetime) -> str:
    utc = moment.astimezone(UTC)
    day = format_date(utc.date(), "medium", filters.language())
    return gettext("%(day)s, %(time)s UTC", day=day, time=f"{utc:%H:%M:%S}")
