import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.support.programs import serving, started
from tests.support.waiting import until
from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import SECRET


@pytest.mark.processes
def test_the_demonstration_starts_from_nothing_and_again(tmp_path: Path) -> None:
    with serving("demo", home=tmp_path) as (address, server), urlopen(address) as page:
        first = page.read().decode()
        stopped = server.stopped()
        said = server.said()
    with serving("demo", home=tmp_path) as (address, _), urlopen(address) as page:
        second = page.read().decode()

    assert "jane.okello@demo.example" in first
    assert "jane.okello@demo.example" in second
    assert "jane.okello@demo.example" in said
    assert "prime-mover-demo" in said
    assert address.rsplit(":", 1)[0] in said
    assert stopped == 0
    assert not list(tmp_path.glob("*.unfinished*"))
    assert "Administrator, " in said
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.processes
def test_an_installation_serves_without_any_demonstration(
    tmp_path: Path, sqlite_url: str, primemover: PrimeMover
) -> None:
    settings = {"database_url": sqlite_url, "secret_key": SECRET}

    with serving("run", home=tmp_path, **settings) as (address, server), urlopen(address) as page:
        shown, said = page.read().decode(), server.said()

    assert "begun at" in primemover("status").stdout
    assert f"Serving at {address}. Ctrl-C stops it." in said
    assert "Sign in" in shown
    assert "demonstration" not in shown


@pytest.mark.processes
@pytest.mark.proof(apart=True)
def test_what_is_named_from_one_folder_is_the_same_for_all_that_is_begun(tmp_path: Path) -> None:
    settings = {
        "home": "home", "signer_home": "pen", "database_url": "sqlite:///house.db",
        "secret_key": SECRET, "cwd": tmp_path,
    }  # fmt: skip
    with started("migrate", **settings) as migrating:
        migrated = migrating.ended()

    with serving("run", base_url="https://house.example", **settings) as (address, server):
        signs = until((tmp_path / "pen" / "key").exists, saying=server.said)
        said = server.said()

    assert (migrated, signs) == (0, True)
    assert f"Serving at {address}, for browsers at https://house.example. Ctrl-C stops it." in said


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_taken_port_is_a_sentence(primemover: PrimeMover, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])

        said = primemover(command, "--port", port, secret_key=SECRET)

    assert said.exit_code == 1
    assert said.stderr == (
        f"Nothing can listen on 127.0.0.1, port {port}: Address already in use. "
        "Choose another with --port.\n"
    )


@pytest.mark.parametrize("command", ["run", "demo", "worker"])
@pytest.mark.parametrize("place", ["a file", "a file/below it", "/proc"])
def test_a_home_where_nothing_can_be_kept_is_a_sentence(
    primemover: PrimeMover, tmp_path: Path, command: str, place: str
) -> None:
    (tmp_path / "a file").touch()
    home = tmp_path / place

    said = primemover(command, home=str(home), secret_key=SECRET)

    assert said.exit_code == 2
    assert said.stderr.count("\n") == 1
    assert f"PRIMEMOVER_HOME must be a folder that can be written to; {home} is none" in said.stderr


def test_a_home_that_can_only_be_read_is_enough_to_verify(primemover: PrimeMover) -> None:
    said = primemover("verify", home="/proc")

    assert said.exit_code == 0, said.output
