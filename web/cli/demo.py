"""The demonstration: its data, loaded once, and the people to be."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table
from sqlalchemy import select
from sqlalchemy.engine import make_url

from config.settings import Settings
from web.cli.output import Said
from web.cli.terminal import console
from workflow.assembly.engine import open_engine
from workflow.database import migrate
from workflow.deferred import deferred
from workflow.engine.documents.file_store import FileStore
from workflow.engine.engine import Engine
from workflow.health.demonstration import is_marked
from workflow.offices.roles import role_book
from workflow.people.models import Person
from workflow.people.queries import people_list, person_page

if TYPE_CHECKING:
    from workflow.demo.load import load
else:
    # A second start has no use for the loader and all that it needs.
    load = deferred("workflow.demo.load", "load")

PASSWORD = "prime-mover-demo"  # noqa: S105 # known to everybody on purpose


def prepare(settings: Settings) -> Engine:
    """The engine on a database with the demonstration in it; what is there already stays.

    A new SQLite file takes its place only when it is complete, so that an interrupted first start
    leaves nothing half done.
    """
    url, store = settings.database_url, FileStore(settings.files, settings.largest_upload)
    place = make_url(url)
    if place.get_backend_name() != "sqlite" or not place.database or Path(place.database).exists():
        return _filled(url, store)
    file = Path(place.database)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    _filled(str(place.set(database=str(unfinished))), store).database.dispose()
    unfinished.replace(file)
    # SQLite keeps an emptied journal beside every file that it wrote.
    unfinished.with_name(f"{unfinished.name}-journal").unlink(missing_ok=True)
    return open_engine(url)


def _filled(url: str, store: FileStore) -> Engine:
    """The engine on the migrated database at `url`, filled if nobody is in it."""
    with console.status("Preparing the tables …"):
        migrate(url)
    engine = open_engine(url)
    if _inhabited(engine):
        _refuse_installation(engine)
    else:
        with console.status("Loading the demonstration …") as status:
            load(engine, store, status.update)
    return engine


def _inhabited(engine: Engine) -> bool:
    """Whether anybody is in the database."""
    with engine.reading() as session:
        return session.scalar(select(Person.id).limit(1)) is not None


def _refuse_installation(engine: Engine) -> None:
    """Never open people's own data to whoever clicks on a name."""
    with engine.reading() as session:
        if is_marked(session):
            return
    raise Said(
        "This database holds an installation and no demonstration. Name another for the demonstration in "
        "PRIMEMOVER_DATABASE_URL, or serve this one with: primemover run"
    )


def introduce(engine: Engine, settings: Settings) -> None:
    """Print where the demonstration is, and who one may be there."""
    today = engine.now().date()
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Sign in as", no_wrap=True, overflow="fold")
    table.add_column("Role, for")
    table.add_column("Who")
    with engine.reading() as session:
        labels = role_book(session, engine).labels
        lines = sorted(people_list(session, today), key=lambda line: line.id)
        for page in (person_page(session, line.id, today) for line in lines):
            if page.purpose:
                offices = (term.office for term in page.current)
                held = [
                    f"{labels.get(held.role, held.role)}, {held.party_name}" for held in offices
                ]
                table.add_row(page.email, "\n".join(held), page.purpose)
    console.print(table)
    console.print(f"\nEverybody's password is {PASSWORD}. One click changes persons on any page.")
    console.print(f"Open [bold]http://{settings.host}:{settings.port}/[/bold] (Ctrl-C stops it).\n")
