import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from config.choices import WrongSetting
from config.settings import Settings

A_SECRET = "q7Xw-0Zr5cT1mN8vB3kL6jH9gF2dS4aPoIuYtReW"


@pytest.mark.parametrize(
    ("secret", "problem"),
    [
        ("", "is missing"),
        ("short", "is shorter than 32 characters"),
        ("change-me-change-me-change-me-change-me", "can be guessed"),
        ("abababababababababababababababababababab", "can be guessed"),
    ],
)
def test_a_poor_secret_says_how_to_make_a_good_one(secret: str, problem: str) -> None:
    settings = Settings.read(secret_key=secret)

    with pytest.raises(WrongSetting, match=problem) as refused:
        settings.secret()

    assert "token_urlsafe" in str(refused.value)


def test_a_good_secret_is_used_as_given() -> None:
    settings = Settings.read(secret_key=A_SECRET)

    assert settings.secret() == A_SECRET


def test_a_secret_never_shows_in_a_printed_setting() -> None:
    settings = Settings.read(secret_key=A_SECRET)

    assert A_SECRET not in repr(settings)


def test_the_demonstration_makes_a_secret_and_keeps_it(tmp_path: Path) -> None:
    settings = Settings.read(home=tmp_path / "new", demo=True)

    first, second = settings.secret(), settings.secret()

    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize("left", ["", "\n", "q7Xw-0Zr", "\x00" * 64])
def test_a_secret_that_was_half_written_is_made_anew(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret_key").write_text(left)
    settings = Settings.read(home=tmp_path, demo=True)

    first, second = settings.secret(), settings.secret()

    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    settings = Settings.read(home=tmp_path, demo=True)

    with pytest.raises(WrongSetting, match="cannot be read: Is a directory"):
        settings.secret()


def test_many_that_begin_at_once_have_one_secret(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    settings = Settings.read(home=tmp_path, demo=True)
    begin = Barrier(16)

    def begun(_number: int) -> str:
        begin.wait()
        return settings.secret()

    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(begun, range(16)))

    assert secrets == {(tmp_path / "secret_key").read_text()}
