"""The application for any WSGI server: settings, engine, app."""

from config.settings import Settings
from web.app import create_app
from web.background import begin_soon, carry_mail
from workflow.programmes.engine import engine_at_work

settings = Settings.read()
engine = engine_at_work(settings.database_url, demo=settings.demo)
app = create_app(settings, engine)
carry_mail(settings, engine)
begin_soon(settings, engine)
