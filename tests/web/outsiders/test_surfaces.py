"""What reaches people without an address of a case: letters, ordered files, what is found, and counts."""

import io
from http import HTTPStatus
from itertools import islice

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.support.sizes import evenly, sized
from tests.support.statements import asked
from tests.support.visitors import HIDDEN, Enter, words
from tests.support.world import NURSES, World
from tests.web.outsiders.addresses import lists
from tests.web.outsiders.cases import KnownCase, known_cases
from web.orders.kind import Task
from web.orders.kinds import KINDS
from workflow.demo import path
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.orders.kinds import OrderKind
from workflow.oversight.events.indexer import catch_up_wholly

CASES, PEOPLE, SECRETS = sized(3, 25), sized(1, 12), sized(2, 25)
ALL = 1_000_000
# Where the words of a case lie.
TEXTS = ("event", "opening", "document", "attachment", "sign_off")
FOUND = (
    "/programmes?text=", "/programmes.csv?text=", "/histories?text=", "/queue?text=",
    "/lessons?text=", "/lessons.csv?text=", "/partners?text=", "/partners.csv?text=",
)  # fmt: skip


@pytest.fixture(scope="module")
def cases(world: World) -> tuple[KnownCase, ...]:
    return known_cases(world)


def test_no_notice_and_so_no_letter_about_a_case_goes_to_anybody_outside(
    world: World, cases: tuple[KnownCase, ...]
) -> None:
    told = "SELECT person_id FROM notice WHERE case_id = :id AND kind NOT IN ('escalation', 'lead_ends')"

    with world.engine.reading() as session:
        reached = {
            case.ref: set(session.execute(text(told), {"id": case.id}).scalars()) for case in cases
        }

    assert sum(map(len, reached.values())) > 100
    assert [
        (case.ref, who)
        for case in cases
        for who in case.outsiders
        if world.person(who) in reached[case.ref]
    ] == []


def test_whoever_is_told_that_something_is_late_is_named_by_its_lifecycle_and_may_know_of_it(
    world: World, cases: tuple[KnownCase, ...]
) -> None:
    """They may take no part: the office hears of a report that is owed before it is asked to read one."""
    asked_ = (
        "SELECT n.person_id, r.key, c.ref, c.definition_id FROM notice n JOIN round r ON r.id = n.round_id "
        "JOIN lifecycle_case c ON c.id = n.case_id WHERE n.kind = 'escalation' AND n.case_id = :id"
    )
    now = world.engine.now()
    found = 0

    with world.engine.reading() as session:
        for case in cases:
            for row in session.execute(text(asked_), {"id": case.id}):
                spec = world.engine.definition(row.definition_id).rounds[row.key]
                held = {each.role for each in offices(session, row.person_id, now.date())}
                found += 1
                assert held & {each.role for each in spec.escalate}, row
                assert visible_case(session, row.ref, row.person_id, now)

    assert found > 0


def test_that_a_country_gave_notice_is_told_to_those_who_keep_what_it_leads_and_may_know_of_it(
    world: World, cases: tuple[KnownCase, ...]
) -> None:
    """They take no part in what the country was asked: they take part in a programme that it leads, named there."""
    told = "SELECT person_id, label FROM notice WHERE case_id = :id AND kind = 'lead_ends'"
    parties = (
        "SELECT p.key FROM case_party c JOIN party p ON p.id = c.party_id WHERE c.case_id = :id"
    )
    names = {world.person(who): who for case in cases for who in case.outsiders}
    found = 0

    with world.engine.reading() as session:
        for case in cases:
            asked_of = set(session.execute(text(parties), {"id": case.id}).scalars())
            for person, label in session.execute(text(told), {"id": case.id}).all():
                who = names[person]
                led = [each for each in cases if each.sent and each.title in label]
                found += 1
                assert any(who not in each.outsiders for each in led), (case.ref, who)
                assert all(
                    asked_of & set(session.execute(text(parties), {"id": each.id}).scalars())
                    for each in led
                ), case.ref
                assert visible_case(session, case.ref, person, world.engine.now())

    assert found > 0


def test_nobody_outside_orders_a_dossier_or_takes_one_that_somebody_else_ordered(
    world: World, enter: Enter, cases: tuple[KnownCase, ...]
) -> None:
    case = next(each for each in cases if each.state == "appraisal")
    marie, here = enter("marie.laurent"), f"/histories/{case.ref}/dossier"
    marie.post(here)
    who = enter(case.outsiders[0])

    tried = [
        who.post(here, page="/notices"),
        who.post(f"{here}/1", page="/notices"),
        who.post("/orders/1", page="/notices"),
    ]

    assert [each.status_code for each in tried] == [403, 403, 404]
    assert case.ref not in who.page("/orders")
    assert here in marie.page("/orders")


def test_files_for_auditors_are_neither_offered_to_others_nor_made_for_them(
    enter: Enter, cases: tuple[KnownCase, ...]
) -> None:
    who = enter(cases[0].outsiders[0])

    tried = [
        who.post("/exports", {"form": "csv"}, page="/notices"),
        *(who.get(f"/orders/new/{kind.value}") for kind in OrderKind if _for_some(kind)),
        *(who.post(f"/orders/new/{k.value}", page="/notices") for k in OrderKind if _for_some(k)),
    ]

    assert {each.status_code for each in tried} <= {403, 404}
    assert len(tried) > 10


def _for_some(kind: OrderKind) -> bool:
    """Whether a kind of file is for some roles alone, or is ordered at an address of its own."""
    return kind not in KINDS or bool(KINDS[kind].roles)


def test_a_file_of_a_day_names_no_case_that_was_not_sent(
    world: World, cases: tuple[KnownCase, ...]
) -> None:
    unsent = next(each for each in cases if not each.sent)
    made = {}
    catch_up_wholly(world.engine, ALL)

    for who in evenly(unsent.outsiders, PEOPLE):
        file, wanted = io.BytesIO(), {"day": unsent.days[-1], "stage": ""}
        KINDS[OrderKind.PAST].make(Task(world.engine, world.person(who), wanted, file))
        made[who] = file.getvalue().decode()

    assert all(any(case.ref in file for case in cases if case.sent) for file in made.values())
    assert [who for who, file in made.items() if unsent.ref in file or unsent.title in file] == []


def test_no_case_is_found_by_the_words_that_are_closed_in_it(
    enter: Enter, cases: tuple[KnownCase, ...]
) -> None:
    tried, found = 0, []

    for case in evenly(cases, CASES):
        texts = [*islice(sorted(case.secrets), SECRETS), *(() if case.sent else [case.title])]
        for visitor in map(enter, evenly(case.outsiders, PEOPLE)):
            for where, secret in ((a, b) for a in FOUND for b in texts):
                said = words(visitor.get(where[:-5], query_string={"text": secret[:100]}))
                tried += 1
                found += [f"{where}{secret}"] if f"/{case.ref}" in said else []

    assert tried >= len(FOUND) * CASES
    assert found == []


def test_what_is_begun_and_not_sent_changes_no_list_and_no_count_for_anybody_outside(
    world: World, enter: Enter, cases: tuple[KnownCase, ...]
) -> None:
    catch_up_wholly(world.engine, ALL)
    sent = next(each for each in cases if each.sent)
    outside = next(each for each in cases if not each.sent).outsiders
    visitors = [enter(who) for who in evenly(outside, PEOPLE)]
    pages = [(visitor, address) for visitor in visitors for address in lists(sent)]
    before = [_told(visitor.get(address)) for visitor, address in pages]

    ref = path.begin(world, NURSES)

    # How many events wait to be found is told of the whole log, whose size its checkpoints tell as well.
    catch_up_wholly(world.engine, ALL)
    after = [_told(visitor.get(address)) for visitor, address in pages]
    assert [a for (_, a), was, now in zip(pages, before, after, strict=True) if was != now] == []
    assert ref in enter("joao.lima").page("/programmes")


def _told(answer: TestResponse) -> str:
    """What a page says beside the tokens of its forms, how the house fares, and its request's number."""
    if answer.status_code != HTTPStatus.OK:
        return str(answer.status_code)
    said = HIDDEN.sub("", words(answer))
    return "\n".join(line for line in said.splitlines() if 'href="/health"' not in line)


def test_a_check_of_somebodys_file_asks_this_installation_for_no_case(
    world: World, enter: Enter
) -> None:
    visitor = enter("kenji.watanabe")
    sent = {"file": (io.BytesIO(b"not a zip"), "dossier.zip")}

    with asked(world.engine.database) as first:
        visitor.get("/check")
    with asked(world.engine.database) as told:
        answer = visitor.flask.post("/check", data={**visitor.hidden("/check"), **sent})

    assert answer.status_code in {200, 422}
    # What waits for the visitor is counted on every page, of a file or not.
    frame = {each for one in first.transactions for each in one.statements}
    said = " ".join(each for one in told.transactions for each in one.statements)
    more = " ".join({each for one in told.transactions for each in one.statements} - frame)
    assert "web_session" in said
    assert [each for each in TEXTS if f"FROM {each}" in more or f"JOIN {each}" in more] == []
