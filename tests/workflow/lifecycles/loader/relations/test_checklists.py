"""Reading the checklist of a round, and what is wrong with its lines, each with its place."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.workflow.engine.checklists.listed import PARTS, listed
from tests.workflow.engine.lifecycles import STANDARD, Edit, drop, edited, faults_of, put
from tests.workflow.lifecycles.with_children import child, with_children
from workflow.lifecycles.loader.files import body_of, from_body, from_tables
from workflow.lifecycles.parentage.across import faults

AT = "rounds/final_review/checklist"
REPORTS: dict[str, Any] = {
    "key": "reports", "label": "Reports are accepted", "of": ["progress_report", "final_report"],
    "ended_in": ["accepted"], "or_reason": True, "source": ["PGTF"],
}  # fmt: skip
MONEY: dict[str, Any] = {
    "key": "money", "label": "Money is reconciled", "measure": "money_reconciled",
    "unless": ["screening"], "source": ["PGTF"],
    "when": [{"kind": "given", "of": ["proposal:title"], "words": "it is called something"}],
}  # fmt: skip
RAW = edited(put(AT, [REPORTS, MONEY]), raw=with_children())
FAULTY: Mapping[str, tuple[Edit, str, str]] = {
    "no key": (drop(f"{AT}/0/key"), "checklist[0].key", "is missing"),
    "no label": (drop(f"{AT}/0/label"), "checklist[0].label", "is missing"),
    "no source": (drop(f"{AT}/0/source"), "checklist[0].source", "is missing"),
    "a line twice": (put(f"{AT}/1/key", "reports"), "checklist[1].key", "a line already"),
    "another key": (put(f"{AT}/0/ticked", True), "checklist[0].ticked", "not known here"),
    "what is neither": (
        put(f"{AT}/0/of", ["progress_reports"]), "checklist[0].of", "did you mean 'progress_report'",
    ),
    "nothing to look at": (drop(f"{AT}/1/measure"), "checklist[1].of", "one is needed"),
    "two things to look at": (put(f"{AT}/1/of", ["proposal"]), "checklist[1].of", "one is needed"),
    "no measure": (put(f"{AT}/1/measure", "money"), "checklist[1].measure", "money_reconciled"),
    "no round": (put(f"{AT}/1/unless", ["screen"]), "checklist[1].unless[0]", "screening"),
    "ends that nobody could get past": (
        drop(f"{AT}/0/or_reason"), "checklist[0].ended_in", "in the way for ever",
    ),
    "a condition on nothing": (
        put(f"{AT}/1/when/0/of", ["proposal:tittle"]), "checklist[1].when[0].of", "title",
    ),
}  # fmt: skip


def test_a_checklist_is_read_and_kept_as_it_was_published() -> None:
    reports, money = from_tables(RAW, STANDARD.name).rounds["final_review"].checklist
    kept = from_body(body_of(listed(PARTS))).rounds["closing"].checklist

    assert (reports.of, reports.ended_in) == (("progress_report", "final_report"), ("accepted",))
    assert (money.measure, money.unless, money.or_reason) == (
        "money_reconciled", ("screening",), False,
    )  # fmt: skip
    assert [each.key for each in kept] == ["parts"]


@pytest.mark.parametrize("name", FAULTY)
def test_each_fault_is_told_at_its_place(name: str) -> None:
    edit, place, problem = FAULTY[name]

    found = {str(each.place): str(each.problem) for each in faults_of(edited(edit, raw=RAW))}

    at = f"{STANDARD.name}: rounds.final_review.{place}"
    assert at in found, found
    assert problem in found[at]


def test_ends_that_count_are_ends_of_the_case_below() -> None:
    raw = edited(put(f"{AT}/0/ended_in", ["accepted", "agreed"]), raw=RAW)
    report = from_body(body_of(child("progress-report")))

    found = [str(each) for each in faults(from_tables(raw, STANDARD.name), {report.key: report})]

    (fault,) = (each for each in found if "checklist" in each)
    assert "checklist[0].ended_in[1]: names 'agreed', which is no end of 'progress-report'" in fault
