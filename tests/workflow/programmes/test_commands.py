"""Beginning a proposal: once for each request, only for one's own party, under the next reference."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from tests.support.world import PROPOSAL, World
from workflow.errors import Invalid, KeyReused, NotAuthorised, NotFound
from workflow.programmes.commands import propose


def test_a_proposal_needs_only_a_title_to_begin(world: World) -> None:
    begun = propose(world.engine, world.person("joao.lima"), world.party("moz"), {"title": "Seeds"})

    assert begun.ref == "SSC-2026-001"
    assert world.state(begun.ref) == "draft"


def test_the_same_request_begins_one_proposal(world: World) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")

    first = propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a-key")
    second = propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a-key")

    assert first == second


def test_a_key_with_another_title_is_refused(world: World) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")
    propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a-key")

    with pytest.raises(KeyReused):
        propose(world.engine, joao, mozambique, {"title": "Roots"}, "a-key")


def test_a_key_that_is_none_is_refused(world: World) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")

    with pytest.raises(Invalid, match="This form is damaged"):
        propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a\x00key")


@pytest.mark.parametrize(
    "content", [{"title": "Se\x00eds"}, {"title": "Seeds", "objective": "Grow\x00."}]
)
def test_a_text_that_hides_something_is_refused_beside_its_field(
    world: World, content: dict[str, str]
) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")

    with pytest.raises(Invalid) as refused:
        propose(world.engine, joao, mozambique, content)

    assert [key for key in refused.value.faults if "\x00" in content[key]] == [*content][-1:]


@pytest.mark.parametrize(
    ("field", "given", "named"),
    [
        ("donors", ["NOR"], "NOR"),
        ("donors", ["nor", "atlantis"], "atlantis"),
        ("executing_agency", "UNDP", "UNDP"),
        ("executing_agency", "NOR", "NOR"),
    ],
)
def test_a_key_that_no_party_has_is_refused(
    world: World, field: str, given: object, named: str
) -> None:
    content = PROPOSAL | {field: given}

    with pytest.raises(NotFound, match=f"There is no party called {named}"):
        propose(world.engine, world.person("joao.lima"), world.party("moz"), content)


def test_a_donor_that_is_named_twice_takes_part_once(world: World) -> None:
    content = PROPOSAL | {"donors": ["nor", "nor"]}

    begun = propose(world.engine, world.person("joao.lima"), world.party("moz"), content)

    assert begun.ref


def test_nobody_proposes_for_another_party(world: World) -> None:
    with pytest.raises(NotAuthorised, match="Only a submitter"):
        propose(world.engine, world.person("joao.lima"), world.party("wsm"), {"title": "Seeds"})


KNOWN = """
insert into lifecycle_case (ref, subject, title, definition_id, state, stage, entered_at, opened_at,
                            version, head_seq)
with recursive each (number) as (select 1 union all select number + 1 from each where number < :to)
select 'SSC-2026-' || substr('00' || number, case when number < 10 then 1 when number < 100 then 2
       else 3 end), 'programme', 'Known', (select max(id) from definition_version), 'closed', 'end',
       '2026-03-01 12:00:00.000000', '2026-03-01 12:00:00.000000', 1, 0
from each where number >= :since
"""


@contextmanager
def known(world: World, since: int, to: int) -> Iterator[None]:
    """Programmes under these numbers, without a history; they go before anything is verified."""
    with world.engine.transaction() as session:
        session.execute(text(KNOWN), {"since": since, "to": to})
    yield
    with world.engine.transaction() as session:
        session.execute(text("delete from lifecycle_case where title = 'Known'"))


def begun(world: World) -> str:
    made = propose(world.engine, world.person("joao.lima"), world.party("moz"), {"title": "Seeds"})
    return made.ref


def test_references_go_on_behind_the_newest_with_as_many_digits_as_it_takes(world: World) -> None:
    first = begun(world)

    with known(world, 2, 999):
        further = [begun(world), begun(world)]

    assert [first, *further] == ["SSC-2026-001", "SSC-2026-1000", "SSC-2026-1001"]


def test_a_reference_that_is_taken_already_is_left_out(world: World) -> None:
    with known(world, 2, 3):
        newest = begun(world)
    with known(world, 5, 6):
        with world.engine.transaction() as session:
            lower = text("update lifecycle_case set id = id - 1000 where title = 'Known'")
            session.execute(lower)
        further = begun(world)

    assert (newest, further) == ("SSC-2026-004", "SSC-2026-007")


def test_a_proposal_among_many_takes_no_longer_to_begin(sqlite_house_url: str) -> None:
    world, done = World(sqlite_house_url), Counter[str]()

    def counting(connection: Any) -> None:
        driver = connection.connection.dbapi_connection
        driver.set_progress_handler(lambda: done.update(["steps"]), 100)

    def steps() -> int:
        done.clear()
        begun(world)
        return done["steps"]

    begun(world)
    event.listen(world.engine.database, "begin", counting)
    among_few = steps()
    with known(world, 1000, 6000):
        among_many = steps()

    assert among_many < 1.5 * among_few
    world.close()
