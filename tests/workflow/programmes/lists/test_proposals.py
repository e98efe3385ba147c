"""The list of one's proposals follows what is written, and takes no longer among thousands."""

from collections import Counter
from typing import Any

from sqlalchemy import event, text

from tests.support.world import World
from workflow.oversight.checks.lists import astray
from workflow.programmes.lists.proposals import MyProposals, my_proposals

JOAO = "joao.lima"
WHY = {"remarks": [{"section": "objectives", "remark": "Say how many nurses."}]}
# Proposals of one party that are over, and whose texts lie elsewhere.
OLDER = text(
    "insert into party_proposal (party_id, case_id, definition_id, state, text_id) "
    "select party_id, 100000 + n, definition_id, 'closed', -n from party_proposal, "
    "(with recursive some (n) as (select :first union all select n + 1 from some where n < :last) "
    "select n from some) where case_id = (select max(case_id) from party_proposal where case_id < 100000)"
)


def mine(world: World) -> MyProposals:
    with world.engine.reading() as session:
        return my_proposals(session, world.engine, world.person(JOAO))


def told(page: MyProposals) -> dict[str, list[tuple[str, str]]]:
    return {
        "writing": [(line.ref, line.state) for line in page.writing],
        "sent": [(line.ref, line.state) for line in page.sent],
    }


def test_a_proposal_stands_where_its_case_does_and_the_one_written_last_comes_first(
    world: World,
) -> None:
    first, second, sent = (world.programme(state) for state in ("draft", "draft", "screening"))

    before = told(mine(world))
    world.answer(sent, "screening", "jane.okello", "return", "Not measurable yet.", WHY)
    after = told(mine(world))

    assert before == {
        "writing": [(second, "draft"), (first, "draft")],
        "sent": [(sent, "screening")],
    }
    assert after["sent"] == []
    assert set(after["writing"]) == {(first, "draft"), (second, "draft"), (sent, "returned")}
    assert astray(world.engine).proposals == ()


def test_who_loses_a_proposal_has_it_no_longer_in_the_list(world: World) -> None:
    ref = world.programme("screening")
    world.honest = False  # No act takes a proposal from who proposed it.

    taken = "delete from case_party where capacity = 'proposer'"
    given = (
        "insert into case_party (case_id, capacity, party_id) select c.id, 'proposer', p.id "
        f"from lifecycle_case c, party p where c.ref = '{ref}' and p.key = 'wsm'"
    )

    for statement in (taken, given):
        with world.engine.transaction() as session:
            session.execute(text(statement))
        assert told(mine(world)) == {"writing": [], "sent": []}
        assert astray(world.engine).proposals == ()


def test_the_list_looks_at_no_more_of_thousands_than_of_hundreds(sqlite_house_url: str) -> None:
    world, done = World(sqlite_house_url), Counter[str]()
    world.honest = False  # What is written here has no cases.
    world.programmes("draft", "screening")

    def counting(connection: Any) -> None:
        driver = connection.connection.driver_connection
        driver.set_progress_handler(lambda: done.update(["steps"]), 10)

    def steps() -> int:
        done.clear()
        assert [len(lines) for lines in told(mine(world)).values()] == [1, 1]
        return done["steps"]

    def add(first: int, last: int) -> None:
        with world.engine.transaction() as session:
            session.execute(OLDER, {"first": first, "last": last})

    add(1, 200)
    steps()
    event.listen(world.engine.database, "begin", counting)
    among_hundreds = steps()
    event.remove(world.engine.database, "begin", counting)
    add(201, 6000)
    event.listen(world.engine.database, "begin", counting)
    among_thousands = steps()

    assert among_thousands <= 1.2 * among_hundreds
    world.close()
