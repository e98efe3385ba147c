"""Going through a queue: each seat's neighbours are those that the queue itself has beside it."""

from tests.support.world import World
from tests.workflow.engine.pages.opened import page, viewer
from tests.workflow.engine.queue.test_page import OFFICER, many_seats
from tests.workflow.engine.queue.test_page import page as queue
from workflow.engine.pages import review
from workflow.engine.queue import query
from workflow.engine.queue.neighbours import Neighbours, neighbours
from workflow.engine.queue.query import Beside, QueueFilters
from workflow.engine.queue.ways import ways

EVERYTHING = QueueFilters()


def beside(world: World, after: str, filters: QueueFilters = EVERYTHING) -> Beside:
    """What stands beside the seat whose place in the queue is `after`."""
    now = world.engine.now()
    with world.engine.reading() as session:
        on = ways(session, world.person(OFFICER), now.date())
        here = QueueFilters(stage=filters.stage, text=filters.text, after=after)
        return query.beside(session, on, here, world.engine.domain.located_by, now)


def around(
    world: World, ref: str, who: str = OFFICER, filters: QueueFilters = EVERYTHING
) -> Neighbours | None:
    """The neighbours of the seat that the page of a screening has chosen."""
    with world.engine.reading() as session:
        shown = review.of_round(viewer(world, session, ref, who), "screening", 1)
        return neighbours(
            session, world.engine, world.person(who), shown, filters, world.engine.now()
        )


def places(world: World, filters: QueueFilters = EVERYTHING) -> list[tuple[str, int]]:
    """Each seat of the queue in its order, by where a page that ended with it would go on."""
    return [
        (query.cursor_of(row.due, row.seat), row.seat)
        for row in queue(world, OFFICER, filters).rows
    ]


def test_every_seat_stands_between_those_that_the_queue_has_beside_it(world: World) -> None:
    world.programme("screening")
    many_seats(world, 11)
    order = places(world)

    found = [beside(world, place) for place, _ in order]

    seats = [seat for _, seat in order]
    assert [each.before[0] if each.before else None for each in found] == [None, *seats[:-1]]
    assert [each.after[0] if each.after else None for each in found] == [*seats[1:], None]
    assert [each.passed for each in found] == list(range(len(seats)))


def test_a_narrowed_queue_is_gone_through_as_it_was_narrowed(world: World) -> None:
    world.programme("screening")
    many_seats(world, 11)
    narrowed = QueueFilters(text="C-1")
    (first, _), (second, seat) = places(world, narrowed)[:2]

    found = beside(world, first, narrowed)

    assert found.before is None
    assert found.after is not None
    assert found.after[0] == seat
    assert beside(world, second, narrowed).passed == 1


def test_a_seat_that_waits_names_its_place_and_the_next_programme(world: World) -> None:
    first, second = world.programmes("screening", "screening")

    here, there = around(world, first), around(world, second)

    assert here is not None
    assert there is not None
    assert (here.number, here.before, there.number, there.after) == (1, None, 2, None)
    assert here.after is not None
    assert there.before is not None
    assert (here.after.ref, there.before.ref) == (second, first)


def test_what_does_not_wait_for_the_person_stands_in_no_queue(world: World) -> None:
    ref = world.programme("screening")

    stranger = around(world, ref, "tom.becker")
    world.answer(ref, "screening", OFFICER, "return", "Say more.")
    answered = around(world, ref)

    assert stranger is None
    assert answered is None
    assert page(world, ref, "screening", OFFICER).status == "settled"
