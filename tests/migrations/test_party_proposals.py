"""Which proposals a party has is read from their cases again, whatever a release meanwhile did with them."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config

(PROPOSALS,) = Path("migrations/versions").resolve().glob("*_party_proposals.py")
BEFORE = f"{int(PROPOSALS.name[:4]) - 1:04}"
KEPT = text("select * from party_proposal order by party_id, case_id")
# What the release before does to cases, of which the list hears nothing while it is away.
MOVED = text("update lifecycle_case set state = 'closed' where id = :case")
WITHDRAWN = text("delete from case_party where case_id = :case")


@pytest.mark.proof(either=True)
def test_the_proposals_of_each_party_come_again_from_what_there_is(world: World) -> None:
    world.honest = False
    for _ in range(3):
        world.programme("screening")
    with world.engine.database.connect() as connection:
        before = connection.execute(KEPT).all()
    moved, withdrawn = before[0].case_id, before[1].case_id
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    with world.engine.database.begin() as connection:
        connection.execute(MOVED, {"case": moved})
        connection.execute(WITHDRAWN, {"case": withdrawn})
    migrate(world.url)

    with world.engine.database.begin() as connection:
        after = connection.execute(KEPT).all()
        connection.execute(MOVED, {"case": before[2].case_id})
        followed = connection.execute(KEPT).all()
    expected = [row for row in before if row.case_id != withdrawn]
    assert not [said for said in lost if "party_proposal" in said]
    assert [(row.case_id, row.text_id) for row in after] == [
        (row.case_id, row.text_id) for row in expected
    ]
    assert {row.case_id: row.state for row in after} == {
        **{row.case_id: row.state for row in expected}, moved: "closed",
    }  # fmt: skip
    assert {row.case_id: row.state for row in followed}[before[2].case_id] == "closed"
