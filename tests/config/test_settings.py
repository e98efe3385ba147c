import re
from dataclasses import fields
from pathlib import Path

import pytest

from config.choices import WrongSetting
from config.settings import ROOT, Settings

A_WITNESS = "audit.example.org/w1+0a1b2c3d+" + "BA" * 22


def test_without_an_environment_the_database_lies_in_the_home_folder(tmp_path: Path) -> None:
    settings = Settings.read(home=tmp_path)

    assert settings.database_url == f"sqlite:///{tmp_path}/primemover.db"
    assert not settings.demo


def test_a_database_named_from_here_is_the_same_from_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    settings = Settings.read(database_url="sqlite:///house.db")

    assert settings.database_url == f"sqlite:///{tmp_path}/house.db"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:////srv/house.db"])
def test_a_database_that_hangs_on_no_folder_stays_as_it_is_named(url: str) -> None:
    assert Settings.read(database_url=url).database_url == url


def test_the_environment_is_read_by_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIMEMOVER_PORT", "9001")
    monkeypatch.setenv("PRIMEMOVER_TRUSTED_HOSTS", "one.example, two.example")

    settings = Settings.read()

    assert settings.port == 9001
    assert settings.hosts == ("one.example", "two.example")


def test_witnesses_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = f"{A_WITNESS} https://audit.example.org", f"{A_WITNESS} http://other.example:8600/w"
    monkeypatch.setenv("PRIMEMOVER_WITNESSES", f"{one},  {two},")

    settings = Settings.read()

    assert settings.witnesses == (one, two)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "many", "a whole number from 1 to 65535"),
        ("WORKERS", "0", "a whole number from 1 to 64"),
        ("LANGUAGE", "de", "one of en, fr, es, ar, ru, zh"),
        ("DATABASE_URL", "mysql://user:hidden@host/db", "sqlite:/// or postgresql://"),
        ("DATABASE_URL", "hidden", "sqlite:/// or postgresql://"),
        ("BASE_URL", "ftp://somewhere", "http:// or https://"),
        ("BASE_URL", "https://somewhere/below", "without a path"),
        ("DEMO", "perhaps", "true or false"),
        ("SMTP_URL", "http://user:hidden@mail.example", "smtp://"),
        ("SMTP_URL", "smtp://mail.example:hidden", "smtp://"),
        ("MAIL_FROM", "nobody", "an e-mail address"),
        ("MAIL_FROM", "Us <us@mail.example>\nBcc: all@mail.example", "an e-mail address"),
        ("MAX_UPLOAD_MB", "0", "a whole number from 1 to 200"),
        ("WITNESSES", "https://audit.example.org", "its key string, a space and its address"),
        ("WITNESSES", f"{A_WITNESS} ftp://audit.example.org", "its key string, a space"),
        ("WITNESSES", f"{A_WITNESS} https://us:hidden@audit.example.org", "its key string"),
        ("ANCHOR_DAYS", "0", "a whole number from 1 to 366"),
    ],
)
def test_a_wrong_value_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    monkeypatch.setenv(f"PRIMEMOVER_{name}", value)

    with pytest.raises(WrongSetting) as refused:
        Settings.read()

    sentence = str(refused.value)
    assert sentence.startswith(f"PRIMEMOVER_{name} must be ")
    assert expected in sentence
    assert "hidden" not in sentence


def test_two_wrong_values_are_both_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIMEMOVER_PORT", "x")
    monkeypatch.setenv("PRIMEMOVER_THREADS", "y")

    with pytest.raises(WrongSetting, match=r"PORT must be .*\n.*THREADS must be"):
        Settings.read()


@pytest.mark.parametrize(
    ("base_url", "https"), [("http://127.0.0.1:8000", False), ("https://programmes.example", True)]
)
def test_the_address_says_whether_cookies_must_be_secure(base_url: str, https: bool) -> None:
    assert Settings.read(base_url=base_url).https is https


def test_only_our_own_names_are_trusted_as_hosts() -> None:
    settings = Settings.read(base_url="https://programmes.example")

    assert set(settings.hosts) == {"programmes.example", "127.0.0.1", "localhost"}


def test_the_readme_says_what_may_be_chosen_and_what_holds_otherwise() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = {}
    for line in re.findall(r"^\| (`PRIMEMOVER_.*) \|$", readme, re.MULTILINE):
        names, *_, defaults = line.split(" | ")
        each = re.findall(r"`PRIMEMOVER_(\w+)`", names)
        told |= zip(map(str.lower, each), defaults.strip("`").split("`, `"), strict=True)
    chosen = {each.name: each.metadata["choice"].default for each in fields(Settings)}
    fixed = {name: each for name, each in chosen.items() if each and isinstance(each, (int, str))}

    # `primemover demo` chooses that itself.
    assert set(told) == set(chosen) - {"demo"}
    assert {name: told[name] for name in fixed} == {
        name: "true" if each is True else str(each) for name, each in fixed.items()
    }


def test_links_lead_to_the_port_that_is_listened_at_unless_an_address_is_given() -> None:
    here, known = (
        Settings.read(port=8055),
        Settings.read(port=8055, base_url="https://programmes.example"),
    )

    assert here.base_url == "http://127.0.0.1:8055"
    assert known.base_url == "https://programmes.example"
