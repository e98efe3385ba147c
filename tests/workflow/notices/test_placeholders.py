"""Placeholders in letters: filled by name alone, and whatever else stands in braces told."""

from datetime import UTC, datetime

import pytest

from workflow.notices.placeholders import KNOWN, filled, standard, unknown
from workflow.notices.queries import NoticeLine
from workflow.notices.vocabulary import NoticeKind

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LINE = NoticeLine(
    1, "reminder", "SSC-2026-001", "Nurses {ref} %(ref)s", "Screening", "", "holder", "Officer",
    "Unit", None, NOW, NOW, None,
)  # fmt: skip


def test_each_placeholder_is_filled_with_what_the_notice_says() -> None:
    said = filled(" ".join(f"{{{name}}}" for name in KNOWN), LINE)

    assert "SSC-2026-001" in said
    assert "Screening" in said
    assert "2026-03-02 12:00 (UTC)" in said
    assert filled("{due}", LINE, "Africa/Maputo") == "2026-03-02 14:00 (Africa/Maputo)"


def test_what_a_title_says_is_never_filled_itself() -> None:
    assert "Nurses {ref} %(ref)s" in filled("{title}", LINE)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("{ref} {title}", ()),
        ("{name}", ("{name}",)),
        ("{ref.__class__}", ("{ref.__class__}",)),
        ("{0} {ref!r} {title:>99999999}", ("{0}", "{ref!r}", "{title:>99999999}")),
        ("{{ref}}", ("{", "}")),
        ("open {", ("{",)),
        ("%(ref)s 100 %", ()),
    ],
)
def test_what_is_no_placeholder_is_told(text: str, wrong: tuple[str, ...]) -> None:
    assert unknown(text) == wrong


@pytest.mark.parametrize("kind", NoticeKind)
def test_the_standard_words_are_words_that_could_be_kept(kind: NoticeKind) -> None:
    subject, body = standard(kind, lambda said: said)

    assert "{ref}" in subject
    assert (unknown(subject), unknown(body)) == ((), ())
