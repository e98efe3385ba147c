"""Clauses are numbered through a text: sections, fields, and the rows of its tables."""

from dataclasses import replace

from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from tests.workflow.lifecycles.shipped.test_framework import FRAMEWORK
from workflow.lifecycles.clauses.numbered import clauses, number_of
from workflow.lifecycles.loader.files import load_file

KIND = load_file(SHIPPED / "framework.toml").documents["framework"]
TWO = {
    **FRAMEWORK,
    "results": [{"outcome": "Solutions in use"}, {"outcome": "Groups that lead " + "x" * 80}],
}


def test_each_section_field_and_row_has_its_number() -> None:
    found = {each.key: each.number for each in clauses(KIND, TWO)}

    assert (found["head"], found["head.areas"], found["content"]) == ("1", "1.6", "2")
    assert (found["content.results"], found["content.results.2"]) == ("2.3", "2.3.2")


def test_a_row_is_called_by_its_first_words_cut_where_they_are_long() -> None:
    titles = {each.key: each.title for each in clauses(KIND, TWO)}

    assert titles["content.results.1"] == "Results: Solutions in use"
    assert titles["content.results.2"] == "Results: " + ("Groups that lead " + "x" * 80)[:60]


def test_of_a_confidential_table_nothing_is_quoted() -> None:
    head, content = KIND.sections
    hidden = tuple(replace(each, confidential=True) for each in content.fields)
    kind = replace(KIND, sections=(head, replace(content, fields=hidden)))

    titles = {each.key: each.title for each in clauses(kind, TWO)}

    assert titles["content.results.1"] == "Results"


def test_a_text_that_says_nothing_has_the_clauses_of_its_form() -> None:
    assert len(clauses(KIND, {})) == len(KIND.sections) + len([*KIND.fields()])


def test_what_is_no_section_has_no_number() -> None:
    assert (number_of(KIND, "gone"), number_of(KIND, "content", "results", 3)) == ("", "2.3.3")
