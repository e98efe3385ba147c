"""Lessons that were validated: the newest first, narrowed, searched, and in step with what was told."""

from collections.abc import Sequence

import pytest

from tests.support.world import World
from tests.workflow.lessons.house import (
    CERTIFY,
    COAST,
    RAINS,
    SAHEL,
    SALT,
    TUTORS,
    validated,
    with_lessons,
)
from tests.workflow.lifecycles.lessons.test_lesson import MANAGER, OTHER
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.audit.verification.verify import verify
from workflow.errors import NotFound
from workflow.lessons.choices import choices
from workflow.lessons.filters import LessonFilters
from workflow.lessons.lines import LessonLine, every_lesson, lessons
from workflow.lessons.page import lesson
from workflow.oversight.checks.lists import astray

READER = "marie.laurent"
NEWEST = [SALT, RAINS, TUTORS, CERTIFY]


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return with_lessons(world)


def listed(world: World, who: str | None = READER, **asked: str) -> Sequence[LessonLine]:
    """The page that somebody sees, or who keeps the installation."""
    engine = world.engine
    with engine.reading() as session:
        person = world.person(who) if who else None
        return lessons(session, person, LessonFilters(**asked), engine.now()).lines


def headings(world: World, **asked: str) -> list[str]:
    return [each.heading for each in listed(world, **asked)]


def test_the_newest_comes_first_with_what_its_programme_is_about(
    both: tuple[Carried, Carried],
) -> None:
    lines = listed(both[0].world)

    assert [each.heading for each in lines] == NEWEST
    assert [each.programme.title for each in lines if each.programme] == [
        COAST,
        COAST,
        SAHEL,
        SAHEL,
    ]
    french = lines[1]
    assert (french.areas, french.countries) == (("agriculture", "health"), ("AGO", "MOZ"))
    assert (french.modality, french.language, french.goals) == ("triangular", "fr", ())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"area": "health"}, [SALT, RAINS]),
        ({"area": "agriculture"}, NEWEST),
        ({"area": "energy"}, []),
        ({"country": "MOZ", "language": "fr"}, [RAINS]),
        ({"country": "BRA"}, []),
        ({"modality": "triangular"}, NEWEST),
        ({"year": "2026", "area": "health"}, [RAINS]),
        ({"year": "2027"}, [SALT]),
        ({"goal": "sdg-3"}, []),
        ({"text": "semez pluies"}, [RAINS]),
        ({"text": "récolte"}, [RAINS]),
        ({"text": "RECOLTE"}, [RAINS]),
        ({"text": "ministries"}, [SALT, TUTORS, CERTIFY]),
        ({"text": "ministries", "area": "health"}, [SALT]),
        ({"text": "ut"}, [RAINS, TUTORS]),
        ({"text": "nobody has looked"}, []),
        ({"text": "'; drop table"}, []),
    ],
)
def test_it_is_narrowed(
    both: tuple[Carried, Carried], asked: dict[str, str], found: list[str]
) -> None:
    assert headings(both[0].world, **asked) == found


def test_words_that_many_lessons_have_are_found_line_by_line(
    both: tuple[Carried, Carried], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflow.programmes.lists.lookup.FEW", 1)

    assert headings(both[0].world, text="ministries", area="health") == [SALT]
    assert headings(both[0].world, text="ministries") == [SALT, TUTORS, CERTIFY]


def test_pages_follow_each_other_without_a_gap(
    both: tuple[Carried, Carried], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = both[0].world
    monkeypatch.setattr("workflow.lessons.lines.PORTION", 1)

    for asked in ({}, {"area": "agriculture"}, {"text": "a"}):
        with world.engine.reading() as session:
            found = every_lesson(
                session, world.person(READER), LessonFilters(**asked), world.clock()
            )
            assert [each.heading for each in found] == NEWEST


@pytest.mark.parametrize("place", ["yesterday", "9" * 40 + "_2026-01-01"])
def test_nonsense_for_a_place_begins_anew(both: tuple[Carried, Carried], place: str) -> None:
    assert headings(both[0].world, after=place) == NEWEST


def test_what_is_withdrawn_is_found_no_more(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    world.answer(f"{both[1].ref}.1", "withdrawing", OTHER, "withdraw", "It rained all the same.")

    assert headings(world) == [SALT, TUTORS, CERTIFY]
    assert headings(world, language="fr") == []
    assert headings(world, text="semez") == []
    assert astray(world.engine).differences == []
    assert verify(world.engine.database).sound
    with world.engine.reading() as session:
        assert "fr" not in choices(session)["language"]
        with pytest.raises(NotFound):
            lesson(session, world.engine, world.person(READER), f"{both[1].ref}.1")


def test_what_can_be_chosen_is_what_lessons_are_found_by(both: tuple[Carried, Carried]) -> None:
    with both[0].world.engine.reading() as session:
        found = choices(session)

    assert found["area"] == ("agriculture", "health")
    assert found["year"] == ("2026", "2027")
    assert found["language"] == ("en", "fr")


def test_its_page_says_it_whole(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    with world.engine.reading() as session:
        whole = lesson(session, world.engine, world.person(READER), f"{both[1].ref}.1")
        kept = lesson(session, world.engine, None, f"{both[1].ref}.1")

    assert whole.texts == kept.texts
    assert [label for label, _ in whole.texts] == [
        "Under which conditions", "What was tried", "What happened", "For whom it may hold",
    ]  # fmt: skip


def test_one_that_nobody_validated_has_no_page(both: tuple[Carried, Carried]) -> None:
    world = both[0].world

    for who in (world.person(MANAGER), None):
        with world.engine.reading() as session, pytest.raises(NotFound):
            lesson(session, world.engine, who, f"{both[0].ref}.3")


def test_the_lists_follow_from_what_was_validated(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    validated(both[0], MANAGER, 4, heading="One more")

    assert astray(world.engine).differences == []
    assert headings(world)[0] == "One more"
