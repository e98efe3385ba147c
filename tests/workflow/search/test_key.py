"""A name is found however its letters are typed."""

import pytest

from workflow.search.key import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  São   Tomé ", "sao tome"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("Færøerne", "faeroerne"),
        ("ŁÓDŹ", "lodz"),
        ("Đà Nẵng", "da nang"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("تعليم", "تعليم"),
        ("", ""),
    ],
)
def test_a_text_is_folded_for_searching(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_folding_twice_changes_nothing() -> None:
    once = fold("Ação — Ønskeliste’s İstanbul")

    assert fold(once) == once
