"""What of an installation its health hangs on, and who is told; commands ask as well as pages."""

from datetime import datetime

from config.settings import Settings
from workflow.engine.engine import Engine
from workflow.health.facts import HealthFacts, Installation, facts
from workflow.notices.smtp import SmtpServer
from workflow.people.appointments import AUDITOR
from workflow.vocabulary import ADMINISTRATOR, OFFICERS

MINDERS = (*OFFICERS, ADMINISTRATOR)
TOLD = (*MINDERS, AUDITOR)


def facts_of(engine: Engine, chosen: Settings, up_since: datetime | None = None) -> HealthFacts:
    """The facts of an installation with these settings."""
    server = SmtpServer.at(chosen.mail_server) if chosen.mail_server else None
    named = f"{server.host}:{server.port}" if server else ""
    return facts(engine, Installation(named, bool(chosen.witnesses), up_since))
