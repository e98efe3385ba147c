"""What is typed into a form and not saved is given back to who typed it, whatever became of the page."""

from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.support.visitors import Enter, Visitor, words
from tests.support.world import PROPOSAL, World
from tests.web.documents.test_edit import form, stored
from workflow.people.commands import appoint
from workflow.people.parties import known_party

LONG = "By mid 2028, 240 nurses hold a certificate, and “so” do their teachers. " * 8


def typing(visitor: Visitor, place: str, key: str = "page-one", **fields: str) -> TestResponse:
    """What the script of an opened page sends every few seconds."""
    sent = {**visitor.hidden(place), **fields}
    address = f"/working-copies?{urlencode({'place': place, 'key': key, 'page': place})}"
    return visitor.flask.post(address, data=sent)


def colleague(world: World, key: str = "jane.okello") -> None:
    """Let somebody else be a submitter of Mozambique as well."""
    with world.engine.transaction() as session:
        now = world.engine.now()
        party = known_party(session, "moz")
        appoint(session, world.person(key), "submitter", party, now.date(), by=None, now=now)


def test_what_was_typed_stands_in_the_form_again_on_another_device(
    world: World, draft: str, enter: Enter
) -> None:
    place = form(draft, "objectives")
    here, elsewhere = enter("joao.lima"), enter("joao.lima")

    told = typing(here, place, **{"field-objective": LONG, "field-outputs-0-output": "Half a"})
    page = elsewhere.page(place)

    assert (told.status_code, told.json["kept"]) == (200, True)
    assert told.json["said"].startswith("Kept for you: 2 Mar 2026, 12:00 UTC.")
    assert LONG.strip() in page
    assert 'value="Half a"' in page
    assert "What you typed until" in page
    assert stored(world, draft)["version"] == 1
    assert "District hospitals" in elsewhere.page(form(draft, "problem"))


def test_it_is_gone_once_it_is_saved_and_what_the_page_sends_later_does_not_count(
    world: World, draft: str, submitter: Visitor
) -> None:
    place = form(draft, "objectives")
    typing(submitter, place, **{"field-objective": LONG})

    submitter.post(place, {"field-objective": LONG, "working-copy": "page-one"})
    late = typing(submitter, place, **{"field-objective": "Late."})
    page = submitter.page(place)

    assert stored(world, draft)["objective"] == LONG.strip()
    assert late.json["kept"] is False
    assert "What you typed until" not in page
    assert "Nothing that you typed waits" in submitter.page("/working-copies")


def test_it_can_be_thrown_away_and_what_says_the_same_is_not_told(
    world: World, draft: str, submitter: Visitor
) -> None:
    place = form(draft, "period")
    dates = {"field-planned_start": PROPOSAL["planned_start"]}
    typing(submitter, place, **dates, **{"field-planned_end": PROPOSAL["planned_end"]})
    same = submitter.page(place)
    typing(submitter, place, **dates, **{"field-planned_end": "2029-01-31"})
    other = submitter.get(place)
    number = words(other).partition("/working-copies/")[2].partition("/")[0]

    back = submitter.post(f"/working-copies/{number}/discard?next={place}", page=place)

    assert "What you typed until" not in same
    assert 'value="2029-01-31"' in words(other)
    assert (back.status_code, back.location) == (303, place)
    assert 'value="2028-06-30"' in submitter.page(place)


def test_it_is_nobody_elses(world: World, draft: str, enter: Enter) -> None:
    colleague(world)
    joao, jane, place = enter("joao.lima"), enter("jane.okello"), form(draft, "objectives")
    typing(joao, place, **{"field-objective": LONG})
    own = words(joao.get("/working-copies"))
    number = own.partition("/working-copies/")[2].partition("/")[0]

    page, unsent = jane.page(place), jane.page("/working-copies")
    left = jane.get(f"/working-copies/left?place={place}")
    jane.post(f"/working-copies/{number}/discard", page="/working-copies")

    assert LONG.strip() in own
    assert LONG.strip() not in page + unsent + left.text
    assert "João Lima is writing on this page as well." in page
    assert "João Lima is writing on the page “" in jane.page(form(draft, "period"))
    assert LONG.strip() in joao.page(place)


def test_nobody_is_said_to_write_where_they_may_not(world: World, enter: Enter) -> None:
    ref, manager = world.programme("active"), enter("beatriz.costa")
    with world.engine.transaction() as session:
        now, party = world.engine.now(), known_party(session, "wsm")
        appoint(
            session,
            world.person("jane.okello"),
            "programme_manager",
            party,
            now.date(),
            by=None,
            now=now,
        )
    jane, place = enter("jane.okello"), form(ref, "plan", "annual_work_plan")

    typed = jane.post(f"/working-copies?{urlencode({'place': place})}", {"a": LONG}, page="/queue")

    assert typed.status_code == 200
    assert jane.get(place).status_code == 403
    assert "Jane Okello is writing" not in manager.page(place)


def test_whoever_stopped_typing_is_not_told_of(world: World, draft: str, enter: Enter) -> None:
    colleague(world)
    typing(enter("joao.lima"), form(draft, "objectives"), **{"field-objective": LONG})

    world.clock.pass_time(minutes=3)

    assert "is writing on" not in enter("jane.okello").page(form(draft, "objectives"))


def test_nothing_is_kept_of_a_form_that_there_is_not_or_of_a_case_unknown_to_them(
    world: World, draft: str, enter: Enter
) -> None:
    stranger = enter("leilani.tau")
    places = [
        form(draft, "objectives"), "/account/password", "/account/login", "/working-copies",
        "/queue", "https://elsewhere.example/", "//elsewhere.example/x", "/" + "x" * 500, "",
    ]  # fmt: skip

    answers = [
        stranger.post(f"/working-copies?{urlencode({'place': place})}", {"a": LONG}, page="/queue")
        for place in places
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert "Nothing that you typed waits" in stranger.page("/working-copies")


def test_more_than_can_be_kept_is_told_and_a_password_is_not_kept(
    draft: str, submitter: Visitor
) -> None:
    place = form(draft, "objectives")

    told = typing(submitter, place, **{"field-objective": "a word " * 50_000})
    typing(submitter, place, password="a quiet river bends twice")  # of nobody

    left = submitter.get(f"/working-copies/left?place={place}")
    assert (told.status_code, left.headers["Cache-Control"]) == (413, "no-store")
    assert "256 kilobytes" in told.json["said"]
    assert "a quiet river" not in left.text


def test_the_next_report_of_a_series_is_not_mixed_up_with_the_last(
    world: World, enter: Enter
) -> None:
    ref, manager = world.programme("active"), enter("beatriz.costa")
    last = form(ref, "plan", "annual_work_plan")

    typing(manager, f"{last}?new=yes", **{"field-year": "2029"})

    assert 'value="2029"' in manager.page(f"{last}?new=yes")
    assert 'value="2029"' not in manager.page(last)


def test_two_people_in_one_form_are_in_each_others_way_only_on_the_same_page(
    world: World, draft: str, enter: Enter
) -> None:
    colleague(world)
    joao, jane = enter("joao.lima"), enter("jane.okello")
    opened = {each: joao.hidden(form(draft, each)) for each in ("objectives", "problem")}
    world.clock.pass_time(minutes=1)
    jane.post(form(draft, "problem"), {"field-situation": "As Jane says."})

    other = joao.flask.post(
        form(draft, "objectives"), data={**opened["objectives"], "field-objective": "As João says."}
    )
    same = joao.flask.post(
        form(draft, "problem"), data={**opened["problem"], "field-situation": "As João says."}
    )

    kept = stored(world, draft)
    assert (other.status_code, same.status_code) == (303, 409)
    assert (kept["objective"], kept["situation"]) == ("As João says.", "As Jane says.")
    told = "Jane Okello saved this page at 2 Mar 2026, 12:01 UTC while you were writing."
    assert told in words(same)


def test_nobody_is_told_that_they_are_somebody_else(
    draft: str, submitter: Visitor, enter: Enter
) -> None:
    place, elsewhere = form(draft, "objectives"), enter("joao.lima")
    opened = submitter.hidden(place)
    elsewhere.post(place, {"field-objective": "Mine, typed at home."})

    answer = submitter.flask.post(place, data={**opened, "field-objective": "Mine."})

    assert answer.status_code == 409
    assert "You saved this page yourself at 2 Mar 2026, 12:00 UTC" in words(answer)
    assert "ebody else" not in words(answer)


def test_what_was_typed_on_an_older_version_is_compared_when_it_is_saved(
    world: World, draft: str, enter: Enter
) -> None:
    colleague(world)
    joao, jane, place = enter("joao.lima"), enter("jane.okello"), form(draft, "objectives")
    typing(joao, place, **{"field-objective": LONG})
    jane.post(place, {"field-objective": "As Jane says."})

    answer = joao.post(place, {"field-objective": LONG})

    assert answer.status_code == 409
    assert LONG.strip() in words(answer)
    assert stored(world, draft)["objective"] == "As Jane says."
