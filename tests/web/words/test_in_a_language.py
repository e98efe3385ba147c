"""What a lifecycle says is read in the language of the reader, in that of the version of each case."""

import re
from types import MappingProxyType

import pytest
from lxml import html
from sqlalchemy import select

from tests.support.deciding import decide, round_page
from tests.support.visitors import Enter, Visitor
from tests.support.world import World
from tests.web.outsiders.addresses import addresses
from tests.web.outsiders.cases import known_cases
from tests.web.reviews.answered import CHECKED
from tests.web.words.readings import pieces
from tests.workflow.engine.migration.second_version import moving, seen
from tests.workflow.publication.register import NEXT, done, publishing
from workflow.audit.envelope import read_event
from workflow.audit.events.seats import Answered
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.engine.migration.migrate import migrate_all
from workflow.engine.models import Round
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.texts.translation import Translation, english_of
from workflow.publication.text_acts import enter_texts

SAID = " ‹{}›"
# A shorter text may stand in a longer one, and be a word of the house as well.
LONG = 24
# What the house itself says in the same words.
OURS = frozenset({"Short enough to be said in a meeting."})


def said_in(world: World, definition: Definition, language: str, mark: str) -> None:
    """Enter every text of a version in a language, each with a mark behind it."""
    texts = {place: f"{text}{SAID.format(mark)}" for place, text in english_of(definition).items()}
    made = Translation(definition.key, definition.digest, language, MappingProxyType(texts))
    with world.engine.transaction() as session:
        enter_texts(session, made, "", by=None, now=world.engine.now())


def reading(visitor: Visitor, language: str) -> Visitor:
    """The same browser with its pages in a language."""
    with visitor.flask.session_transaction() as kept:
        kept["language"] = language
    return visitor


def standard(world: World) -> Definition:
    return world.engine.published("programme-standard")[1]


def in_english(world: World, page: str, mark: str = "fr") -> list[str]:
    """The pieces of a page in which a text of the lifecycle stands without its mark.

    Why a round came out as it did was written down as it settled, and is quoted as it was.
    """
    texts = sorted({*english_of(standard(world)).values()} - OURS, key=len, reverse=True)
    said = re.compile("|".join(re.escape(f"{text}{SAID.format(mark)}") for text in texts))
    bare = re.compile("|".join(re.escape(text) for text in texts if len(text) >= LONG))
    with world.engine.reading() as session:
        quoted = set(session.scalars(select(Round.explanation)))
    read = [each for each in pieces(html.document_fromstring(page)) if each not in quoted]
    return [found[0] for each in read if (found := bare.search(said.sub("", each)))]


@pytest.mark.parametrize("who", ["marie.laurent", "jane.okello", "joao.lima", "carla.duarte"])
@pytest.mark.parametrize("state", ["consultation", "decision", "active"])
@pytest.mark.proof(sample=3)
def test_no_page_of_a_case_says_in_english_what_there_is_a_text_for(
    world: World, enter: Enter, who: str, state: str
) -> None:
    world.programme(state)
    said_in(world, standard(world), "fr", "fr")
    visitor = reading(enter(who), "fr")
    left, opened = {}, 0

    for case in known_cases(world):
        for _, address in addresses(case):
            answer = visitor.get(address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                opened += 1
                if found := in_english(world, answer.get_data(as_text=True)):
                    left[address] = found[:3]

    assert opened > 5
    assert left == {}


@pytest.mark.parametrize(
    "address",
    ["/", "/queue", "/programmes", "/lifecycles", "/lifecycles/programme-standard", "/notices",
     "/people", "/histories", "/proposals/new", "/lifecycles/programme-standard/staffing"],
)  # fmt: skip
def test_pages_of_several_cases_and_of_the_lifecycle_are_read_so_too(
    world: World, enter: Enter, address: str
) -> None:
    world.programme("screening")
    said_in(world, standard(world), "fr", "fr")

    for who in ("jane.okello", "joao.lima", "marie.laurent"):
        answer = reading(enter(who), "fr").get(address, follow_redirects=True)
        page = answer.get_data(as_text=True)
        assert in_english(world, page) == [], who


def test_each_case_is_read_in_the_words_of_its_own_version_and_each_reader_in_theirs(
    world: World, enter: Enter
) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    first = standard(world)
    done(world, publishing())
    migrate_all(world.engine, seen(world, other), moving(world, NEXT))
    for definition, version in ((first, "one"), (NEXT, "two")):
        for language in ("fr", "es"):
            said_in(world, definition, language, f"{language} {version}")
    pages = {
        (language, of): reading(enter("jane.okello"), language).page(f"/programmes/{of}")
        for language in ("fr", "es", "ru")
        for of in (ref, other)
    }

    assert "Screening ‹fr one›" in pages["fr", ref]
    assert "Screening ‹fr two›" in pages["fr", other]
    assert "Screening ‹es one›" in pages["es", ref]
    assert "Screening ‹es two›" in pages["es", other]
    assert "‹fr two›" not in pages["fr", ref]
    assert "‹fr one›" not in pages["fr", other].partition("<main")[2].split("Screening ‹fr two›")[0]
    assert "‹" not in pages["ru", ref]


def test_a_page_in_english_is_what_it_was(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    before = enter("jane.okello").page(f"/programmes/{ref}")

    said_in(world, standard(world), "fr", "fr")

    after = enter("jane.okello").page(f"/programmes/{ref}")
    assert "‹fr›" not in after
    assert len(after) == len(before)


def test_the_language_in_which_somebody_signed_is_on_record(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    said_in(world, standard(world), "fr", "fr")
    jane = reading(enter("jane.okello"), "fr")
    address = round_page(world, ref, "screening", "jane.okello")

    answer = decide(jane, address, {"verdict": "open_consultation", **CHECKED})

    receipt = jane.page(answer.headers["Location"])
    assert "Eligible: consult the pivotal countries ‹fr›" in receipt
    assert "Français" in receipt.partition("<dl")[2].partition("</dl>")[0]
    assert languages(world, ref)[-1] == "fr"
    history = enter("marie.laurent").page(f"/histories/{ref}")
    assert "given on a page in French" in history
    assert verify(world.engine.database).sound


def test_a_signature_in_english_says_so_and_one_by_a_command_says_nothing(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    before = languages(world, ref)

    address = round_page(world, ref, "screening", "jane.okello")
    decide(enter("jane.okello"), address, {"verdict": "open_consultation", **CHECKED})

    assert set(before) == {""}
    assert languages(world, ref)[-1] == "en"
    assert "given on a page in" not in enter("marie.laurent").page(f"/histories/{ref}")


def languages(world: World, ref: str) -> list[str]:
    """The language of each answer given on a case."""
    with world.engine.reading() as session:
        bodies = session.scalars(select(Event.body).order_by(Event.id)).all()
    found = [read_event(body) for body in bodies]
    return [
        each.what.language for each in found if each.case == ref and isinstance(each.what, Answered)
    ]


def test_what_is_refused_is_said_in_the_language_too(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    said_in(world, standard(world), "fr", "fr")
    jane = reading(enter("jane.okello"), "fr")
    address = round_page(world, ref, "screening", "jane.okello")

    answer = decide(jane, address, {"verdict": "open_consultation"})

    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert in_english(world, page) == []
    assert "Eligible: consult the pivotal countries ‹fr›” needs an answer" in page


def test_what_is_written_down_stays_in_english(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    said_in(world, standard(world), "fr", "fr")
    jane = reading(enter("jane.okello"), "fr")

    decide(
        jane,
        round_page(world, ref, "screening", "jane.okello"),
        {"verdict": "open_consultation", **CHECKED},
    )

    with world.engine.reading() as session:
        for table in ("notice", "round", "sign_off", "command_key", "event"):
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows
            assert "‹fr›" not in str(rows), table
    priya = reading(enter("priya.menon"), "fr").page("/notices")
    assert "Consultation ‹fr›" in priya or "‹fr›" in priya


@pytest.mark.parametrize("ending", ["svg", "bpmn"])
def test_the_course_as_a_file_is_in_the_language_of_the_page(
    world: World, enter: Enter, ending: str
) -> None:
    said_in(world, standard(world), "fr", "fr")
    where = f"/lifecycles/programme-standard/versions/{standard(world).mark}/course.{ending}"

    french, english = (
        reading(enter("jane.okello"), language).get(where).text for language in ("fr", "en")
    )

    assert "‹fr›" in french
    assert "‹fr›" not in english


def test_tables_of_a_history_have_the_words_of_the_language_beside_the_keys(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    said_in(world, standard(world), "fr", "fr")
    marie = reading(enter("marie.laurent"), "fr")

    table = marie.get(f"/histories/{ref}/history.csv").text

    assert "screening" in table
    assert "Eligible: consult the pivotal countries ‹fr›" in table


def test_versions_are_compared_in_what_was_published_and_told_in_the_language(
    world: World, enter: Enter
) -> None:
    first = standard(world)
    done(world, publishing())
    said_in(world, first, "fr", "fr one")
    said_in(world, NEXT, "fr", "fr two")
    where = f"/lifecycles/programme-standard/versions/{first.mark}/difference/{NEXT.mark}"

    french, english = (
        reading(enter("jane.okello"), language).page(where).partition("<main")[2]
        for language in ("fr", "en")
    )

    assert french.count("<li") == english.count("<li")
