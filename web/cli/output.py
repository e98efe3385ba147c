"""How commands speak: sentences, exit statuses, never a traceback for what was to be expected."""

import sys
from collections.abc import Callable
from sqlite3 import Error
from typing import TYPE_CHECKING, Any, TypeVar

import click
from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 # the one of the pool

from config.choices import WrongSetting
from config.settings import Settings
from web.background import carry_mail, pool_of
from web.cli.by_name.options import begin_work, by_option
from workflow.assembly.engine import engine_at_work
from workflow.deferred import deferred
from workflow.engine.engine import Engine
from workflow.errors import FaultyFile, Incomplete, Invalid, Refusal
from workflow.faults.outages import Outage, outage, said

if TYPE_CHECKING:
    from web.wording import plainly
else:
    # Most commands say nothing that the pages have words for.
    plainly = deferred("web.wording", "plainly")

# The number of a row; no database counts further.
ROW_NUMBER = click.IntRange(0, 2**31 - 1)
MIGRATE = "Check PRIMEMOVER_DATABASE_URL, and bring the tables up to date: primemover migrate"
# What is done about each outage, by whoever sits at this terminal.
MENDS: dict[Outage | None, str] = {
    Outage.AWAY: "See that its server runs, and that PRIMEMOVER_DATABASE_URL names its host and port.",
    Outage.CROWDED: "Its server takes no more connections now. Try again later, or let it take more.",
    Outage.DAMAGED: (
        "Check that PRIMEMOVER_DATABASE_URL names the right file; one that is damaged is put back "
        "from a backup: primemover restore"
    ),
    Outage.FORBIDDEN: "Check the user and the password in PRIMEMOVER_DATABASE_URL.",
    Outage.FULL: "The disk is full: make room on it, then try again.",
    Outage.LOCKED: "Something else holds it. Wait for that to end, then try again.",
    Outage.MISSING: (
        "Make that database on its server, or name another one in PRIMEMOVER_DATABASE_URL; "
        "then: primemover migrate"
    ),
    Outage.READ_ONLY: "It can only be read: see who may write to it, to its folder and to its disk.",
    Outage.SLOW: "It took longer than it may. Try again, and see what else it is busy with.",
    Outage.UNOPENABLE: (
        "PRIMEMOVER_DATABASE_URL must name a file, in a folder that can be written to."
    ),
}


Answer = TypeVar("Answer")
# What is no bug where an installation is asked something.
EXPECTED = (WrongSetting, Refusal, OSError, DBAPIError, TimeoutError, Error)


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


def said_of(fault: Exception, work: click.Context | None = None) -> Said | None:
    """The sentence a command ends with: status 1, or 2 for a wrong setting; nothing for a bug.

    With the command that was at `work`, fields are named as it takes them.
    """
    match fault:
        case WrongSetting():
            return Said(str(fault), 2)
        case Refusal():
            return Said(told(fault, work))
    sentence = unusable(fault)
    return None if sentence is None else Said(sentence)


def told(refusal: Refusal, work: click.Context | None = None) -> str:
    """The sentence of a refusal, and below it everything it lists, by the options of the command at `work`."""
    match refusal:
        case FaultyFile():
            listed = [plainly(fault.said) for fault in refusal.faults]
        case Incomplete():
            listed = [plainly(each) for each in refusal.missing]
        case Invalid() if [*refusal.faults.values()] != [refusal.said]:
            listed = by_option(work, {at: plainly(said) for at, said in refusal.faults.items()})
        case _:
            listed = []
    return "\n".join([plainly(refusal.said), *(f"  {line}" for line in listed)])


def answered(ask: Callable[[], Answer]) -> Answer | Said:
    """What is asked of this installation, or the sentence why it cannot be; a bug still shows itself."""
    try:
        return ask()
    except EXPECTED as fault:
        said = said_of(fault)
        if said is None:
            raise
        return said


def unusable(fault: Exception) -> str | None:
    """Why a command could go no further and what to do about it; nothing where it is a bug."""
    match fault:
        case OSError():
            place = f"{fault.filename}: " if fault.filename else ""
            kind = outage(fault)
            advice = f"\n{MENDS[kind]}" if kind is not None else ""
            return f"This cannot be done: {place}{fault.strerror or fault}.{advice}"
        case DBAPIError() | TimeoutError() | Error():
            kind = outage(fault)
            return f"The database cannot be used: {said(fault).rstrip('.')}.\n{MENDS.get(kind, MIGRATE)}"
    return None


def opened(*, unattended: bool = False) -> Engine:
    """The engine on the database that the environment names; refuses tables of another release.

    Unattended, what it does of the house is the order of whoever signed in for it.
    """
    begin_work()
    settings = read_settings()
    engine = engine_at_work(settings.database_url, demo=settings.demo, pool=pool_of(settings))
    if engine.tables is not None:
        engine.tables.refuse_other()
    if engine.timekeeper is not None:
        # A doubt that is known keeps every command from writing an event.
        engine.timekeeper.doubt()
    carry_mail(settings, engine)
    if not unattended:
        engine.at_terminal()
    return engine


def read_settings(**chosen: Any) -> Settings:
    """The settings, with the home folder in place for what they keep there."""
    settings = Settings.read(**chosen)
    if settings.secret_key:
        # What `run` would refuse at the end of the way is refused at its beginning.
        settings.secret()
    settings.prepare_home()
    return settings
