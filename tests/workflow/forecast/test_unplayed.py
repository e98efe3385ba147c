from pathlib import Path

import pytest

from workflow.forecast.unplayed import CHILDREN, DAYS, FACTS, QUESTIONS, SESSIONS, unplayed
from workflow.lifecycles.loader.files import load_file
from workflow.phrase import Phrase

SHIPPED = Path("config/lifecycles")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("emergency", ()),
        ("country-part", (CHILDREN, DAYS)),
        ("milestone", (CHILDREN, DAYS)),
        ("joint", (CHILDREN,)),
        ("small-grant", (QUESTIONS,)),
        ("triangular", (CHILDREN, FACTS)),
        ("three-consents", (SESSIONS,)),
    ],
)
def test_what_no_run_knows_of_a_lifecycle_is_said(name: str, said: tuple[Phrase, ...]) -> None:
    assert tuple(unplayed(load_file(SHIPPED / f"{name}.toml"))) == said
