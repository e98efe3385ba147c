"""`make mutants`: how many mutants of the pure rules their tests notice, module by module."""

import importlib.abc
import importlib.util
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy.orm  # noqa: F401  # what takes long is read in once, before the trials part

from tests.support.mutants.changes import mutants
from tests.support.sizes import WHOLE, evenly

RULES = "tests/workflow/lifecycles/rules"
ANSWERS = ("tests/workflow/engine/rounds/test_answer.py",)
DECISIONS = (*ANSWERS, "tests/workflow/engine/rounds/test_decision.py")


def _of_rule(module: Path) -> tuple[str, ...]:
    """Its own tests, which notice most and so come first, and those of all rules."""
    own = Path(RULES, f"test_{module.name}")
    return (str(own), RULES) if own.exists() else (RULES,)


# By what is pure: the fast tests that hold it.
HELD = {
    **{
        str(path): _of_rule(path)
        for path in sorted(Path("workflow/lifecycles/rules").glob("[!_]*.py"))
    },
    "workflow/engine/rounds/answer.py": ANSWERS,
    "workflow/engine/rounds/decision.py": DECISIONS,
}
# Seconds of the processor after which a trial that has not ended counts as noticed: it may go round for ever.
LONGEST = 120
WANTED = 90


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants of a module were tried and noticed, and those that were not."""

    module: str
    tried: int
    survived: tuple[str, ...]

    @property
    def killed(self) -> int:
        """How many the tests noticed."""
        return self.tried - len(self.survived)


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Reads one module from a source that was changed."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self._name, self._path, self._source = name, path, source

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The changed module, where it is asked for."""
        if name != self._name:
            return None
        return importlib.util.spec_from_file_location(name, self._path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run what was changed."""
        exec(compile(self._source, self._path, "exec"), module.__dict__)


def tried(module: str, tests: Sequence[str], percent: int) -> Score:
    """What becomes of so many percent of a module's mutants, evenly chosen by the seed."""
    source = Path(module).read_text(encoding="utf-8")
    if not _noticed(module, source, tests, untouched=True):
        raise SystemExit(f"{tests} fail before anything is changed in {module}.")
    every = mutants(source)
    chosen = evenly(every, max(1, len(every) * percent // WHOLE)) if every else []
    survived = [each for each in chosen if not _noticed(module, each.source, tests)]
    return Score(module, len(chosen), tuple(each.name for each in survived))


def _noticed(module: str, source: str, tests: Sequence[str], *, untouched: bool = False) -> bool:
    """Whether the tests fail on this source; of what is untouched, whether they pass."""
    child = os.fork()
    if not child:
        os._exit(_trial(module, source, tests))
    _, ended = os.waitpid(child, 0)
    passed = os.waitstatus_to_exitcode(ended) == 0
    return passed if untouched else not passed


def _trial(module: str, source: str, tests: Sequence[str]) -> int:
    """Run the tests on a source, in a process of its own that says nothing."""
    # Not of the clock: on a busy machine a trial would be ended that would have passed.
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    name = module.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, Changed(name, Path(module).resolve(), source))
    # What was read in before they parted is none of what is rewritten for its assertions.
    quiet = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    said = ["-x", "-q", "-n0", "-p", "no:cacheprovider", *quiet, *tests]
    return int(pytest.main(said))


def main(percent: int, *words: str) -> int:
    """Print the score of every module whose name holds one of these words, or of all.

    Fails where fewer mutants were noticed than are wanted.
    """
    found = []
    of = {
        name: tests for name, tests in HELD.items() if any(word in name for word in words or ("",))
    }
    for module, tests in of.items():
        score = tried(module, tests, percent)
        found.append(score)
        print(f"{score.module}: {score.killed} of {score.tried} killed", flush=True)
        for each in score.survived:
            print(f"  survived: {each}", flush=True)
    killed, every = sum(each.killed for each in found), sum(each.tried for each in found)
    share = 100 * killed / every if every else 100.0
    print(f"All in all {killed} of {every} killed, {share:.1f} %; {WANTED} % are wanted.")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), *sys.argv[2:]))
