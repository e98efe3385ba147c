import subprocess
import sys

import pytest

from workflow.deferred import Library, deferred, loaded


def asked_apart(program: str) -> str:
    """What a short program prints in a process of its own, where nothing is read in yet."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout


def test_a_module_is_read_in_with_the_first_call_and_not_before() -> None:
    said = asked_apart(
        "import sys\n"
        "from workflow.deferred import deferred\n"
        "shorten = deferred('textwrap', 'shorten')\n"
        "print('textwrap' in sys.modules, shorten('a b', 9), 'textwrap' in sys.modules)"
    )

    assert said == "False a b True\n"


def test_what_is_called_gets_every_argument_and_its_answer_comes_back() -> None:
    shorten = deferred("textwrap", "shorten")

    assert shorten("one two three", width=9, placeholder="…") == "one two…"


def test_a_name_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(AttributeError, match="nothing_like_it"):
        loaded("textwrap", "nothing_like_it")


def test_a_library_is_read_in_when_something_of_it_is_asked_for() -> None:
    said = asked_apart(
        "import sys\n"
        "from workflow.deferred import Library\n"
        "colorsys = Library('colorsys')\n"
        "print('colorsys' in sys.modules, colorsys.ONE_THIRD > 0, 'colorsys' in sys.modules)"
    )

    assert said == "False True True\n"


def test_an_exception_of_a_library_can_be_caught() -> None:
    decoder = Library("json.decoder")

    with pytest.raises(decoder.JSONDecodeError):
        decoder.JSONDecoder().decode("{")
