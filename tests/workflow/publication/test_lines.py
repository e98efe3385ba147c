"""A fault stands at the line that writes what is wrong, or at the table around it."""

from time import process_time

import pytest

from tests.workflow.engine.lifecycles import STANDARD
from workflow.errors import Fault, FaultyFile
from workflow.lifecycles.loader.files import from_text
from workflow.phrase import phrase
from workflow.publication.lines import faulty_lines

TEXT = """\
key = "x"
title = "X"

[states.draft]
label = "Draft"

[rules.look]
"odd key" = 1
verdicts.agree = { label = "Agree" }
"""
PLACES = [
    ("title", 2),
    ("states.draft.label", 5),
    ("states.draft", 4),
    ("states.draft.meaning", 4),
    ("rules.look.verdicts.agree.label", 9),
    ('rules.look."odd key"', 8),
    ("rounds.nowhere", 1),
    ("line 7, column 3", 7),
    ("end of document", 9),
]


@pytest.mark.parametrize(("place", "line"), PLACES)
def test_the_line_of_a_place(place: str, line: int) -> None:
    problem = phrase("is wrong")
    faults = [
        Fault(phrase("%(file)s: %(place)s", file="x.toml", place=place), problem),
        Fault(f"x.toml: {place}", problem),
    ]

    found = faulty_lines(TEXT, faults, "x.toml")

    assert [(each.line, each.place) for each in found] == [(line, place)] * 2


def test_faults_of_the_loader_stand_where_they_were_written() -> None:
    text = STANDARD.read_text("utf-8").replace('initial = "draft"', 'initial = "nowhere"')
    with pytest.raises(FaultyFile) as refused:
        from_text(text, "x.toml")

    found = faulty_lines(text, refused.value.faults, "x.toml")

    assert text.splitlines()[found[0].line - 1] == 'initial = "nowhere"'


def test_faults_come_in_the_order_of_the_text() -> None:
    faults = [Fault(f"x.toml: {place}", phrase("is wrong")) for place in ("rules.look", "key")]

    assert [each.line for each in faulty_lines(TEXT, faults, "x.toml")] == [1, 7]


def test_a_text_of_one_endless_line_and_one_of_many_faults_are_told_at_once() -> None:
    """Whoever types into a draft asks this each time: neither blanks nor faults may hold up a process."""
    blanks = "[" + " " * 100_000 + "x"
    many = "\n".join(f"a{number} = 1" for number in range(20_000))
    faults = [Fault(f"x.toml: a{number}", phrase("is wrong")) for number in range(20_000)]
    began = process_time()

    found = [*faulty_lines(blanks, faults[:1], "x.toml"), *faulty_lines(many, faults, "x.toml")]

    assert process_time() - began < 5
    assert [each.line for each in found] == [1, *range(1, 20_001)]
