"""Each lifecycle that is shipped is carried to each of its ends: none is added without such tests."""

from pathlib import Path

import pytest

from workflow.lifecycles.loader.files import load_file

HERE = Path(__file__).parent
FILES = sorted(Path("config/lifecycles").glob("*.toml"))
# Every test of the engine runs on the standard one, and its stories are told in the demonstration.
ELSEWHERE = "programme-standard"


@pytest.mark.parametrize(
    "file", [each for each in FILES if each.stem != ELSEWHERE], ids=lambda file: file.stem
)
def test_the_tests_of_a_lifecycle_name_each_of_its_ends(file: Path) -> None:
    (own,) = HERE.parent.glob(f"*/test_{file.stem.replace('-', '_')}.py")
    ends = [state for state in load_file(file).states.values() if state.final]

    told = own.read_text(encoding="utf-8")
    told_above = "".join(each.read_text(encoding="utf-8") for each in HERE.glob("test_*.py"))

    named = {
        end.key for end in ends
        if f'"{end.key}"' in (told_above if end.overtaken_by_parent else told)
    }  # fmt: skip
    assert named == {end.key for end in ends}
