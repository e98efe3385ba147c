"""The page on attacks is what the catalogue says, and what it names is there."""

import ast
from pathlib import Path

import pytest

from tests.attacks.catalogue import ATTACKS, FOUND, NOT_FOUND, REFUSED
from tests.attacks.document import DOCUMENT, document

ROOT = Path(__file__).resolve().parents[2]


def test_every_attack_has_its_number() -> None:
    assert list(ATTACKS) == list(range(1, 25))
    assert all(of.inside[0] in {FOUND, NOT_FOUND, REFUSED} for of in ATTACKS.values())
    assert all(of.outside[0] in {FOUND, REFUSED} for of in ATTACKS.values())


@pytest.mark.parametrize("number", ATTACKS)
def test_every_test_that_is_named_is_there(number: int) -> None:
    for test in ATTACKS[number].tests:
        file, _, name = test.partition("::")
        body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        assert name in {node.name for node in body if isinstance(node, ast.FunctionDef)}, test


def test_what_is_not_found_inside_is_shown_by_a_test_of_this_folder_or_of_dossiers() -> None:
    for of in ATTACKS.values():
        if of.inside[0] == NOT_FOUND:
            assert any("attacks" in test or "dossiers" in test for test in of.tests)


def test_the_page_is_what_the_catalogue_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python -m tests.attacks"
