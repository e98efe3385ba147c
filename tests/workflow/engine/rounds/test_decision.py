"""The shape of a decision: which signature is under which document, what is missing, what makes a request."""

from dataclasses import replace

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from tests.workflow.engine.rounds.test_answer import seat
from workflow.audit import canonical
from workflow.engine.rounds import decision as decisions
from workflow.engine.rounds.decision import Decision, IdentityProof, refuse_withheld, verdict_of
from workflow.errors import Invalid
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file

DOCUMENT = "project_document"
SENT = Decision("SSC-2026-001", "presentation", "present", 3, "key", 1, document=DOCUMENT)


@pytest.fixture(scope="module")
def standard() -> Definition:
    return load_file(STANDARD)


def chosen(definition: Definition, sent: Decision, role: str = "executing_agency") -> str:
    return verdict_of(definition, definition.rounds[sent.round], sent, seat(1, role)).key


def with_another_verdict(definition: Definition) -> Definition:
    """The lifecycle with a verdict besides that under which the document is signed."""
    spec = definition.rounds["presentation"]
    other = replace(spec.rule.verdicts["present"], key="postpone", needs=())
    rule = replace(spec.rule, verdicts={**spec.rule.verdicts, "postpone": other})
    return replace(
        definition, rounds={**definition.rounds, "presentation": replace(spec, rule=rule)}
    )


def test_its_writer_signs_a_document_by_the_verdict_that_needs_it(standard: Definition) -> None:
    assert chosen(standard, SENT) == "present"


@pytest.mark.parametrize(
    ("document", "role", "verdict"),
    [
        ("no_such_document", "executing_agency", "present"),
        (DOCUMENT, "submitter", "present"),
        (DOCUMENT, "executing_agency", "postpone"),
        ("proposal", "submitter", "present"),
    ],
)
def test_nothing_else_is_the_signature_under_a_document(
    standard: Definition, document: str, role: str, verdict: str
) -> None:
    sent = replace(SENT, document=document, verdict=verdict)

    with pytest.raises(Invalid, match="not the signature"):
        chosen(with_another_verdict(standard), sent, role)


def test_without_a_document_whose_page_it_was_any_verdict_offered_is_taken(
    standard: Definition,
) -> None:
    sent = replace(SENT, document="", verdict="postpone")

    assert chosen(with_another_verdict(standard), sent) == "postpone"


def test_a_verdict_that_is_kept_from_somebody_is_refused_them_alone(standard: Definition) -> None:
    approve = standard.rounds["decision"].rule.verdicts["approve"]

    refuse_withheld(approve, {"abstain"})

    with pytest.raises(Invalid, match="not for whoever wrote"):
        refuse_withheld(approve, {"approve"})


def test_of_a_document_of_files_a_file_is_missing_until_there_is_one(standard: Definition) -> None:
    letter = standard.documents["request_letter"]

    (missing,) = decisions._gaps(letter, None, None)

    assert (missing.document, missing.section) == (letter.label, "")
    assert str(missing.lacks) == "a file is missing"
    assert str(missing.said) == f"{letter.label}: a file is missing"
    assert list(decisions._gaps(letter, ["letter.pdf"], None)) == []


def test_of_a_form_all_is_missing_until_it_is_filed_and_then_what_it_leaves_open(
    standard: Definition,
) -> None:
    form = standard.documents[DOCUMENT]
    first = form.sections[0]

    (unfiled,) = decisions._gaps(form, None, None)
    open_ = list(decisions._gaps(form, None, canonical.write({})))

    assert str(unfiled.said) == f"{form.label}: not filed yet"
    assert open_[0].document == form.label
    assert open_[0].section == first.title
    assert str(open_[0].lacks) == f"{first.title}: {first.fields[0].label}"
    assert str(open_[0].said) == f"{form.label}, {first.title}: {first.fields[0].label}"


def test_a_request_is_what_was_sent_without_the_proof_and_the_page() -> None:
    proof = IdentityProof("password", 12)
    sent = replace(SENT, reason="So.", answers={"a": 1}, proof=proof)

    assert sent.as_content() == {
        "ref": "SSC-2026-001", "round": "presentation", "verdict": "present", "seat": 1,
        "reason": "So.", "answers": {"a": 1}, "seen": 3,
    }  # fmt: skip
    assert replace(sent, proof=None, document="", key="other").as_content() == sent.as_content()
    assert (SENT.answered, sent.answered) == ({}, {"a": 1})
    assert (proof.as_stated().method, proof.as_stated().age) == ("password", 12)
