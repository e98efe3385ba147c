"""A demonstration is served inside a house, and nowhere else."""

import pytest

from config.choices import WrongSetting
from config.privacy import is_inside
from config.settings import Settings

INSIDE = (
    *("localhost", "127.0.0.1", "0.0.0.0", "::1", "[::1]", "10.1.2.3", "192.168.0.4", "fd00::1"),
    *("reception", "demo.localhost", "pc.local", "demo.internal", "prime.example", "prime.test."),
)
PUBLIC = ("primemover.example.org", "un.org", "8.8.8.8", "2606:4700::1111", "demo.example.com.")


@pytest.mark.parametrize("host", INSIDE)
def test_a_host_of_a_house_is_known_as_such(host: str) -> None:
    assert is_inside(host)


@pytest.mark.parametrize("host", PUBLIC)
def test_a_host_of_the_world_is_not(host: str) -> None:
    assert not is_inside(host)


@pytest.mark.parametrize(
    "chosen",
    [
        {"base_url": "https://demo.localhost"},
        {"https": "true"},
        {"base_url": "http://un.org"},
        {"host": "8.8.8.8"},
        {"trusted_hosts": "localhost,un.org"},
    ],
)
def test_a_demonstration_for_the_world_is_refused(chosen: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match="The demonstration cannot be served ") as refused:
        Settings.read(demo="true", **chosen)

    assert str(refused.value).endswith("primemover run")
    assert Settings.read(**chosen).demo is False
