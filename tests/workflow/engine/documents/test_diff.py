"""Two versions of a document compared: prose by words, lists by items, tables by lines."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.engine.documents.diff import Change, Piece, between, items, rows, whole, words
from workflow.lifecycles.documents import DocumentKind, Field, Section

OUTPUT, TARGET = Field("output", "Output", "line"), Field("target", "Target", "number")
KIND = DocumentKind(
    key="proposal",
    label="Proposal",
    content="",
    iati_category="A02",
    sections=(
        Section("what", "What", "", (Field("objective", "Objective", "text"),)),
        Section(
            "who",
            "Who",
            "",
            (
                Field("countries", "Countries", "choices", vocabulary="countries"),
                Field("outputs", "Outputs", "lines", columns=(OUTPUT, TARGET)),
                Field("ready", "Ready", "check"),
            ),
        ),
    ),
    attach=False,
    written_by=(),
    written_in=(),
    source=(),
)
NAMES = {"MOZ": "Mozambique", "AGO": "Angola", "CPV": "Cabo Verde"}


def say(_field: Field, value: str) -> str:
    return NAMES.get(value, value)


def marked(pieces: tuple[Piece, ...]) -> str:
    """Pieces as one line: [-removed-]{+added+}."""
    marks = {Change.SAME: "{}", Change.ADDED: "{{+{}+}}", Change.REMOVED: "[-{}-]"}
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def test_prose_is_compared_word_by_word() -> None:
    found = words("presented at one workshop, in English", "presented at two workshops, in English")

    assert marked(found) == "presented at [-one workshop-]{+two workshops+}, in English"


def test_equal_prose_is_one_piece_without_marks() -> None:
    assert words("as it was", "as it was") == (Piece(Change.SAME, "as it was"),)


def test_prose_that_is_new_or_gone_is_marked_whole() -> None:
    assert marked(words("", "a risk")) == "{+a risk+}"
    assert marked(words("a risk", "")) == "[-a risk-]"


def test_space_alone_is_no_difference() -> None:
    found = words("one  line", "one\nline")

    assert {piece.change for piece in found} == {Change.SAME}


@pytest.mark.proof
@given(st.text(max_size=80), st.text(max_size=80))
def test_the_pieces_read_as_both_texts(before: str, after: str) -> None:
    found = words(before, after)

    later = "".join(piece.text for piece in found if piece.change is not Change.REMOVED)
    earlier = " ".join(piece.text for piece in found if piece.change is not Change.ADDED)
    assert later == after
    assert "".join(earlier.split()) == "".join(before.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 1500, "a b " * 750),
        ("a b " * 2000, "b a c " * 1400),
        ("a " * 50_000, "a b " * 25_000),
    ],
)
def test_long_repetitive_texts_are_compared_in_time(before: str, after: str) -> None:
    begun = process_time()

    words(before, after)

    assert process_time() - begun < 3


def test_lists_are_compared_item_by_item() -> None:
    found = items(["Mozambique", "Angola"], ["Mozambique", "Cabo Verde"])

    assert marked(found) == "Mozambique[-Angola-]{+Cabo Verde+}"


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ([], [{"output": "Courses"}], ["added"]),
        ([{"output": "Courses"}], [], ["removed"]),
        ([{"output": "Courses"}], [{"output": "Courses"}], ["same"]),
        (
            [{"output": "Courses", "target": "12"}],
            [{"output": "Courses", "target": "14"}],
            ["changed"],
        ),
        ([{"output": "A"}, {"output": "B"}], [{"output": "B"}], ["removed", "same"]),
    ],
)
def test_tables_are_compared_line_by_line(
    before: list[dict[str, str]], after: list[dict[str, str]], changes: list[str]
) -> None:
    assert [row.change for row in rows((OUTPUT, TARGET), before, after, say)] == changes


def test_a_changed_line_marks_only_the_cell_that_changed() -> None:
    before, after = [{"output": "Courses", "target": "12"}], [{"output": "Courses", "target": "14"}]

    (row,) = rows((OUTPUT, TARGET), before, after, say)

    assert [marked(cell) for cell in row.cells] == ["Courses", "[-12-]{+14+}"]


def test_a_document_tells_which_of_its_sections_changed() -> None:
    before = {"objective": "Nurses learn.", "countries": ["MOZ", "AGO"], "ready": False}
    after = {"objective": "Nurses learn.", "countries": ["MOZ", "CPV"], "ready": True}

    what, who = between(KIND, before, after, say)

    assert not what.changed
    assert who.changed
    assert [marked(text.pieces) for text in who.fields if not text.rows and not text.empty] == [
        "Mozambique[-Angola-]{+Cabo Verde+}",
        "[-no-]{+yes+}",
    ]


def test_a_whole_text_has_no_marks_and_says_what_is_empty() -> None:
    what, who = whole(KIND, {"objective": "Nurses learn."}, say)

    assert not what.changed
    assert not what.fields[0].empty
    assert [text.empty for text in who.fields] == [True, True, True]
