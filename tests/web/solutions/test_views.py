"""What countries share, in the browser: entered, confirmed, found, kept, used, withdrawn."""

import csv
import io
import re
from datetime import timedelta

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.erasure.acts import holding
from tests.workflow.sharing.shared import (
    BRAZIL,
    INDIA,
    NAME,
    OFFICER,
    TODAY,
    WORDS,
    consent,
    entered,
    listed,
)
from workflow.sharing.content import EXPERT, INSTITUTION
from workflow.sharing.renewal import ask_and_lapse

SOLUTION = {
    "party": "bra",
    "title": "Human milk banks",
    "summary": "Pasteurised milk for newborn children.",
    "areas": ["hiv-aids"],
    "goals": ["3"],
    "languages": ["pt"],
}
PERSON = {
    **SOLUTION,
    "title": NAME,
    "availability": "In June",
    "consented_on": TODAY.isoformat(),
    "consented_until": (TODAY + timedelta(days=300)).isoformat(),
    "consent": WORDS,
}


def rows(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def table(enter: Enter, who: str = INDIA, query: str = "") -> list[dict[str, str]]:
    answer = enter(who).get(f"/solutions.csv{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


@pytest.mark.parametrize(
    ("kind", "said", "to"),
    [
        ("solution", SOLUTION, "for a year, to 2 Mar 2027."),
        ("expert", PERSON, "to the end of the consent of the expert, 27 Dec 2026."),
    ],
)
def test_one_enters_and_a_second_one_confirms(
    world: World, enter: Enter, kind: str, said: dict[str, object], to: str
) -> None:
    answer = enter(BRAZIL).post(f"/solutions/new/{kind}", said, follow=True)
    own = told(enter(BRAZIL).page("/solutions"))
    hidden = rows(enter(INDIA).page("/solutions"))

    second = enter(OFFICER).post("/solutions/1/confirmation", page="/solutions/1", follow=True)

    assert "once a second person has confirmed" in told(answer)
    assert "waits for a second person" in own
    assert hidden == []
    assert f"It is listed {to}" in told(second)
    assert rows(enter(INDIA).page("/solutions")) == [said["title"]]
    page = enter(INDIA).page("/solutions/1")
    assert "Pasteurised milk" in page
    assert WORDS not in page
    assert "What came before" not in page


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("solution", {"title": ""}, "title"),
        ("solution", {"areas": []}, "areas"),
        ("expert", {"consent": ""}, "consent"),
        ("expert", {"consented_until": ""}, "consented_until"),
        ("expert", {"consented_until": "2020-01-01"}, "consented_until"),
        ("expert", {"consented_on": "9999-12-31"}, "consented_on"),
        ("expert", {"consented_on": "0001-01-01"}, "consented_until"),
        ("expert", {"availability": ""}, "availability"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, enter: Enter, kind: str, changed: dict[str, object], field: str
) -> None:
    said = (PERSON if kind == EXPERT else SOLUTION) | changed

    answer = enter(BRAZIL).post(f"/solutions/new/{kind}", said)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert "Pasteurised milk for newborn children." in page
    assert rows(enter(BRAZIL).page("/solutions")) == []


def test_who_worded_it_is_offered_no_confirmation_and_refused_one(
    world: World, enter: Enter
) -> None:
    entered(world)

    page = enter(BRAZIL).page("/solutions/1")
    answer = enter(BRAZIL).post("/solutions/1/confirmation", {"wording": "1"}, page="/solutions")

    assert "Somebody else of your country" in page
    assert "/solutions/1/confirmation" not in page
    assert answer.status_code == 403


@pytest.mark.parametrize("who", [INDIA, "marie.laurent", "naledi.khumalo"])
def test_others_find_no_way_to_what_is_not_theirs(world: World, enter: Enter, who: str) -> None:
    listed(world)
    entered(world)
    visitor = enter(who)

    addresses = ("/solutions/new/solution", "/solutions/1/wording", "/solutions/2")
    opened = [visitor.get(address).status_code for address in addresses]
    acts = [
        visitor.post(f"/solutions/{number}/{act}", sent, page="/solutions").status_code
        for number in (1, 2)
        for act, sent in (
            ("confirmation", {"wording": "1"}),
            ("refusal", {"wording": "1", "reason": "No."}),
            ("standing", {}),
            ("withdrawal", {"sure": "y"}),
            ("wording", SOLUTION),
        )
    ]

    assert opened == [200 if who == INDIA else 403, 403, 404]
    assert acts == [*[403] * 5, *[404] * 5]
    assert rows(enter(INDIA).page("/solutions")) == ["Human milk banks"]


def test_a_list_is_narrowed_and_taken_away_as_it_is_seen(world: World, enter: Enter) -> None:
    listed(world)
    listed(world, INSTITUTION)

    assert rows(enter(INDIA).page("/solutions?kind=institution")) == [
        "National school of public health"
    ]
    assert rows(enter(INDIA).page("/solutions?text=MILK")) == ["Human milk banks"]
    assert "Nothing matches" in enter(INDIA).page("/solutions?area=nonsense&goal=99")
    (row,) = table(enter, query="?goal=3")
    assert (row["title"], row["country"], row["languages"]) == ("Human milk banks", "BRA", "es; pt")


def test_a_person_withdrawn_is_on_no_page_in_no_file_and_in_no_row(
    world: World, enter: Enter
) -> None:
    listed(world, EXPERT)
    before = [row["title"] for row in table(enter)]
    unsure = enter(BRAZIL).post("/solutions/1/withdrawal", page="/solutions/1")

    answer = enter(BRAZIL).post("/solutions/1/withdrawal", {"sure": "y"}, page="/solutions/1")

    assert (before, unsure.status_code, answer.status_code) == ([NAME], 422, 303)
    assert table(enter) == []
    for who in (INDIA, OFFICER, BRAZIL):
        for address in ("/solutions", "/solutions?text=Iracema", "/solutions/1"):
            assert NAME not in enter(who).get(address).get_data(as_text=True)
    for address in ("/histories/REGISTER", "/histories/REGISTER/history.csv"):
        assert NAME not in enter("marie.laurent").get(address).get_data(as_text=True)
    assert holding(world, NAME) == set()
    assert "withdrawn, and what it said erased" in enter(OFFICER).page("/solutions/1")


def test_an_act_on_what_was_withdrawn_or_waits_is_answered_as_one_on_what_never_was(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    today = world.clock.at.date()
    agreed = consent(given_on=today, until=today + timedelta(days=300))
    listed(world, EXPERT, agreed=agreed)
    entered(world)
    submitter = enter("joao.lima")
    enter(BRAZIL).post("/solutions/1/withdrawal", {"sure": "y"}, page="/solutions/1")

    answers = {
        number: [
            (answer.status_code, told(answer).replace(f"entry {number} ", "entry "))
            for who in (enter(INDIA), submitter)
            for act, sent in (
                ("confirmation", {"wording": "1"}),
                ("refusal", {"wording": "1", "reason": "No."}),
                ("standing", {}),
                ("withdrawal", {"sure": "y"}),
                *((("uses", {"ref": ref}),) if who is submitter else ()),
            )
            for answer in (who.post(f"/solutions/{number}/{act}", sent, page="/solutions"),)
        ]
        for number in (1, 2, 99)
    }

    said = {number: [status for status, _ in each] for number, each in answers.items()}
    assert said[99] == [404] * 9
    assert said[1] == said[2] == said[99]
    own = enter(BRAZIL).post("/solutions/1/standing", page="/solutions")
    assert (own.status_code, "withdrawn" in told(own)) == (409, True)


def test_the_page_of_a_programme_lists_what_it_uses_as_long_as_that_is_listed(
    world: World, enter: Enter
) -> None:
    ref, other = world.programme("screening"), world.programme("screening")
    today = world.clock.at.date()
    listed(world)
    listed(world, EXPERT, agreed=consent(given_on=today, until=today + timedelta(days=300)))
    submitter = enter("joao.lima")
    for number in (1, 2):
        submitter.post(f"/solutions/{number}/uses", {"ref": ref}, page=f"/solutions/{number}")

    page = told(submitter.page(f"/programmes/{ref}"))
    beside = told(submitter.page(f"/programmes/{other}"))
    enter(BRAZIL).post("/solutions/2/withdrawal", {"sure": "y"}, page="/solutions/2")
    after = told(submitter.page(f"/programmes/{ref}"))

    assert "What it uses of what countries share" in page
    assert "Human milk banks" in page
    assert NAME in page
    assert "What it uses" not in beside
    assert "Human milk banks" in after
    assert NAME not in after


def test_nothing_of_it_is_kept_by_browsers(world: World, enter: Enter) -> None:
    listed(world, EXPERT)

    for address in ("/solutions", "/solutions/1", "/solutions.csv"):
        assert enter(INDIA).get(address).headers["Cache-Control"] == "no-store"


def test_who_did_not_agree_to_files_is_in_none(world: World, enter: Enter) -> None:
    listed(world, EXPERT, agreed=consent(files=False))

    assert rows(enter(INDIA).page("/solutions")) == [NAME]
    assert table(enter) == []


def test_whoever_takes_part_says_where_it_is_used_and_others_learn_nothing_they_may_not(
    world: World, enter: Enter
) -> None:
    listed(world)
    ref = world.programme("draft")
    submitter = enter("joao.lima")

    answer = submitter.post("/solutions/1/uses", {"ref": ref}, page="/solutions/1", follow=True)
    again = submitter.post("/solutions/1/uses", {"ref": ref}, page="/solutions/1")
    foreign = enter(INDIA).post("/solutions/1/uses", {"ref": ref}, page="/solutions/1")

    assert ref in told(answer)
    assert (again.status_code, foreign.status_code) == (303, 404)
    assert f"/programmes/{ref}" in submitter.page("/solutions/1")
    assert ref not in enter(INDIA).page("/solutions/1")
    assert "is used here" in submitter.page(f"/histories/{ref}")
    submitter.post(f"/solutions/1/uses/{ref}/end", page="/solutions/1")
    assert f"/programmes/{ref}" not in submitter.page("/solutions/1")


def test_what_was_declined_is_there_to_be_worded_anew(world: World, enter: Enter) -> None:
    entered(world)
    enter(OFFICER).post(
        "/solutions/1/refusal", {"wording": "1", "reason": "Say where."}, page="/solutions/1"
    )
    paulo = enter(BRAZIL)

    own, form = paulo.page("/solutions"), paulo.page("/solutions/1/wording")
    answer = paulo.post("/solutions/1/wording", SOLUTION, follow=True)

    assert "Human milk banks" in own
    assert "Pasteurised milk for newborn children in hospitals." in form
    assert "Say where." in paulo.page("/solutions/1")
    assert "It is worded anew." in told(answer)


def test_a_wording_that_waited_when_an_entry_was_withdrawn_waits_for_nobody(
    world: World, enter: Enter
) -> None:
    entered(world, EXPERT)

    enter(BRAZIL).post("/solutions/1/withdrawal", {"sure": "y"}, page="/solutions/1")

    assert "What waits for you" not in enter(OFFICER).page("/solutions")
    assert "What waits for you" not in enter(BRAZIL).page("/solutions")


def test_files_alone_are_no_consent_and_not_passed_over(world: World, enter: Enter) -> None:
    listed(world, EXPERT, agreed=consent(files=False))
    said = {name: value for name, value in PERSON.items() if not name.startswith("consent")}

    answer = enter(BRAZIL).post("/solutions/1/wording", {**said, "consented_files": "y"})

    assert answer.status_code == 422
    assert 'href="#consented_on"' in answer.get_data(as_text=True)


def test_a_wording_of_before_is_refused_and_what_was_typed_stays(
    world: World, enter: Enter
) -> None:
    listed(world)
    paulo = enter(BRAZIL)
    stale = paulo.hidden("/solutions/1/wording")
    paulo.post("/solutions/1/wording", SOLUTION)
    enter(OFFICER).post("/solutions/1/confirmation", page="/solutions/1")

    answer = paulo.flask.post("/solutions/1/wording", data={**SOLUTION, **stale})

    assert answer.status_code == 409


def test_the_month_of_who_is_asked_says_so(world: World, enter: Enter) -> None:
    head, question = "What countries share", "does it still hold?"
    listed(world)
    entered(world)
    world.clock.at += timedelta(days=340)
    ask_and_lapse(world.engine)

    months = {
        who: told(enter(who).get("/month", follow_redirects=True))
        for who in (BRAZIL, OFFICER, INDIA, "joao.lima")
    }

    assert [who for who, month in months.items() if head in month] == [BRAZIL, OFFICER]
    assert question in months[BRAZIL]
    assert "confirm it, or decline" not in months[BRAZIL]
    assert "confirm it, or decline" in months[OFFICER]
    assert question not in months[OFFICER]


def test_whose_consent_ends_is_asked_for_a_new_one_and_not_whether_it_holds(
    world: World, enter: Enter
) -> None:
    number = listed(world, EXPERT, agreed=consent(until=TODAY + timedelta(days=100)))
    world.clock.at += timedelta(days=80)
    ask_and_lapse(world.engine)
    pages = "/month", "/solutions", f"/solutions/{number}"

    month, own, page = (told(enter(BRAZIL).get(each, follow_redirects=True)) for each in pages)
    world.clock.at += timedelta(days=21)
    ask_and_lapse(world.engine)
    over = told(enter(BRAZIL).get("/solutions"))

    for said in (month, own):
        assert "its consent ends on 10 Jun 2026; word it anew, with a new one" in said
        assert "does it still hold?" not in said
    assert "It still holds" not in page
    assert "Word it anew, with a new consent" in page
    assert "not listed: the consent has ended" in over


def test_the_page_of_an_expert_says_from_the_day_after_that_the_consent_has_ended(
    world: World, enter: Enter
) -> None:
    number = listed(world, EXPERT, agreed=consent(until=TODAY + timedelta(days=100)))

    world.clock.at += timedelta(days=100)
    last_day = told(enter(BRAZIL).page(f"/solutions/{number}"))
    world.clock.at += timedelta(days=1)
    day_after = told(enter(BRAZIL).page(f"/solutions/{number}"))

    assert "It is listed to the end of the consent." in last_day
    assert "It is listed to" not in day_after
    assert "The consent of the expert has ended. Word the entry anew" in day_after
