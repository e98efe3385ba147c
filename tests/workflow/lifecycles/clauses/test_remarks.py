"""Remarks are found in answers by what their columns name, and so are the answers to them."""

from dataclasses import replace

import pytest

from tests.workflow.engine.lifecycles import edited, faults_of
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from workflow.lifecycles.clauses.remarks import (
    Remark,
    by_clause,
    remarks_in,
    replies_in,
    stood_by,
    verdicts_named,
)
from workflow.lifecycles.loader.files import load_file

FRAMEWORK = load_file(SHIPPED / "framework.toml")
KIND, CONSULTING = FRAMEWORK.documents["framework"], FRAMEWORK.rounds["consulting"]


def test_a_comment_stands_at_its_section_field_and_row() -> None:
    said = {
        "comments": [
            {"clause": "content", "words": "Short."},
            {"clause": "content.results.2", "words": "More."},
            {"clause": "content.strategy", "words": ""},
        ]
    }

    found = remarks_in(CONSULTING, KIND, said, 7)

    assert found == (
        Remark("content", "Short.", id="7-1", clause="2"),
        Remark("content", "More.", "results", id="7-2", row=2, clause="2.3.2"),
    )
    assert [each.place for each in found] == ["content", "content.results"]


def test_an_answer_to_a_comment_is_told_by_the_words_of_its_choice() -> None:
    said = {"answers": [{"remark": "7-1", "disposition": "partly", "words": "As far as it goes."}]}

    told = replies_in(FRAMEWORK.rounds["answering"], said)

    assert told == {"7-1": "Partly accepted: As far as it goes."}


def test_what_somebody_stands_by_is_named() -> None:
    reading = FRAMEWORK.rounds["second_reading"]

    assert stood_by(reading, {"standing": [{"comment": "7-1"}, {}]}) == ("7-1",)
    assert stood_by(CONSULTING, {"comments": [{"clause": "content"}]}) == ()


@pytest.mark.parametrize(
    ("answers", "is_one"),
    [({}, False), ({"comments": []}, False), ({"comments": "words"}, False),
     ({"comments": [{"clause": "content", "words": "Short."}]}, True)],
)  # fmt: skip
def test_an_answer_is_about_a_clause_where_a_table_of_comments_says_something(
    answers: dict[str, object], *, is_one: bool
) -> None:
    assert by_clause(answers) is is_one


def test_whoever_commented_may_have_given_any_verdict() -> None:
    every = frozenset(CONSULTING.rule.verdicts)

    assert verdicts_named(CONSULTING, ["commented"]) >= every
    assert verdicts_named(CONSULTING, ["support", "objection"]) == {"support", "objection"}


def test_comments_by_clause_stand_under_their_own_key_alone() -> None:
    column = {"key": "clause", "label": "Clause", "kind": "choice"}
    words = {"key": "words", "label": "Words", "kind": "line"}

    def asking(key: str, vocabulary: str) -> list[str]:
        question = {
            "key": key, "label": "Comments", "kind": "lines",
            "columns": [{**column, "vocabulary": vocabulary}, words],
        }  # fmt: skip
        raw = edited(lambda raw: raw["rounds"]["consultation"].update(questions=[question]))
        return [each.place.rpartition(": ")[2] for each in faults_of(raw)]

    assert asking("comments", "clauses:proposal") == []
    assert asking("remarks", "clauses:proposal") == ["rounds.consultation.questions.remarks"]
    assert asking("comments", "fields:proposal") == ["rounds.consultation.questions.comments"]


def test_a_form_cannot_ask_who_commented() -> None:
    def edit(raw: dict[str, object]) -> None:
        check = raw["documents"]["proposal"]["checks"][0]  # type: ignore[index]
        check.update(kind="given", of=["by_clause:consultation"])
        check.pop("among", None)

    assert any("only the conditions" in str(each.problem) for each in faults_of(edited(edit)))


def test_an_invitation_is_composed_where_one_person_adds_and_drops_countries() -> None:
    def edit(raw: dict[str, object]) -> None:
        raw["rounds"]["consultation"].update(invited_by=["submission"])  # type: ignore[index]

    (found,) = faults_of(edited(edit))

    assert found.place.endswith("rounds.consultation.invited_by")
    assert "'submission', where no invitation is composed" in str(found.problem)


def test_a_remark_without_a_place_is_about_the_whole() -> None:
    assert replace(Remark("", "Well."), number=1).place == ""
