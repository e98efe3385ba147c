"""Lines of a table are added and taken out without saving."""

from tests.support.visitors import Visitor, words
from tests.support.world import World
from tests.web.documents.test_edit import form, stored


def test_a_line_is_added_without_saving(world: World, draft: str, submitter: Visitor) -> None:
    answer = submitter.post(
        form(draft, "objectives"),
        {"field-objective": "Mine", "field-outputs-0-output": "Courses", "add": "outputs"},
    )

    page = words(answer)
    assert answer.status_code == 200
    assert 'name="field-outputs-2-output" value="" type="text"' in page
    assert "Mine" in page
    assert stored(world, draft)["version"] == 1


def test_a_line_is_taken_out_without_saving(draft: str, submitter: Visitor) -> None:
    answer = submitter.post(
        form(draft, "objectives"),
        {
            "field-outputs-0-output": "Courses",
            "field-outputs-1-output": "Certificates",
            "remove": "outputs:0",
        },
    )

    assert 'value="Courses"' not in words(answer)
    assert 'value="Certificates"' in words(answer)
