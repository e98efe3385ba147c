"""What keeps the demonstration, whose password everybody knows, apart from installations."""

from config.choices import PREFIX, WrongSetting
from config.settings import Settings
from workflow.engine.engine import Engine
from workflow.health.demonstration import is_marked


def refuse_demonstration(settings: Settings, engine: Engine) -> None:
    """Refuse to serve the people of the demonstration as those of an installation."""
    if settings.demo:
        return
    with engine.reading() as session:
        marked = is_marked(session)
    if marked:
        raise WrongSetting(
            f"The database that {PREFIX}DATABASE_URL names is the demonstration's, in which everybody "
            "knows everybody's password. Name another for your installation, or serve it with: "
            "primemover demo"
        )
