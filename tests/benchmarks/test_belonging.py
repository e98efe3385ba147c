"""Every table with rows of a case says how they belong to it, the moment that it comes in."""

from sqlalchemy import create_engine, text

from benchmarks.portfolio.belonging import copied, of_chosen


def test_the_rows_of_a_case_are_found_in_every_table_that_is_copied(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    tables = copied()
    with engine.connect() as connection:
        connection.exec_driver_sql("create temporary table chosen_case (id integer primary key)")
        for each in tables:
            rows = connection.execute(text(f"select 1 from {each.name} where {of_chosen(each)}"))
            assert rows.all() == []
    names = {each.name for each in tables}
    assert {"event", "sign_off", "deadline", "money_movement", "money_waiting"} <= names
