"""The demo's house with the real programmes that were imported into it, none of them taken up."""

from contextlib import closing
from datetime import date
from importlib.resources import files

from sqlalchemy import select

from tests.support.databases import Template
from tests.support.world import HOUSE, World
from workflow.engine.documents.file_store import File
from workflow.engine.models import LifecycleCase
from workflow.programmes.adoption.papers import BroughtIn, bring_in
from workflow.programmes.imports.run import ImportReport, import_programmes, read_content
from workflow.programmes.models import ImportedProgramme
from workflow.programmes.outline import chosen

REAL = files("config").joinpath("reference", "programmes.csv")


def import_all(world: World, content: bytes | None = None, by: int | None = None) -> ImportReport:
    """Import a file of programmes, the real ones by default, as the command line does."""
    definition_id, definition = chosen(world.engine)
    states = {key: state.stage.value for key, state in definition.states.items()}
    rows = read_content("programmes.csv", REAL.read_bytes() if content is None else content)
    with world.engine.transaction() as session:
        return import_programmes(
            session,
            rows,
            now=world.engine.now(),
            opener=by,
            definition_id=definition_id,
            states=states,
        )


def _fill(url: str) -> None:
    with closing(World(url)) as world:
        import_all(world)


RECORDS = Template("house-records", _fill, HOUSE)


def open_records(world: World) -> dict[str, str]:
    """The state of each imported programme that has not ended, by its reference."""
    standing = (
        select(LifecycleCase.ref, LifecycleCase.state)
        .join(ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id)
        .where(LifecycleCase.stage != "end")
        .order_by(LifecycleCase.ref)
    )
    with world.engine.reading() as session:
        return {row.ref: row.state for row in session.execute(standing)}


def one_in_each_state(world: World) -> tuple[str, ...]:
    """One imported programme for each state in which some stand; those with an agency come first."""
    found = open_records(world)
    refs = sorted(found, key=lambda ref: ref not in KNOWN)
    return tuple({found[ref]: ref for ref in reversed(refs)}.values())


# UNDP is an agency of the house as well; its manager and its evaluator could act on these.
KNOWN = ("SSC-P098", "SSC-P103", "SSC-P036", "SSC-P026", "SSC-P092")

# In delivery, of an agency and a country whose people the house knows.
ADOPTABLE = "SSC-P098"
# Who confirms its record: agency, participating country, lead country and the Director.
CONFIRMING = ("kenji.watanabe", "maria.evora", "paulo.sa", "elena.petrova")
DIGEST = "ab" * 32


def write_record(world: World, ref: str, who: str) -> None:
    """File the adoption record of a programme."""
    fields = [{"field": "End", "source": "2016", "proposed": "2028", "evidence": "Letter"}]
    world.file(ref, "adoption_record", who, {"why": "It goes on.", "fields": fields})


def bring_papers(world: World, ref: str, who: str) -> None:
    """Bring in what the state of a record asks for."""
    definition = chosen(world.engine)[1]
    for kind in definition.states[world.state(ref)].brings:
        paper = BroughtIn(kind, File(f"{kind}.pdf", "application/pdf", 9, DIGEST), date(2014, 3, 2))
        bring_in(world.engine, world.person(who), ref, paper)
