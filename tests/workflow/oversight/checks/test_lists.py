"""What lists and searches go by is told of where somebody altered it, and made to follow again."""

from sqlalchemy import select, text

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import counts, recorded
from tests.workflow.ledger.promise_acts.promised import expected
from tests.workflow.tlog.writing import place_all
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import MoneyAct
from workflow.oversight.checks.lists import astray, make_follow
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.programmes.lists.search import mentioning

NEWS = "What is newest on this history is not what its events say."
WORDS = "A search would not find this programme by what it says."
PROPOSALS = "The lists of who proposed do not say what their cases say."
DECLARED = "Who may know of a case is not what its lifecycle declares."
PAYMENTS = "Payments that are expected are not those that are still to come."
MONEY = "What waits to be certified is not the money without a verdict."
PARTS = "Lists do not say of a private programme who may know of it, or where it stands."
ONE_PART_MORE = (
    "INSERT INTO private_part SELECT 4711, role, 0, case_id, framework_id, stage, urgency, entered_at "
    "FROM private_part LIMIT 1"
)
LINE = "The list does not say of this programme what its row says."


def altered(world: World, statement: str) -> None:
    with world.engine.transaction() as session:
        session.execute(text(statement))


def found_by(world: World) -> set[str]:
    """The references of what a search for nurses finds by the index."""
    statement = mentioning("nurses")
    assert statement is not None
    with world.engine.reading() as session:
        refs = select(LifecycleCase.ref).where(LifecycleCase.id.in_(statement))
        return set(session.scalars(refs))


def told(world: World) -> set[str]:
    return {each.sentence for each in astray(world.engine).differences}


def test_what_the_database_keeps_by_itself_follows(world: World) -> None:
    for state in ("draft", "screening", "consultation"):
        world.programme(state)

    assert told(world) == set()


MONEY_MORE = (
    "INSERT INTO framework_money_change (framework_id, area, source_id, budget_usd, "
    "commitment_usd, receipt_usd, expenditure_usd) VALUES (1, 'ict', 1, 1, 0, 0, 0)"
)
FRAMEWORKS = "Frameworks do not count what stands under them."
ALTERED = (
    ("UPDATE listed_programme SET private = NOT private", LINE),
    ("UPDATE listed_programme SET title_key = 'another'", LINE),
    ("DELETE FROM listed_programme", LINE),
    ("UPDATE party_proposal SET state = 'closed'", PROPOSALS),
    ("UPDATE party_proposal SET text_id = text_id + 1", PROPOSALS),
    ("DELETE FROM party_proposal", PROPOSALS),
    ("DELETE FROM private_part", PARTS),
    ("UPDATE private_part SET stage = 'end'", PARTS),
    ("UPDATE private_part SET framework_id = 4711", PARTS),
    ("UPDATE private_part SET bench_id = 4711", PARTS),
    (ONE_PART_MORE, PARTS),
    (
        "INSERT INTO portfolio_change (stage, private, number) VALUES ('end', false, 500)",
        "The numbers of programmes are not those of the list.",
    ),
    (
        "UPDATE facet_progress SET through = 999999",
        "Events of the log would never be found by a search.",
    ),
    ("UPDATE history_news SET seq = seq - 1 WHERE case_id > 1", NEWS),
    ("UPDATE history_news SET last_at = '2001-01-01 00:00:00' WHERE case_id > 1", NEWS),
    ("UPDATE history_news SET act_at = '2001-01-01 00:00:00' WHERE case_id > 1", NEWS),
    ("UPDATE history_news SET act_id = 1 WHERE case_id > 1", NEWS),
    (
        "UPDATE history_tally SET number = 7",
        "The number of histories is not that of those with events.",
    ),
    ("UPDATE framework_case SET area = 'another'", FRAMEWORKS),
    ("DELETE FROM framework_area_change", FRAMEWORKS),
    (MONEY_MORE, FRAMEWORKS),
    ("DELETE FROM money_waiting", MONEY),
    ("INSERT INTO money_waiting SELECT movement_id FROM money_verdict", MONEY),
    ("UPDATE money_payment SET open = false", PAYMENTS),
    ("UPDATE programme SET search_text = 'another'", WORDS),
    (
        "UPDATE programme SET search_text = replace(search_text, 'nurses', 'doctors')",
        WORDS,
    ),
)


def test_what_was_altered_is_told_and_follows_again_after_the_check(world: World) -> None:
    *_, ref = world.programmes("draft", "screening", "active")
    counts(world, ref, MoneyAct.PLEDGE, "10")
    recorded(world, ref, MoneyAct.PLEDGE, "20")
    expected(world, ref, "20", 5)
    catch_up_wholly(world.engine)

    for statement, sentence in ALTERED:
        altered(world, statement)

        before = told(world)
        checked = check_if_due(world.engine)

        assert (before, checked, told(world)) == ({sentence}, True, set()), statement
        world.clock.pass_time(days=1, minutes=1)


FORGED = (
    "DELETE FROM private_state",
    "UPDATE private_state SET state = 'closed' WHERE state = 'draft'",
    "UPDATE facts_document SET kind = 'project_document'",
    "DELETE FROM facts_document",
    "INSERT INTO closed_role (definition_id, role) SELECT id, 'donor' FROM definition_version",
    "UPDATE decided_state SET state = 'draft' WHERE state = (SELECT min(state) FROM decided_state)",
    "INSERT INTO writing_office SELECT id, 'draft', 'donor', 'nor' FROM definition_version",
    "INSERT INTO personal_round SELECT id, 'screening', 'submission', 'who' FROM definition_version",
)


def test_what_a_lifecycle_declares_is_compared_with_what_was_published(world: World) -> None:
    world.programmes("draft", "screening")
    catch_up_wholly(world.engine)

    for statement in FORGED:
        altered(world, statement)
        before = told(world)

        make_follow(world.engine, astray(world.engine))

        assert (DECLARED in before, told(world)) == (True, set()), statement


def test_events_that_were_passed_over_are_found_after_the_check(world: World) -> None:
    world.programme("screening")
    place_all(world.engine.database)
    altered(world, "UPDATE facet_progress SET through = (SELECT size FROM log_state)")
    assert catch_up_wholly(world.engine) == 0

    check_if_due(world.engine)

    assert catch_up_wholly(world.engine) > 0


def test_a_history_that_is_not_told_of_is_told_of_and_counted_again(world: World) -> None:
    world.programme("screening")
    catch_up_wholly(world.engine)
    altered(world, "DELETE FROM history_news")

    before = told(world)
    check_if_due(world.engine)

    assert before == {NEWS, "The number of histories is not that of those with events."}
    assert told(world) == set()


def test_what_an_index_of_words_lost_is_put_back(world: World) -> None:
    ref = world.programme("screening")
    if world.engine.database.dialect.name == "postgresql":
        # There the index is over the text itself, and the server keeps it.
        assert (told(world), found_by(world)) == (set(), {ref})
        return
    lost = "INSERT INTO programme_words (programme_words) VALUES ('delete-all')"
    altered(world, lost)
    before, found = told(world), found_by(world)

    check_if_due(world.engine)

    assert before == {"What searches go by does not hold what the programmes say."}
    assert (found, found_by(world), told(world)) == (set(), {ref}, set())
