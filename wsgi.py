"""The application for any WSGI server: settings, engine, app."""

import os
from functools import partial

from config.settings import Settings
from web.app import create_app
from web.background import begin_soon, carry_mail, pool_of
from web.demonstration import refuse_demonstration
from workflow.assembly.engine import engine_at_work

settings = Settings.read()
engine = engine_at_work(
    settings.database_url, demo=settings.demo, pool=pool_of(settings, for_pages=True)
)
# A server that loads this once and then divides itself must not share a connection among its parts.
os.register_at_fork(after_in_child=partial(engine.database.dispose, close=False))
refuse_demonstration(settings, engine)
app = create_app(settings, engine)
carry_mail(settings, engine)
begin_soon(settings, engine)
