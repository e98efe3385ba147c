"""How commands speak: sentences, exit statuses, never a traceback for what was to be expected."""

import sys
from typing import Any

import click
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from config.settings import Settings, WrongSetting
from web.background import carry_mail, pool_of
from web.wording import plainly
from workflow.engine.engine import Engine
from workflow.errors import FaultyFile, Incomplete, Invalid, Refusal
from workflow.programmes.engine import engine_at_work

console = Console(highlight=False)


class Said(click.ClickException):
    """A sentence for standard error, and the exit status it means."""

    def __init__(self, sentence: str, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status

    @property
    def exit_code(self) -> int:  # type: ignore[override]
        """The exit status, where click looks for it."""
        return self.status

    def show(self, file: Any = None) -> None:
        """Print the sentence as it is."""
        click.echo(self.message, file=file or sys.stderr)


class Outspoken(click.Group):
    """A group whose refusals end in a sentence: status 1, or 2 for a wrong setting."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a bug still shows itself whole."""
        try:
            return super().invoke(ctx)
        except WrongSetting as wrong:
            raise Said(str(wrong), 2) from wrong
        except Refusal as refusal:
            raise Said(told(refusal)) from refusal
        except DBAPIError as fault:
            raise Said(_of_database(fault)) from fault


def told(refusal: Refusal) -> str:
    """The sentence of a refusal, and below it everything it lists."""
    match refusal:
        case FaultyFile():
            listed = [plainly(fault.said) for fault in refusal.faults]
        case Incomplete():
            listed = [plainly(each) for each in refusal.missing]
        case Invalid() if len(refusal.faults) > 1:
            listed = [f"{field}: {plainly(said)}" for field, said in refusal.faults.items()]
        case _:
            listed = []
    return "\n".join([plainly(refusal.said), *(f"  {line}" for line in listed)])


def _of_database(fault: DBAPIError) -> str:
    """What the database said, and the usual cause."""
    said = str(fault.orig).strip().splitlines() or ["no reason given"]
    return (
        f"The database cannot be used: {said[0]}.\n"
        "Check PRIMEMOVER_DATABASE_URL, and bring the tables up to date: primemover migrate"
    )


def opened() -> Engine:
    """The engine on the database that the environment names; refuses tables of another release."""
    settings = read_settings()
    engine = engine_at_work(settings.database_url, demo=settings.demo, pool=pool_of(settings))
    if engine.tables is not None:
        engine.tables.refuse_other()
    carry_mail(settings, engine)
    return engine


def read_settings(**chosen: Any) -> Settings:
    """The settings, with the home folder in place for what they keep there."""
    settings = Settings.read(**chosen)
    settings.prepare_home()
    return settings
