"""What an installation is set up to do, beside what its database says: mail, witnesses, frameworks."""

from sqlalchemy.orm import Session

from config.settings import Settings
from workflow.engine.engine import Engine
from workflow.frameworks.queries import lasting_keys
from workflow.offices.facts import SetupFacts
from workflow.offices.office import setup_facts


def facts_now(session: Session, engine: Engine, chosen: Settings, viewer: int) -> SetupFacts:
    """What a proposal would meet in this installation now; `viewer` is whom cases are named to."""
    told = SetupFacts(
        frameworks=lasting_keys(session, engine.now().date()),
        mail=bool(chosen.mail_server),
        witness=bool(chosen.witnesses),
        two=bool(chosen.four_eyes),
        password_minutes=chosen.reauthenticate_minutes,
    )
    return setup_facts(session, engine, viewer, told, engine.now().date())
