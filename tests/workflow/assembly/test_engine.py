"""The engine of programmes knows every word that their lifecycles may use, and is made in one place."""

import re
from pathlib import Path

from workflow.assembly.engine import PROGRAMMES
from workflow.lifecycles.loader.names import CAPACITIES, FOUND

ROOT = Path(__file__).parents[3]
MADE = re.compile(r"(?<![\w.])(?:Engine|House)\((?!\))|Engine\.open\(")
MAKER = "workflow/assembly/engine.py"


def test_every_word_that_a_lifecycle_may_ask_by_has_a_finder() -> None:
    assert set(PROGRAMMES.finders) == {of.partition(":")[0] for of in FOUND}
    assert PROGRAMMES.located_by in CAPACITIES


def test_the_engine_is_made_in_one_place() -> None:
    files = [*(ROOT / "workflow").rglob("*.py"), *(ROOT / "web").rglob("*.py"), ROOT / "wsgi.py"]

    makers = {
        str(path.relative_to(ROOT))
        for path in files
        if "engine.engine import" in (text := path.read_text("utf-8")) and MADE.search(text)
    }

    assert makers == {MAKER}
