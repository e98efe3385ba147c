"""The application for any WSGI server: settings, engine, app."""

from config.settings import Settings
from web.app import create_app
from workflow.engine.engine import Engine

settings = Settings.read()
app = create_app(settings, Engine.open(settings.database_url))
