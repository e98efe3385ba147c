"""What lessons are found by looks at no more of thousands than of hundreds."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, func, select

from tests.support.world import World
from tests.workflow.lessons.house import with_lessons
from tests.workflow.lessons.many import add
from workflow.lessons.choices import choices
from workflow.lessons.filters import LessonFilters
from workflow.lessons.lines import lessons
from workflow.lessons.offered import offers
from workflow.lessons.plan import PlannedProgramme
from workflow.programmes.knowledge.models import ListedLesson

READER = "marie.laurent"
ASKED = (
    LessonFilters(),
    LessonFilters(area="kind-3"),
    LessonFilters(area="kind-3", country="MOZ"),
    LessonFilters(area="kind-3", country="BRA"),
    LessonFilters(text="ministries"),
    LessonFilters(text="ministries", area="kind-3"),
    LessonFilters(text="zebra"),
    LessonFilters(text="nonsense"),
)
# Tens of steps; an index over words has more leaves to begin with.
SLACK = 50
FEW, MANY = 5_500, 12_000


def test_lists_searches_and_offers_grow_with_no_number_of_lessons(sqlite_house_url: str) -> None:
    world, done = World(sqlite_house_url), Counter[str]()
    with_lessons(world)
    world.honest = False  # What is written here has no histories.
    person, now = world.person(READER), world.clock()
    plan = PlannedProgramme(areas=("kind-3", "kind-4"), countries=("MOZ",), modality="triangular")

    def grown(first: int, last: int) -> None:
        with world.engine.transaction() as session:
            lesson = session.scalar(select(func.min(ListedLesson.case_id)))
            add(session, int(lesson or 0), first, last)

    def counting(connection: Any) -> None:
        driver = connection.connection.driver_connection
        driver.set_progress_handler(lambda: done.update(["steps"]), 10)

    def steps(ask: Callable[[Any], Any]) -> int:
        for _ in range(2):  # What is read once is read before.
            done.clear()
            with world.engine.reading() as session:
                ask(session)
        return done["steps"]

    def measured() -> list[int]:
        event.listen(world.engine.database, "begin", counting)
        found = [steps(lambda s, each=each: lessons(s, person, each, now)) for each in ASKED]
        found += [steps(choices), steps(lambda s: offers(s, 1, person, now, plan))]
        event.remove(world.engine.database, "begin", counting)
        return found

    grown(1, FEW)
    among_few = measured()
    grown(FEW + 1, MANY)
    among_many = measured()

    grown_by = dict(enumerate(zip(among_few, among_many, strict=True)))
    assert {at: pair for at, pair in grown_by.items() if pair[1] > 1.2 * pair[0] + SLACK} == {}
    world.close()
