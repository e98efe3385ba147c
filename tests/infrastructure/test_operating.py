"""The commands of docs/operating.md and of the README's recipe do what these say."""

import ast
import configparser
import re
import shlex
import shutil
import subprocess
from collections import deque
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from config.settings import Settings
from tests.infrastructure.operated import (
    Block,
    Office,
    Shell,
    begun,
    blocks,
    wait_for_pages,
)
from tests.support.administration import connected, create, drop, named
from tests.support.clusters import NAME, private_cluster
from tests.support.programs import ROOT
from tests.support.sizes import LASTING
from tests.support.waiting import until
from web.cli import main
from web.cli.services.reached import connections_wanted

OPERATING = "docs/operating.md"
TEXT = (ROOT / OPERATING).read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
RECIPE = re.compile(
    r"On PostgreSQL with several processes that answer:\n\n```\n(.*?)```", re.DOTALL
)
UNITS = sorted((ROOT / "docs/deploy/systemd").iterdir())
UNITS_IN_ORDER = ("primemover-signer", "primemover-worker", "primemover-web")
SERVICES, STOPPED = "services", "stopped"
DEFAULTS = {each.name: each.metadata["choice"].default for each in fields(Settings)}
STATUS = "primemover status"
MAKE = "make --directory /opt/primemover install"
NGINX = {
    "client_body_timeout", "client_header_timeout", "client_max_body_size", "keepalive",
    "keepalive_timeout", "limit_conn", "limit_conn_status", "limit_conn_zone", "listen", "location", "proxy_buffering", "proxy_connect_timeout",
    "proxy_http_version", "proxy_next_upstream", "proxy_pass", "proxy_read_timeout",
    "proxy_request_buffering", "proxy_send_timeout", "proxy_set_header", "return",
    "send_timeout", "server", "server_name", "server_tokens", "ssl_certificate",
    "ssl_certificate_key", "ssl_protocols", "upstream",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A machine with the repository as it stands here, and a server without any database of ours."""
    with private_cluster() as cluster:
        drop(cluster.server.url, NAME)
        with connected(cluster.server.url) as administrator:
            administrator.execute(f"drop role if exists {NAME}")
        made = Office(tmp_path, named(cluster.server.url, NAME))
        for name in ("bin", "opt"):
            (tmp_path / name).mkdir()
        made.publish()
        yield made


@pytest.mark.processes
@pytest.mark.postgresql
@pytest.mark.proof(apart=True)
def test_the_commands_make_an_office_that_works_is_backed_up_and_stands_again(
    office: Office,
) -> None:
    """Every block in order, typed into one shell; services are begun where the page begins them."""
    waiting, said = deque(blocks(OPERATING)), list[str]()
    with Shell(office) as shell:
        while waiting[0].kind != SERVICES:
            said.append(typed(shell, office, waiting.popleft()))
        waiting.popleft()
        with begun(office, *UNITS_IN_ORDER) as journal:
            wait_for_pages(office, journal)
            signed = shlex.join([str(office.folder / "bin/primemover"), "checkpoint"])
            until(lambda: ran(office, signed) == 0, saying=journal.read_text)
            while waiting and waiting[0].kind != STOPPED:
                said.append(typed(shell, office, waiting.popleft()))
            late = [block for block in waiting if block.kind in {"", "root", "container"}]
            for block in late:
                said.append(typed(shell, office, block))
        for block in waiting:
            if block not in late:
                said.append(typed(shell, office, block))

    told = "".join(said)
    assert "Your Name can sign in as you@example.org" in told
    assert told.count("Everything is as it was recorded.") == 4
    assert told.count("is restored.") == 2
    assert '"ready":true' in told
    assert "there was nothing to confirm" in told
    assert "The tables are back at revision 0014." in told


def typed(shell: Shell, office: Office, block: Block) -> str:
    """What the block says when it is typed, as far as it can be."""
    match block.kind:
        case "root" | "container":
            return ""
        case "upgrade" if not LASTING:
            return ""
        case "upgrade":
            ours = [line for line in block.text.splitlines() if line.startswith("primemover ")]
            return shell.type(office.here("\n".join(ours)))
        case _ if MAKE in block.text and not LASTING:
            before, after = block.text.split(f"{MAKE}\n")
            said = shell.type(office.here(before))
            office.install()
            return said + shell.type(office.here(after))
        case _ if STATUS in block.text:
            if LASTING:
                until(lambda: ran(office, STATUS) == 0, saying="Something waits.")
            return shell.type(office.here(block.text.replace(STATUS, f"{STATUS} || [ $? = 1 ]")))
        case _:
            return shell.type(office.here(block.text))


def ran(office: Office, command: str) -> int:
    """The status of a command on the office's machine."""
    done = subprocess.run(
        ["bash", "-c", command], env=office.environment(), capture_output=True, check=False
    )
    return done.returncode


@pytest.mark.processes
@pytest.mark.postgresql
def test_the_recipe_of_the_readme_serves_several_processes(office: Office) -> None:
    (recipe,) = RECIPE.findall(README)
    *before, last = recipe.strip().splitlines()
    (office.folder / "password").write_text("correct horse battery\n", encoding="utf-8")
    create(named(office.database, "postgres"), NAME, template="template0")
    meant = {
        "make install": "true",
        "postgresql+psycopg://primemover:…@db/primemover": office.database,
        "--administrator": f"--administrator --password-file {office.folder}/password",
        "PRIMEMOVER_WORKERS=4": f"PRIMEMOVER_WORKERS=2 PRIMEMOVER_HOME={office.folder}/lib",
    }
    commands = "\n".join(before)
    for written, here in meant.items():
        assert written in commands
        commands = commands.replace(written, here)
    shutil.copytree(office.folder / "published", office.opt)
    office.install()

    with Shell(office) as shell:
        said = shell.type(f"cd {office.opt}\n{commands}")
        shell.type(f"{last} --port {office.port} > journal 2>&1 & echo $! > served")
        wait_for_pages(office, office.opt / "journal")
        until(lambda: not waiting(office), saying=(office.opt / "journal").read_text)
        shell.type("kill -TERM $(cat served); wait $(cat served)")

    assert "is published" in said
    assert "Your Name can sign in as you@example.org" in said


def waiting(office: Office) -> int:
    """How many events have no place in the log yet: nobody works behind the pages, or not yet."""
    with connected(office.database) as connection:
        row = connection.execute("select count(*) from log_pending").fetchone()
    return int(row[0]) if row else 0


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_unit_is_one_that_systemd_takes(unit: Path, tmp_path: Path) -> None:
    parsed = configparser.ConfigParser(strict=False, interpolation=None)
    parsed.read(unit)
    program = "/opt/primemover/.venv/bin/primemover"
    text = unit.read_text(encoding="utf-8")

    if unit.suffix == ".service":
        words = parsed["Service"]["ExecStart"].split()
        known = CliRunner().invoke(main, [words[1], "--help"])
        assert (words[0], known.exit_code) == (program, 0)
        assert (
            ROOT / "docs" / "deploy" / Path(parsed["Service"]["EnvironmentFile"]).name
        ).is_file()
    for each in UNITS:
        here = each.read_text(encoding="utf-8").replace(program, "/bin/true")
        here = here.replace("WorkingDirectory=/opt/primemover", "WorkingDirectory=/")
        (tmp_path / each.name).write_text(here, encoding="utf-8")
    analyse = shutil.which("systemd-analyze")
    if analyse:
        done = subprocess.run(
            [analyse, "verify", str(tmp_path / unit.name)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
    assert "Description=Prime Mover" in text


def test_the_settings_to_begin_with_are_settings() -> None:
    files = [ROOT / "docs/deploy/primemover.env", ROOT / "docs/deploy/signer.env", *UNITS]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    names = re.findall(r"^(?:#|Environment=)?PRIMEMOVER_(\w+)=", text, flags=re.MULTILINE)

    assert {"BACKGROUND", "SMTP_URL", "SIGNER_HOME"} < set(names)
    assert {name.lower() for name in names} <= DEFAULTS.keys()


def test_the_proxy_says_what_is_known_and_fits_the_settings(tmp_path: Path) -> None:
    text = (ROOT / "docs/deploy/nginx.conf").read_text(encoding="utf-8")
    bare = re.sub(r"#.*", "", text)
    directives = set(re.findall(r"(?:^|[;{}])\s*([a-z_]+)", bare))

    assert directives == NGINX
    assert bare.count("{") == bare.count("}")
    assert all(line.strip()[-1:] in {"", ";", "{", "}"} for line in bare.splitlines())
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text
    assert "limit_conn_zone $binary_remote_addr" in text
    size = int(re.findall(r"client_max_body_size (\d+)m", text)[0])
    waits = int(re.findall(r"proxy_read_timeout (\d+)s", text)[0])
    keeps = int(re.findall(r"keepalive_timeout (\d+)s", text)[0])
    assert size > DEFAULTS["max_upload_mb"]
    assert waits > DEFAULTS["request_timeout"]
    assert keeps < DEFAULTS["keepalive"]


def test_the_connections_of_the_page_are_those_that_are_counted_at_the_start() -> None:
    table = TEXT.partition("| | Connections, at most |")[2].partition("\n\n")[0]
    counted = [int(row.rsplit(" ", 2)[1]) for row in table.splitlines()[2:-1]]

    assert sum(counted[:3]) == connections_wanted(Settings.read(workers=4))
    assert f"| {sum(counted)} of 97 |" in table


def test_a_reload_has_the_server_begin_its_processes_anew() -> None:
    """Requests under way are finished: tests/reliability holds it with slow ones."""
    web = (ROOT / "docs/deploy/systemd/primemover-web.service").read_text(encoding="utf-8")

    assert "\nExecReload=/bin/kill -HUP $MAINPID\n" in web
    assert "systemctl reload primemover-web" in TEXT


def test_files_that_the_page_names_are_there() -> None:
    named = set(re.findall(r"(?:/opt/primemover/|`)((?:docs/deploy|config)/[\w./-]+\w)", TEXT))

    assert len(named) > 3
    assert sorted(name for name in named if not list(ROOT.glob(f"{name}*"))) == []


def test_what_is_not_run_is_said_with_its_reason() -> None:
    listed = set(re.findall(r"^\| `(\w+)` \|", TEXT, flags=re.MULTILINE))

    assert {block.kind for block in blocks(OPERATING)} - {""} == listed


def test_every_sentence_that_is_explained_is_one_that_is_said() -> None:
    table = TEXT.partition("| It says | Then |")[2].partition("\n\n")[0]
    explained = [row.split(" | ")[0].strip("| ") for row in table.splitlines()[2:]]
    said = sentences()
    unknown = [
        sentence for sentence in explained
        for part in sentence.split("…")
        if not any(part.strip(" .:") in each for each in said)
    ]  # fmt: skip

    assert len(explained) > 8
    assert unknown == []


def sentences() -> set[str]:
    """Everything that our code has to say, each text or piece of one."""
    found = set[str]()
    for folder in ("workflow", "web", "config"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found
