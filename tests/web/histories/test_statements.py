"""What a signature states and covers stands in full on the history and in its file."""

import csv
from io import StringIO

from sqlalchemy import select

from tests.support.visitors import Enter
from tests.support.world import World
from workflow.engine.models import SignOff


def test_the_file_gives_statement_name_time_role_party_and_digest(
    world: World, enter: Enter
) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "open_consultation")
    with world.engine.reading() as session:
        answer = session.scalars(select(SignOff).order_by(SignOff.id.desc()).limit(1)).one()

    taken = enter("jane.okello").get(f"/histories/{ref}/history.csv").get_data(as_text=True)

    rows = csv.DictReader(StringIO(taken.removeprefix("\ufeff")))
    line = [row for row in rows if row["type"] == "Answer given"][-1]
    assert line["statement"].startswith("I have checked this proposal")
    assert (line["who"], line["content"]) == ("Jane Okello", answer.content_digest)
    assert all(line[column] for column in ("recorded_at", "role", "party", "hash"))


def test_the_history_shows_the_digest_of_what_was_signed(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page(f"/histories/{ref}")

    assert "signed over the content with the digest" in page
