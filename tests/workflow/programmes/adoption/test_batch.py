"""The list of records follows an index, however many have ended."""

from sqlalchemy import text

from tests.support.world import World
from workflow.programmes.adoption.batch import RecordFilters, listed


def test_records_come_in_the_order_of_an_index_that_holds_none_that_has_ended(world: World) -> None:
    database = world.engine.database
    asked = listed(RecordFilters(), ()).compile(database, compile_kwargs={"literal_binds": True})

    with database.connect() as connection:
        word = "explain query plan"
        if connection.dialect.name == "postgresql":
            word = "explain"
            connection.exec_driver_sql("set enable_seqscan = off")
            connection.exec_driver_sql("set enable_sort = off")
        plan = "\n".join(str(row) for row in connection.execute(text(f"{word} {asked}")))

    assert "ix_lifecycle_case_under_way" in plan
    assert "TEMP B-TREE" not in plan
