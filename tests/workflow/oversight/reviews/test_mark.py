"""Marks of review: the note is kept in the one spelling of free text."""

import pytest
from sqlalchemy import select

from tests.support.world import World
from workflow.audit.models import Opening
from workflow.errors import Invalid
from workflow.oversight.reviews.mark import THROUGH, Mark, mark

AUDITOR = "marie.laurent"


def test_a_note_is_kept_with_its_words_apart(world: World) -> None:
    ref = world.programme("draft")

    mark(world.engine, world.person(AUDITOR), Mark(ref, THROUGH, 1, "Seen.\x0bTwice\ufeff."))

    with world.engine.reading() as session:
        kept = select(Opening.value).where(Opening.field == "note", Opening.value != "")
        assert session.scalars(kept).all() == ["Seen.\nTwice."]


def test_a_note_that_is_too_long_is_refused(world: World) -> None:
    ref = world.programme("draft")

    with pytest.raises(Invalid, match="too long"):
        mark(world.engine, world.person(AUDITOR), Mark(ref, THROUGH, 1, "x" * 2001))
