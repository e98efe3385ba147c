"""Drafts of lifecycles in the browser: written, checked line by line, kept, published by two and thrown away."""

from io import BytesIO

from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.lifecycles.test_views import told
from tests.workflow.engine.lifecycles import STANDARD

ELENA = "naledi.khumalo"
HERE = "/office/lifecycles"
TEXT = STANDARD.read_text("utf-8")
NEXT = TEXT.replace('version = "5"', 'version = "6"', 1)
KEY = "programme-standard"


def begun(enter: Enter, text: str = NEXT) -> str:
    """The address of a draft from a file."""
    visitor = enter(ELENA)
    file = (BytesIO(text.encode()), "next.toml")
    answer = visitor.post(HERE, {"name": "Next year's", "file": file}, page=HERE)
    assert answer.status_code == 303, told(answer)
    return str(answer.location)


def wish(why: str = "Asked by the Board.") -> dict[str, str]:
    return {"publication-revision": "1", "publication-why": why}


def test_a_draft_begins_from_a_version_and_says_that_it_is_sound(
    world: World, enter: Enter
) -> None:
    visitor = enter(ELENA)
    mark = world.engine.published(KEY)[1].mark

    begun_from = visitor.post(HERE, {"name": "Copy", "version": f"{KEY}@{mark}"}, page=HERE)

    page = told(visitor.get(str(begun_from.location)))
    assert "Sound: South-South programme, standard, version 5" in page
    assert "Copy" in told(visitor.get(HERE))


def test_faults_stand_beside_their_lines_and_nothing_typed_is_lost(enter: Enter) -> None:
    draft = begun(enter)
    visitor = enter(ELENA)
    broken = NEXT.replace('initial = "draft"', 'initial = "nowhere"', 1)
    line = broken.splitlines().index('initial = "nowhere"') + 1

    checked = visitor.post(draft, {"text": broken, "revision": "1", "action": "check"}, page=draft)
    kept_still = visitor.page(draft)
    kept = visitor.post(draft, {"text": broken, "revision": "1"}, page=draft)

    assert checked.status_code == 200
    assert f"Line {line}: initial" in told(checked)
    assert "nowhere" in checked.text
    assert "nowhere" not in kept_still
    assert kept.status_code == 303
    again = visitor.page(draft)
    assert "nowhere" in again
    assert "Once it has no fault, it can be published." in again


def test_what_is_typed_is_told_line_by_line_without_being_kept(enter: Enter) -> None:
    draft = begun(enter)
    visitor = enter(ELENA)

    broken = visitor.post(f"{HERE}/drafts/faults", {"text": "a = 1\nb = "}, page=draft).json
    sound = visitor.post(f"{HERE}/drafts/faults", {"text": NEXT}, page=draft).json

    assert [each["line"] for each in broken["faults"]] == [2]
    assert broken["sound"] == ""
    assert sound["faults"] == []
    assert "version 6" in sound["sound"]


def test_a_child_case_of_what_is_not_published_is_told_at_its_line(enter: Enter) -> None:
    kind = """
[children.report]
label = "Report"
meaning = "What was done."
lifecycle = "no-such-report"
opens = "on entry"
states = ["active"]
source = ["PGTF"]
"""
    visitor, draft = enter(ELENA), begun(enter)

    told_of = visitor.post(f"{HERE}/drafts/faults", {"text": NEXT + kind}, page=draft).json

    (fault,) = told_of["faults"]
    assert (NEXT + kind).splitlines()[fault["line"] - 1] == 'lifecycle = "no-such-report"'
    assert "publish it first" in fault["said"]


def test_of_two_who_write_the_second_is_told_and_keeps_their_text(enter: Enter) -> None:
    draft = begun(enter)
    enter("pieter.vos").post(draft, {"text": NEXT + "# mine\n", "revision": "1"}, page=draft)

    late = enter(ELENA).post(draft, {"text": NEXT + "# hers\n", "revision": "1"}, page=draft)

    assert late.status_code == 409
    assert "Pieter Vos kept this draft meanwhile" in told(late)
    assert "# hers" in late.text
    assert "# mine" in enter(ELENA).page(draft)


def test_one_proposes_and_another_publishes(world: World, enter: Enter) -> None:
    draft = begun(enter)

    asked = enter(ELENA).post(f"{draft}/publication", wish(), page=draft)
    own = enter(ELENA).page(str(asked.location))
    refused = enter(ELENA).post(f"{asked.location}/confirmation", {}, page=str(asked.location))
    before = world.engine.offered()[0][1].version
    second = enter("pieter.vos")
    read = second.page(str(asked.location))
    done = second.post(f"{asked.location}/confirmation", {}, page=str(asked.location))

    assert (asked.status_code, refused.status_code, before) == (303, 403, "5")
    assert "another administrator confirms or declines it" in own
    assert "Asked by the Board." in read
    assert "Who may do what, when" in read
    assert done.location == f"{HERE}/of/{KEY}"
    assert world.engine.offered()[0][1].version == "6"
    everybody = told(enter("li.wei").get(f"/lifecycles/{KEY}"))
    assert "Version 6 was published by Pieter Vos" in everybody
    assert "asked for by Naledi Khumalo" in everybody
    assert "Asked by the Board." in everybody
    assert "published as version 6" in told(second.get(HERE))
    assert "As it is kept it is published, as version 6." in told(second.get(draft))


def test_a_second_administrator_declines_with_a_reason(world: World, enter: Enter) -> None:
    draft = begun(enter)
    asked = str(enter(ELENA).post(f"{draft}/publication", wish(), page=draft).location)
    second = enter("pieter.vos")

    bare = second.post(f"{asked}/refusal", {"reason": ""}, page=asked)
    declined = second.post(f"{asked}/refusal", {"reason": "Not yet."}, page=asked)
    gone = second.get(asked)

    assert (bare.status_code, declined.status_code, gone.status_code) == (422, 303, 404)
    assert world.engine.offered()[0][1].version == "5"


def test_a_faulty_or_nameless_publication_says_why_at_its_field(enter: Enter) -> None:
    draft = begun(enter, TEXT)
    broken = begun(enter, "title = ")
    visitor = enter(ELENA)

    same = visitor.post(f"{draft}/publication", wish(), page=draft)
    bare = visitor.post(f"{draft}/publication", wish(""), page=draft)
    faulty = visitor.post(f"{broken}/publication", wish(), page=broken)

    assert [each.status_code for each in (same, bare, faulty)] == [422, 422, 422]
    assert "published already" in told(same)
    assert "Say why." in told(bare)


def test_a_draft_is_exported_and_thrown_away(enter: Enter) -> None:
    draft = begun(enter)
    visitor = enter(ELENA)

    file = visitor.get(f"{draft}/file")
    gone = visitor.post(f"{draft}/discard", {"revision": "1"}, page=draft)

    assert file.text == NEXT
    assert "next-year-s.toml" in file.headers["Content-Disposition"]
    assert gone.location == HERE
    assert visitor.get(draft).status_code == 404


def test_a_file_that_is_no_text_is_refused_at_its_field(enter: Enter) -> None:
    file = (BytesIO(b"\xff\xfe\x00"), "next.toml")

    answer = enter(ELENA).post(HERE, {"name": "Next", "file": file}, page=HERE)

    assert answer.status_code == 422
    assert "no text in UTF-8" in told(answer)
