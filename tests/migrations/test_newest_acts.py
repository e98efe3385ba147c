"""The newest act of each history is read from its events again, and kept whatever the order they are found in."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from tests.migrations.lent import lent
from tests.support.world import World
from workflow.database import migrate
from workflow.downgrade import losses
from workflow.migration.upgrade import alembic_config
from workflow.oversight.checks.news import astray, miscounted
from workflow.oversight.events.indexer import catch_up_wholly

(ACTS,) = Path("migrations/versions").resolve().glob("*_newest_acts.py")
BEFORE = f"{int(ACTS.name[:4]) - 1:04}"
KEPT = text("select * from history_news order by case_id")
FACETS = text("select * from event_facet order by case_id, seq")
READ = "history.read"


@pytest.mark.proof(either=True)
def test_the_newest_act_of_each_history_comes_again_from_what_there_is(world: World) -> None:
    world.honest = False
    for _ in range(2):
        world.programme("screening")
    catch_up_wholly(world.engine)
    with world.engine.database.connect() as connection:
        before = connection.execute(KEPT).all()
    lost = list(map(str, losses(world.url, BEFORE)))

    command.downgrade(alembic_config(world.url), BEFORE)
    with lent(world.engine.database):
        world.programme("screening")
    catch_up_wholly(world.engine)
    with world.engine.database.connect() as connection:
        meanwhile = connection.execute(KEPT).all()
    migrate(world.url)
    world.programme("screening")
    catch_up_wholly(world.engine)

    with world.engine.reading() as session:
        after = session.execute(KEPT).all()
        wrong = astray(session), miscounted(session)
    assert not [said for said in lost if "history_news" in said]
    assert len(meanwhile) == len(before) + 1
    assert "act_id" not in meanwhile[0]._fields
    assert [row for row in after if row.case_id in {each.case_id for each in before[1:]}] == before[
        1:
    ]
    assert len(after) == len(before) + 2
    assert all(row.act_id for row in after)
    assert wrong == ((), False)


@pytest.mark.proof(either=True)
def test_the_newest_act_is_the_same_whatever_event_is_found_first(world: World) -> None:
    world.honest = False
    ref = world.programme("screening")
    catch_up_wholly(world.engine)
    with world.engine.database.begin() as connection:
        case_id = connection.scalar(
            text("select id from lifecycle_case where ref = :ref"), {"ref": ref}
        )
        facets = [
            dict(row._mapping) for row in connection.execute(FACETS) if row.case_id == case_id
        ]
        expected = [row for row in connection.execute(KEPT) if row.case_id == case_id]
        for emptied in ("event_facet", "history_news"):
            connection.execute(
                text(f"delete from {emptied} where case_id = :case"),
                {"case": case_id},
            )
        columns = ", ".join(facets[0])
        values = ", ".join(f":{name}" for name in facets[0])
        told = text(f"insert into event_facet ({columns}) values ({values})")
        # Looked at first, and last: who looked at it did nothing.
        looked = {**facets[-1], "type": READ}
        connection.execute(told, looked)
        only_looked = [row for row in connection.execute(KEPT) if row.case_id == case_id]
        for row in reversed(facets[:-1]):
            connection.execute(told, row)
        found = [row for row in connection.execute(KEPT) if row.case_id == case_id]

    assert [(row.seq, row.act_at, row.act_id) for row in only_looked] == [(0, None, None)]
    assert expected[0].act_id == facets[-1]["event_id"]
    assert [(row.seq, row.act_id) for row in found] == [(facets[-2]["seq"], facets[-2]["event_id"])]
    assert found[0].act_at is not None
    assert found[0].last_at == expected[0].last_at
