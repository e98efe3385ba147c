"""A form of a case, field by field."""

from workflow.lifecycles.documents import DocumentKind, Field, Section
from workflow.lifecycles.openness import Openness


def a_field(key: str) -> Field:
    return Field(key=key, label=key.title(), kind="line")


def a_kind(*sections: Section) -> DocumentKind:
    return DocumentKind(
        key="proposal",
        label="Proposal",
        content="What is asked for",
        iati_category="A01",
        sections=sections,
        attach=False,
        written_by=(),
        written_in=("draft",),
        source=(),
    )


def test_the_fields_of_a_form_follow_each_other_from_section_to_section() -> None:
    form = a_kind(
        Section("facts", "Facts", "", (a_field("title"), a_field("aim"))),
        Section("money", "Money", "", (a_field("budget"),)),
    )

    assert [field.key for field in form.fields()] == ["title", "aim", "budget"]


def test_a_kind_without_a_section_has_no_field_and_opens_with_the_decision() -> None:
    letter = a_kind()

    assert list(letter.fields()) == []
    assert letter.open_to is Openness.AFTER_DECISION
