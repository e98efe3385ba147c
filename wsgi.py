"""The application for any WSGI server: settings, engine, app."""

from config.settings import Settings
from web.app import create_app
from web.background import begin_soon, carry_mail
from workflow.engine.engine import Engine

settings = Settings.read()
engine = Engine.open(settings.database_url)
app = create_app(settings, engine)
carry_mail(settings, engine)
begin_soon(settings, engine)
