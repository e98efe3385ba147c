"""Rounds that open together: what they ask is read once, and they sit as they are read afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.statements import asked
from tests.support.world import World
from workflow.engine import round_state, unit_of_work
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import new_rounds
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotFound
from workflow.phrase import phrase


@contextmanager
def undone(world: World, ref: str) -> Iterator[UnitOfWork]:
    """A case under its lock, of which nothing is written in the end."""
    with suppress(NotFound), world.engine.transaction() as session:
        case = unit_of_work.lock_case(session, ref)
        definition = world.engine.definition(case.definition_id, session)
        yield UnitOfWork(session, case, definition, None, world.engine.now())
        raise NotFound(phrase("There is no such round in this lifecycle."))


def test_a_round_of_any_kind_sits_as_it_is_read_afterwards(world: World) -> None:
    ref = world.programme("decision")
    sitting: list[RoundState] = []
    read: list[RoundState] = []

    with undone(world, ref) as work:
        for spec in work.definition.rounds.values():
            sitting.append(new_rounds.open_round(work, spec))
            read.append(round_state.by_id(work.session, sitting[-1].id))

    assert len(sitting) > 10
    assert sum(len(each.seats) for each in sitting) > len(sitting)
    assert {each.office for round_ in sitting for each in round_.seats} == {True, False}
    assert sitting == read


def test_rounds_that_open_together_open_as_they_do_one_by_one(world: World) -> None:
    ref = world.programme("decision")

    with undone(world, ref) as work:
        specs = [work.definition.rounds[key] for key in ("signing", "signature_lapse", "decision")]
        together = new_rounds.open_rounds(work, specs)
    with undone(world, ref) as work:
        apart = [new_rounds.open_round(work, spec) for spec in specs]

    assert [each.place for each in together] == [
        ("signing", 1), ("signature_lapse", 1), ("decision", 2),
    ]  # fmt: skip
    for one, other in zip(together, apart, strict=True):
        assert (one.content_digest, one.due_at, one.acts_at, one.explanation) == (
            other.content_digest, other.due_at, other.acts_at, other.explanation,
        )  # fmt: skip
        named = [[(s.role, s.party_key, s.category) for s in each.seats] for each in (one, other)]
        assert named[0] == named[1]


def test_what_rounds_ask_and_bind_is_read_once_for_all_of_them(world: World) -> None:
    ref = world.programme("decision")

    with asked(world.engine.database) as heard, undone(world, ref) as work:
        specs = [work.definition.rounds[key] for key in ("signing", "signature_lapse")]
        new_rounds.open_rounds(work, specs)

    statements = [each for of in heard.transactions for each in of.statements]
    reading = [s for s in statements if s.startswith("SELECT") and "FROM lifecycle_case" not in s]
    assert len(reading) == 2
    assert ["case_party" in each for each in reading] == [True, False]
    assert ["attachment" in each for each in reading] == [False, True]
