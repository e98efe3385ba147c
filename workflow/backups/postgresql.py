"""A PostgreSQL database by the server's own programs: dumped while it works, put back whole."""

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from workflow.errors import Invalid, NotFound
from workflow.phrase import phrase

BEGINNING = b"PGDMP"
PIECE = 1_048_576
OPTIONS = ("--no-owner", "--no-privileges")

# Everything of the house goes, in the transaction that brings the backup; grants on the schema stay.
CLEAR = """
set local lock_timeout = '20s';
set local client_min_messages = warning;
do $$
declare
  each record;
begin
  drop schema if exists dbos cascade;
  for each in
    select c.relkind, c.oid::regclass::text as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('e', 'a', 'i'))
    order by c.relkind = 'S'
  loop
    execute format('drop %s if exists %s cascade', case each.relkind
      when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
      else 'table' end, each.name);
  end loop;
  for each in
    select p.oid::regprocedure::text as name from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('drop routine if exists %s cascade', each.name);
  end loop;
  for each in
    select t.oid::regtype::text as name from pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('d', 'e')
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  loop
    execute format('drop type if exists %s cascade', each.name);
  end loop;
end
$$;
"""
TABLES = (
    "select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
)


def exported(session: Session) -> str:
    """The state of things that this session sees, by a name under which others can see it."""
    return str(session.scalar(text("select pg_export_snapshot()")))


@contextmanager
def dumped(address: URL, snapshot: str) -> Iterator[IO[bytes]]:
    """The dump of the state that another transaction exported as `snapshot`, as it is written."""
    words = (*called("pg_dump"), "--format=custom", *OPTIONS, f"--snapshot={snapshot}")
    with _running(*words, plain(address), address=address) as (_, stream):
        yield stream


def is_empty(session: Session) -> bool:
    """Whether there is no table yet."""
    return int(session.scalar(text(TABLES)) or 0) == 0


def put_back(address: URL, dump: Path, *, over: bool) -> None:
    """Bring the dump into the database in one transaction; `over` clears what stands there.

    The transaction ends by our own word alone: whatever stops this on the way, nothing has changed.
    """
    reading = (*called("pg_restore"), *OPTIONS, "--exit-on-error", "--file=-")
    writing = (*called("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1",
               "--output=/dev/null", "--file=-")  # fmt: skip
    with _running(*writing, plain(address), address=address) as (psql, _):
        with _running(*reading, str(dump), address=address) as (_, script):
            _tell(psql, io.BytesIO(f"begin;\n{CLEAR if over else ''}".encode()))
            _tell(psql, script)
        _tell(psql, io.BytesIO(b"\nanalyze;\ncommit;\n"))


def plain(address: URL) -> str:
    """The address as PostgreSQL's own programs read it, without the password."""
    bare = address.set(drivername="postgresql", password=None)
    return bare.render_as_string(hide_password=False)


def _tell(psql: subprocess.Popen[bytes], script: IO[bytes]) -> None:
    """Hand the script over; if nobody listens any more, psql itself says why."""
    if psql.stdin is None:
        return
    try:
        shutil.copyfileobj(script, psql.stdin)
        psql.stdin.flush()
    except BrokenPipeError:
        psql.stdin = None
        while script.read(PIECE):
            pass


def called(program: str) -> tuple[str, ...]:
    """How the program is begun; refuses where it is not installed."""
    found = shutil.which(program)
    if found is None:
        raise NotFound(
            phrase(
                "%(program)s is not on PATH. Install PostgreSQL's client programs, of the server's "
                "version or newer, or back the database up with the means of its server.",
                program=program,
            )
        )
    return (found,)


@contextmanager
def _running(*words: str, address: URL) -> Iterator[tuple[subprocess.Popen[bytes], IO[bytes]]]:
    """A program of PostgreSQL's and what it writes; a sentence with its own words if it fails.

    The password goes by the environment, where none looks.
    """
    password = {"PGPASSWORD": address.password} if address.password else {}
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 # the program is PostgreSQL's, its words are ours
            words, env={**os.environ, **password}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=said,
        )  # fmt: skip
        with process:
            if process.stdout is None:
                return
            try:
                yield process, process.stdout
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            said.seek(0)
            raise Invalid(
                phrase(
                    "%(program)s refused: %(stderr)s",
                    program=Path(words[0]).name,
                    stderr=said.read().decode(errors="replace").strip()[-500:],
                )
            )
