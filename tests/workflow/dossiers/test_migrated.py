"""The dossier and the pages of a programme that was moved to another version of its lifecycle."""

from pathlib import Path

import pytest

from tests.support.visitors import Enter, entrance, told
from tests.support.world import NURSES, World
from tests.workflow.dossiers.handed import Log, examined, members, witnessed
from tests.workflow.engine.lifecycles import put, rename
from tests.workflow.engine.migration.second_version import everywhere, moving, seen, version
from workflow.demo import path
from workflow.engine.migration.migrate import migrate_each

RENAMED = version(
    rename("states/consultation", "hearing"),
    everywhere("consultation", "hearing"),
    put("states/hearing/label", "Hearing of countries"),
    put("states/screening/label", "First look"),
)
MAPPED = {"states": {"consultation": "hearing"}, "rounds": {"consultation": "hearing"}}


@pytest.fixture
def world(sqlite_world: World) -> World:
    """What is not about the database itself is tried on one kind."""
    return sqlite_world


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    """Opens the site as somebody of the house."""
    return entrance(world, tmp_path / "site")


def moved(world: World) -> str:
    """A programme that answered on both versions, whose states and rounds were renamed between."""
    ref = world.programme("consultation")
    who, (verdict, reason) = next(iter(NURSES.positions.items()))
    world.answer(ref, "consultation", who, verdict, reason)
    (case,) = migrate_each(world.engine, seen(world, ref), moving(world, RENAMED, **MAPPED))
    assert case.reasons == ()
    for other, (verdict, reason) in list(NURSES.positions.items())[1:]:
        world.answer(ref, "hearing", other, verdict, reason)
    return ref


def test_its_dossier_verifies(log: Log, tmp_path: Path) -> None:
    dossier, policy = witnessed(log, moved(log.world), tmp_path, bare=True)

    report = examined(dossier, policy)

    assert report.faults == []
    assert len([name for name in members(dossier) if name.startswith("definitions/")]) == 2


def test_its_history_speaks_in_the_words_of_each_time(world: World, enter: Enter) -> None:
    ref = moved(world)

    page = told(enter("jane.okello").get(f"/histories/{ref}"))

    assert "State: Screening → Consultation of pivotal countries" in page
    assert f"moved this from version 5 to version {RENAMED.version} of “{RENAMED.title}”" in page
    assert "First look" not in page


@pytest.mark.parametrize("who", ["jane.okello", "joao.lima", "marie.laurent", "priya.menon"])
def test_its_pages_open(world: World, enter: Enter, who: str) -> None:
    ref = moved(world)
    visitor = enter(who)
    day = world.engine.now().date().isoformat()

    pages = {
        address: visitor.get(address).status_code
        for address in (
            f"/programmes/{ref}", f"/histories/{ref}", f"/histories/{ref}/on/{day}",
            f"/histories/{ref}/on/2026-03-02", f"/programmes/{ref}/rounds/screening/1",
            f"/programmes/{ref}/rounds/submission/1", f"/programmes/{ref}/documents/proposal",
            "/queue", "/programmes", "/histories", "/",
        )
    }  # fmt: skip

    assert {address for address, status in pages.items() if status >= 500} == set()
    assert pages[f"/programmes/{ref}"] == 200


def test_receipts_of_before_and_after_open(world: World, enter: Enter) -> None:
    ref = moved(world)
    with world.engine.reading() as session:
        acts = (
            session.connection()
            .exec_driver_sql(
                "SELECT e.seq, p.email FROM event e JOIN person p ON p.id = e.person_id "
                "WHERE e.type = 'signoff.given'"
            )
            .all()
        )

    for seq, email in acts:
        answer = enter(email.partition("@")[0]).get(f"/programmes/{ref}/receipts/{seq}")
        assert answer.status_code == 200


def test_it_goes_on_to_where_its_text_is_written(world: World) -> None:
    ref = moved(world)

    path.form_lead_group(world, ref, NURSES)

    assert world.state(ref) == "formulation"
