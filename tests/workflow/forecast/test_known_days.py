"""The days that texts say, beside the forecast of a case: a suspension is reviewed on the day of its notice."""

import json
from datetime import timedelta

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover, primemover
from tests.workflow.lifecycles.shipped.joint import DIRECTOR, Joint
from workflow.engine.models import LifecycleCase
from workflow.forecast.known_days import KnownDay, known_days

__all__ = ["primemover"]


@pytest.fixture
def joint(world: World) -> Joint:
    """A joint programme that runs, of which one part is suspended with a day of review."""
    joint = Joint(world)
    joint.signed()
    ago, _ = joint.below()
    joint.suspend(ago, "ago")
    return joint


def known(joint: Joint, ref: str) -> tuple[KnownDay, ...]:
    """What is known of a case."""
    engine = joint.world.engine
    with engine.reading() as session:
        number = session.query(LifecycleCase.definition_id).where(LifecycleCase.ref == ref).scalar()
        return known_days(session, engine.definition(int(number or 0), session), ref)


def test_an_open_round_that_a_text_gives_a_day_is_known_until_it_is_settled(joint: Joint) -> None:
    ago, moz = joint.below()
    review = joint.world.clock().date() + timedelta(days=90)

    before, other, above = known(joint, ago), known(joint, moz), known(joint, joint.ref)
    joint.world.answer(ago, "reviewing", DIRECTOR, "resume", "A dry site was named.")

    assert [(each.round, each.due.date()) for each in before] == [
        ("reviewing", review + timedelta(days=1))
    ]
    assert other == above == known(joint, ago) == ()


def test_the_command_line_says_it_and_programs_are_told(
    joint: Joint, primemover: PrimeMover
) -> None:
    ago, _ = joint.below()
    words = ("programme", "forecast", ago, "--runs", "10")

    said = primemover(*words, database_url=joint.world.url)
    told = json.loads(primemover(*words, "--json", database_url=joint.world.url).stdout)

    assert "Known from a text: “Review of the suspension” is due by 2026-06-01" in said.stdout
    assert [each["round"] for each in told["known"]] == ["reviewing"]
