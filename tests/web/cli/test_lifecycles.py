"""What a lifecycle asks of the house is said when it is checked and when it is published."""

from pathlib import Path

import pytest

from tests.web.cli.conftest import STANDARD, PrimeMover
from tests.workflow.engine.lifecycles import edited, put, written

WARNING = (
    "programme-standard.toml: warning: rules.evaluation_accept.never: needs at least two people as "
    "quality_assurer of office:special-unit: whoever answered 'evaluation_start' may not answer "
    "'evaluation_acceptance'\n"
)


@pytest.fixture
def demanding(tmp_path: Path) -> Path:
    """A lifecycle under which one quality assurer alone could accept no evaluation."""
    never = ["author", "signed:evaluation_start"]
    return written(tmp_path, edited(put("rules/evaluation_accept/never", never)))


@pytest.mark.parametrize("verb", ["check", "publish"])
def test_a_demanding_lifecycle_is_taken_with_a_warning(
    primemover: PrimeMover, demanding: Path, verb: str
) -> None:
    said = primemover("lifecycle", verb, demanding)

    assert (said.exit_code, said.stderr) == (0, WARNING)


@pytest.mark.parametrize("verb", ["check", "publish"])
def test_the_standard_lifecycle_needs_no_warning(primemover: PrimeMover, verb: str) -> None:
    said = primemover("lifecycle", verb, STANDARD)

    assert (said.exit_code, said.stderr) == (0, "")
