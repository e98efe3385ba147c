"""Lifecycles are published, offered again and retired by two, and the register tells of each act."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from tests.support.world import NURSES, World
from tests.workflow.engine.lifecycles import edited, put
from tests.workflow.publication.register import (
    AFTER,
    KEY,
    again,
    confirmed,
    done,
    kinds,
    offered,
    page,
    publishing,
    retiring,
    two,
    wished,
)
from workflow.audit.verification.verify import verify
from workflow.demo import path
from workflow.errors import Invalid, NotAuthorised, NotFound, Refusal, Stale
from workflow.lifecycles.loader.files import from_tables
from workflow.people.accounts.access import end_access
from workflow.programmes.outline import chosen
from workflow.publication import requests
from workflow.publication.succession import offered_then
from workflow.publication.wishes import drafts


def test_a_version_is_offered_once_a_second_administrator_published_it(world: World) -> None:
    first, second = two(world)
    before = offered(world)

    asked = wished(world, publishing(), first)
    while_it_waits = offered(world)
    confirmed(world, asked.waits, second)

    assert (before, while_it_waits, offered(world)) == ("5", "5", "6")
    assert kinds(world)[-3:] == [
        "lifecycle.asked", "lifecycles.listed", "lifecycle.published",
    ]  # fmt: skip
    act = page(world).acts[0]
    assert (act.who, act.asked_by, act.why) == (
        "Pieter Vos", "Naledi Khumalo", "The Board asked for it.",
    )  # fmt: skip
    assert verify(world.engine.database).sound


def test_who_asked_cannot_confirm_and_nothing_is_done(world: World) -> None:
    first, _ = two(world)
    asked = wished(world, publishing(), first)

    with pytest.raises(NotAuthorised, match="cannot confirm"):
        confirmed(world, asked.waits, first)

    assert (offered(world), len(page(world).waiting)) == ("5", 1)


def test_a_stranger_is_refused(world: World) -> None:
    first, _ = two(world)
    asked = wished(world, publishing(), first)
    stranger = world.person("amina.diallo")

    with pytest.raises(NotAuthorised):
        wished(world, publishing(AFTER), stranger)
    with pytest.raises(NotAuthorised):
        confirmed(world, asked.waits, stranger)


def test_a_declined_one_changes_nothing_and_can_be_asked_for_again(world: World) -> None:
    first, second = two(world)
    asked = wished(world, publishing(), first)

    with world.engine.transaction() as session:
        requests.decline(session, asked.waits or 0, "Not yet.", by=second, now=world.engine.now())
    with pytest.raises(Stale, match="decided on already"):
        confirmed(world, asked.waits, second)
    again_asked = wished(world, publishing(), first)

    assert (offered(world), again_asked.act, len(page(world).waiting)) == ("5", None, 1)
    assert verify(world.engine.database).sound


def test_the_only_administrator_does_it_alone(world: World) -> None:
    first, second = two(world)
    with world.engine.transaction() as session:
        end_access(session, second, "Has left.", by=first, now=world.engine.now())

    outcome = wished(world, publishing(), first)

    assert (outcome.waits, offered(world)) == (None, "6")
    assert verify(world.engine.database).sound


def test_the_setting_has_even_the_only_one_wait(world: World) -> None:
    first, second = two(world)
    with world.engine.transaction() as session:
        end_access(session, second, "Has left.", by=first, now=world.engine.now())
        asked = requests.carry_out(
            session, publishing(), by=first, now=world.engine.now(), two_for=("donor",)
        )

    assert (asked.act, offered(world)) == (None, "5")


def test_it_is_offered_from_its_day_on_and_the_earlier_one_until_then(world: World) -> None:
    day = world.engine.now().date() + timedelta(days=3)
    done(world, publishing(starts_on=day))

    before = offered(world), [each.standing.kind for each in page(world).versions]
    world.clock.pass_time(days=3)

    assert before == ("5", ["planned", "offered"])
    assert (offered(world), [each.standing.kind for each in page(world).versions]) == (
        "6", ["offered", "past"],
    )  # fmt: skip


def test_an_older_version_is_offered_again_with_its_number_and_bytes(world: World) -> None:
    done(world, publishing())
    with world.engine.database.connect() as connection:
        kept = connection.execute(text("select * from definition_version order by id")).all()

    done(world, again(world))
    number, read = chosen(world.engine)

    with world.engine.database.connect() as connection:
        now = connection.execute(text("select * from definition_version order by id")).all()
    assert (read.version, number, now) == ("5", kept[0].id, kept)
    assert kinds(world)[-1] == "lifecycle.offered"
    assert verify(world.engine.database).sound


def test_it_is_said_which_version_comes_in_the_place_of_one_that_is_retired_alone(
    world: World,
) -> None:
    done(world, publishing())
    newest, oldest = [each.digest for each in page(world).versions]
    now = world.engine.now()

    with world.engine.reading() as session:
        then = offered_then(session, KEY, newest, None, now)
        of_another = offered_then(session, KEY, oldest, None, now)
        of_all = offered_then(session, KEY, None, None, now)
    done(world, retiring(digest=newest))

    assert str(then).startswith("Version 5 is offered then in its place")
    assert (of_another, of_all) == (None, None)
    assert offered(world) == "5"
    with world.engine.reading() as session:
        last = offered_then(session, KEY, oldest, None, now)
    assert str(last) == "No version of it is offered then."


def test_a_retired_lifecycle_begins_nothing_and_what_was_begun_goes_on(world: World) -> None:
    draft, open_case = world.programme("draft"), world.programme("consultation")

    done(world, retiring())
    written = drafts_on(world)
    path.carry(world, draft, NURSES, "screening")

    assert (offered(world), written) == (None, (draft,))
    with pytest.raises(NotFound, match="offered"):
        chosen(world.engine, KEY)
    with pytest.raises(NotFound, match="offered"):
        chosen(world.engine)
    assert world.state(draft) == "screening"
    assert world.state(open_case) == "consultation"
    assert verify(world.engine.database).sound


def test_a_retirement_planned_for_a_later_day_can_come_earlier_and_not_again(world: World) -> None:
    today = world.engine.now().date()
    done(world, retiring(starts_on=today + timedelta(days=30)))

    with pytest.raises(Invalid, match="not offered any more by then"):
        wished(world, retiring(starts_on=today + timedelta(days=31)), two(world)[0])
    before = offered(world)
    done(world, retiring())

    assert (before, offered(world)) == ("5", None)
    assert verify(world.engine.database).sound


def drafts_on(world: World) -> tuple[str, ...]:
    with world.engine.reading() as session:
        return drafts(session, KEY, None)


def test_a_retirement_is_refused_where_drafts_stand_if_so_chosen(world: World) -> None:
    first, second = two(world)
    asked = wished(world, retiring(unless_drafts=True), first)
    draft = world.programme("draft")

    with pytest.raises(Invalid, match=draft) as refused:
        confirmed(world, asked.waits, second)

    assert list(refused.value.faults) == ["unless_drafts"]
    assert (offered(world), page(world).acts) == ("5", ())


def test_what_cannot_be_is_refused_at_its_field(world: World) -> None:
    first, _ = two(world)
    same = from_tables(edited(put("version", "5"), put("title", "Other")), "same.toml")
    yesterday = world.engine.now().date() - timedelta(days=1)
    wrong = [
        (publishing(same), "text"),
        (publishing(why=" "), "why"),
        (publishing(starts_on=yesterday), "starts_on"),
        (again(world), "version"),
    ]
    for wish, field in wrong:
        with pytest.raises(Invalid) as refused:
            wished(world, wish, first)
        assert list(refused.value.faults) == [field]
    with pytest.raises(NotFound):
        wished(world, again(world, digest="0" * 64), first)
    with pytest.raises(NotFound):
        wished(world, retiring(key="weather"), first)
    assert page(world).waiting == ()


def test_a_page_that_somebody_else_overtook_is_stale(world: World) -> None:
    first, _ = two(world)
    seen = page(world).seen
    done(world, publishing())

    with pytest.raises(Stale, match="meanwhile"):
        wished(world, publishing(AFTER, seen=seen), first)


def test_a_second_act_waits_for_the_first_to_be_decided(world: World) -> None:
    first, second = two(world)
    wished(world, publishing(), first)

    with pytest.raises(Stale, match="waits for a second administrator already"):
        wished(world, retiring(), second)


def test_of_two_who_confirm_at_once_one_is_told_so(world: World) -> None:
    first, second = two(world)
    asked = wished(world, publishing(), first)
    said: list[object] = []
    together = Barrier(2)

    def confirm() -> None:
        together.wait()
        try:
            said.append(confirmed(world, asked.waits, second))
        except Refusal as refusal:
            said.append(refusal)

    threads = [Thread(target=confirm) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sum(isinstance(each, Stale) for each in said) == 1
    assert len(page(world).acts) == 1
    assert verify(world.engine.database).sound


def test_at_the_command_line_it_is_done_at_once_by_nobody(world: World) -> None:
    wished(world, publishing(why=""), None)

    act = page(world).acts[0]
    assert (offered(world), act.who, act.why) == ("6", "", "")
    assert verify(world.engine.database).sound


def test_a_day_that_nobody_plans_for_is_refused(world: World) -> None:
    """The last day of all begins at no instant that every zone can say."""
    first, _ = two(world)

    for day in (date(9999, 12, 31), date(2099, 1, 1)):
        with pytest.raises(Invalid, match="within ten years"):
            wished(world, publishing(starts_on=day), first)
