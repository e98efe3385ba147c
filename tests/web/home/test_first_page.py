"""The first page for whoever has not signed in, and three stories that take four clicks each."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert

from config.settings import Settings
from tests.support import databases
from tests.support.applications import an_app
from tests.support.deciding import decide
from tests.support.demonstration import DEMONSTRATION
from tests.support.statements import asked
from tests.support.visitors import SECRET, Visitor, made, words
from tests.support.world import World
from tests.workflow.dossiers.handed import FONTS
from workflow.clock import utc_now
from workflow.demo.cast import CAST
from workflow.oversight.models import Verification
from workflow.vocabulary import STAGES

STORY = re.compile(
    r'<section class="card story" aria-labelledby="story-(\w+)">(.*?)</section>', re.DOTALL
)
BEGIN = re.compile(
    r'action="(/account/switch\?next=[^"]+)".*?name="email" value="([^"]+)"', re.DOTALL
)
OF_STAGE = re.compile(r'<p class="today__number">([\d,]+)</p>')
FIELD = re.compile(r'name="(field-[^"]+)"[^>]*? value="([^"]*)"')
AREA = re.compile(r'<textarea[^>]*? name="(field-[^"]+)"[^>]*>([^<]*)</textarea>')
ENDED = re.compile(r"([\d,]+) more have ended .*?all ([\d,]+) programmes", re.DOTALL)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The whole demonstration, shared by every test that changes nothing that another reads."""
    with databases.fresh_sqlite(tmp_path_factory.mktemp("landing"), DEMONSTRATION) as url:
        world = World(url, utc_now())
        yield world
        world.close()


def stranger(world: World, home: Path, *, demo: bool = True) -> Visitor:
    """The browser of somebody who has not signed in."""
    settings = Settings.read(home=home, database_url=world.url, secret_key=SECRET, demo=demo)
    return Visitor(an_app(settings, world.engine).test_client())


@pytest.fixture(scope="module")
def page(told: World, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a stranger is shown first."""
    return stranger(told, tmp_path_factory.mktemp("stranger")).page("/")


def checked(world: World, *, ago: timedelta, differences: int = 0) -> None:
    """A check of everything ended so long ago and found so many differences."""
    at = world.engine.now() - ago
    found = {"cases": 124, "events": 912, "rows": 4000, "erased": 0, "differences": differences}
    with world.engine.transaction() as session:
        session.execute(delete(Verification))
        session.execute(
            insert(Verification).values(
                way="worker", asked_at=at, begun_at=at, ended_at=at, **found
            )
        )


def stories(page: str) -> dict[str, str]:
    return dict(STORY.findall(page))


def begun(visitor: Visitor, told: str) -> str:
    """Begin a story by its button; returns where it leads."""
    found = BEGIN.search(told)
    assert found is not None
    answer = visitor.post(found[1], {"email": found[2]}, page="/")
    assert answer.status_code == 303
    return str(answer.location)


def test_a_stranger_is_told_what_this_is_where_work_stands_and_may_sign_in(page: str) -> None:
    assert "<h1>Follow a South-South cooperation programme from proposal to evaluation" in page
    assert page.count("btn-primary") == 1
    assert 'action="/account/login"' in page
    for number, stage in enumerate(STAGES, 1):
        assert f"{number}. {stage.value.capitalize()}" in page


def test_the_numbers_add_up_to_the_total_that_is_linked(page: str) -> None:
    (ended, total) = map(int, ENDED.search(page).groups())  # type: ignore[union-attr]
    standing = [int(each) for each in OF_STAGE.findall(page)]

    assert len(standing) == 5
    assert sum(standing) + ended == total
    assert f'<a href="/programmes">all {total} programmes</a>' in page


def test_each_stage_shows_whose_move_it_is_in_a_word(page: str) -> None:
    assert page.count('class="today__title"') == 5
    assert "to state your country's position" in page
    assert "Coastal radio" not in page.split('id="stories"', maxsplit=1)[0]


def test_nobody_of_the_demo_stands_there_twice_or_by_e_mail(page: str) -> None:
    buttons = re.findall(r'name="email" value="([^"]+)"', page)
    said = re.sub(r'value="[^"]+"', "", page)

    assert len(buttons) == len(set(buttons)) == len(CAST)
    assert "@demo.example" not in said


def test_who_is_late_stands_first_among_those_who_decide(page: str) -> None:
    deciding = page.split('class="guests"')[1]
    first, second = (deciding.index(name) for name in ("Tavita Leota", "Carla Duarte"))

    assert first < second
    assert "days late" in deciding[first:second]


def test_nobody_of_the_demo_but_administrators_is_left_with_nothing_to_do(page: str) -> None:
    idle = re.findall(r'guests__name">([^<]+)</p>.{0,400}?nothing waits today', page, re.DOTALL)

    administrators = {
        each.name for each in CAST if any(role == "administrator" for role, _ in each.offices)
    }
    assert set(idle) <= administrators


def test_outside_the_demo_there_are_neither_stories_nor_people(told: World, tmp_path: Path) -> None:
    page = stranger(told, tmp_path, demo=False).page("/")

    assert 'id="stories"' not in page
    assert "Jane Okello" not in page
    assert page.count('class="today__title"') == 5


def test_the_page_asks_little_in_one_reading_and_writes_nothing(
    told: World, tmp_path: Path
) -> None:
    visitor = stranger(told, tmp_path)
    visitor.page("/")

    with asked(told.engine.database) as found:
        visitor.page("/")

    assert found.read <= 15, found.told()
    assert len(found.transactions) == 1, found.told()
    assert not found.writings


def test_outside_the_demo_it_is_kept_for_a_minute(told: World, tmp_path: Path) -> None:
    visitor = stranger(told, tmp_path, demo=False)
    visitor.page("/")

    with asked(told.engine.database) as found:
        visitor.page("/")

    assert found.read == 0, found.told()


@pytest.mark.parametrize(
    ("ago", "differences", "says", "look"),
    [
        (timedelta(hours=2), 0, "All 124 histories verified", "verified--well"),
        (timedelta(hours=25), 0, "Out of date:", "verified--bad"),
        (timedelta(hours=2), 3, "Failed:", "verified--bad"),
    ],
)
def test_the_last_check_is_said_in_a_word_and_its_colour(
    told: World, tmp_path: Path, ago: timedelta, differences: int, says: str, look: str
) -> None:
    checked(told, ago=ago, differences=differences)

    page = stranger(told, tmp_path).page("/")

    assert says in page
    assert look in page


def test_before_the_first_check_the_page_says_so(told: World, tmp_path: Path) -> None:
    with told.engine.transaction() as session:
        session.execute(delete(Verification))

    page = stranger(told, tmp_path).page("/")

    assert "Not checked yet." in page
    assert "verified--" not in page


def test_an_empty_office_says_of_no_stage_that_a_programme_stands_in_it(
    page: str, sqlite_url: str, tmp_path: Path
) -> None:
    with closing(World(sqlite_url)) as world:
        empty = stranger(world, tmp_path, demo=False).page("/")

    assert "Five stages, and one programme standing in each" in page
    assert "standing in each" not in empty
    assert "Five stages, and how many programmes stand in each" in empty
    assert empty.count("No programme stands here today.") == len(STAGES)


def test_jane_returns_a_proposal_in_four_clicks(told: World, tmp_path: Path) -> None:
    visitor = stranger(told, tmp_path)
    story = stories(visitor.page("/"))["jane"]
    title = re.search("Open “(.*?)”", story)
    assert story.count("<li>") == 4
    assert title is not None

    queue = visitor.page(begun(visitor, story))
    (opens,) = re.findall(rf'href="([^"]+)">{re.escape(title[1])}<', queue)
    form = visitor.page(opens)
    assert 'value="return"' in form
    signed = decide(visitor, opens, {"verdict": "return", "reason": "Name the clinics."})

    assert "/receipts/" in signed.location
    assert "Return for completion" in visitor.page(signed.location)


def test_joao_answers_in_four_clicks(told: World, tmp_path: Path) -> None:
    visitor = stranger(told, tmp_path)
    story = stories(visitor.page("/"))["joao"]
    title = re.search("Open “(.*?)”", story)
    assert story.count("<li>") == 4
    assert title is not None

    listed = visitor.page(begun(visitor, story))
    (opens,) = re.findall(rf'href="([^"]+)">{re.escape(title[1])}<', listed)
    objectives = visitor.get(opens).location
    section = visitor.page(objectives)
    assert "Say how many teachers, by when" in section
    sent = dict([*FIELD.findall(section), *AREA.findall(section)])
    saved = visitor.post(
        objectives,
        {**sent, "field-objective": "180 teachers stay three years by 2029.", "action": "save"},
        follow=True,
    )
    (check,) = set(re.findall(r'href="([^"]+/check-and-submit)"', words(saved)))
    remarks = re.findall(
        r'name="(question-answers-\d+-remark)"[^>]*value="([^"]+)"', visitor.page(check)
    )
    said = {name.replace("remark", "words"): "It is done." for name, _ in remarks}
    done = decide(visitor, check, {**dict(remarks), **said})

    assert remarks
    assert "/receipts/" in done.location
    assert "It leads to “Screening”." in visitor.page(done.location)


@pytest.mark.thorough
def test_marie_proves_it_in_four_clicks(told: World, tmp_path: Path) -> None:
    FONTS.mkdir(exist_ok=True)
    (tmp_path / "cache").symlink_to(FONTS, target_is_directory=True)
    visitor = stranger(told, tmp_path)
    story = stories(visitor.page("/"))["marie"]
    assert story.count("<li>") == 4

    address = begun(visitor, story)
    (signoffs,) = re.findall(r'href="([^"]+show=signoffs)"', visitor.page(address))
    assert "by the rule:" in visitor.page(signoffs)
    (dossier,) = re.findall(r'href="([^"]+/dossier)"', visitor.page(signoffs))
    visitor.post(dossier)
    made(told, tmp_path)
    (take,) = re.findall(rf'action="({dossier}/[0-9]+)"', visitor.page(dossier))
    taken = visitor.post(take, page=dossier)

    assert taken.mimetype == "application/zip"
