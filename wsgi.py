"""The application for any WSGI server: settings, engine, app."""

from config.settings import Settings
from web.app import create_app
from web.background import begin_soon, carry_mail
from workflow.programmes.engine import open_engine

settings = Settings.read()
engine = open_engine(settings.database_url)
app = create_app(settings, engine)
carry_mail(settings, engine)
begin_soon(settings, engine)
