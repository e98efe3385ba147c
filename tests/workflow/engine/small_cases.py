"""Cases of whatever lifecycle a test writes, opened without what the product asks before."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import insert

from tests.support.world import World
from workflow.engine.cases import beginnings
from workflow.engine.commands import open_case
from workflow.engine.models import CaseParty
from workflow.engine.unit_of_work import UnitOfWork


@contextmanager
def opened(
    world: World, definition_id: int, ref: str, *, who: str, title: str, proposer: str = "moz"
) -> Iterator[UnitOfWork]:
    """A case that opens: what it begins with is written before its first rounds are."""
    with world.engine.transaction() as session:
        work = open_case.open_case(
            world.engine, session, world.person(who), definition_id=definition_id, ref=ref,
            title=title, proposer=world.party(proposer),
        )  # fmt: skip
        yield work
        beginnings.open_initial(work)
        work.close()


def take_part(world: World, work: UnitOfWork, **capacities: str | tuple[str, ...]) -> None:
    """Parties take part in a case, each in a capacity."""
    for capacity, keys in capacities.items():
        for key in (keys,) if isinstance(keys, str) else keys:
            row = {"case_id": work.case.id, "capacity": capacity, "party_id": world.party(key)}
            work.session.execute(insert(CaseParty).values(row))
