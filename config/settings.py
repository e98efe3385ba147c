"""The settings of one installation, read once from the environment."""

import os
import re
from dataclasses import dataclass, fields
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from config.choices import PREFIX, Above, folder, listed, text, values, whole, yes_or_no
from config.folders import make, try_to_write
from config.privacy import refuse_public_demo
from config.secret_key import SHORTEST_SECRET, good_secret, kept_secret

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_048_576
MAIL_SCHEMES = ("smtp", "smtp+starttls", "smtps")
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")

# A name, the first bytes of a hash, a key (C2SP signed-note), and where it is listened to.
WITNESS = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44} https?://[^\s/@?#]+[^\s@?#]*")
LONGEST_ORIGIN = 300


def _on_this_machine(above: Above) -> str:
    """Where a browser on this machine finds the pages, at whichever port they are."""
    return f"http://127.0.0.1:{above['port']}"


def _beside_home(above: Above) -> str:
    """A database of its own in the home folder, for installations that name none."""
    return f"sqlite:///{above['home'] / 'primemover.db'}"


def _pen_in_home(above: Above) -> Path:
    """A folder of its own in the home folder, for installations that name none."""
    return Path(above["home"]) / "signer"


def _named_by_address(above: Above) -> str:
    """The host under which browsers know us, with a word for the log."""
    return f"{urlsplit(above['base_url']).hostname}/primemover"


def _served_securely(above: Above) -> bool:
    """Whether browsers reach us by https, taken from the address they use."""
    return str(above["base_url"]).startswith("https://")


def _a_database(url: str) -> str:
    """An address of one of the two databases that every test runs on, wherever we go from here."""
    try:
        address = make_url(url)
    except ArgumentError as fault:
        raise ValueError("not an address") from fault
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError("not a database that is supported")
    if address.get_backend_name() == "sqlite" and address.database not in {None, "", ":memory:"}:
        place = Path(address.database or "").absolute()
        return address.set(database=str(place)).render_as_string(hide_password=False)
    return url


def _an_origin(url: str) -> str:
    """The address without a trailing slash."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("not an origin")
    return url.rstrip("/")


def _a_mail_server(url: str) -> str:
    """Nothing, or the address of a mail server; `port` raises for what cannot be one."""
    parts = urlsplit(url)
    if url and (parts.scheme not in MAIL_SCHEMES or not parts.hostname or parts.port == 0):
        raise ValueError("not a mail server")
    return url


def _one_sender(given: str) -> str:
    """One address on one line, with or without a name before it."""
    if not given.isprintable() or "@" not in parseaddr(given)[1]:
        raise ValueError("not an address")
    return given


def _a_name_of_a_log(given: str) -> str:
    """A name that fits into a signed note."""
    if not re.fullmatch(r"[^\s+]+", given) or len(given) > LONGEST_ORIGIN:
        raise ValueError("not a name")
    return given


def _a_witness(given: str) -> str:
    """A key and where to reach its holder."""
    if not WITNESS.fullmatch(given):
        raise ValueError("not a witness")
    return given


def _a_role(given: str) -> str:
    """The key of a role; whether there is one is known to the lifecycles alone."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", given):
        raise ValueError("not a role")
    return given


def _board_in_a_demo(above: Above) -> tuple[str, ...]:
    """Two administrators for the seats of the Board, in a demonstration alone."""
    return ("board_member", "board_chair") if above["demo"] else ()


def _a_language(given: str) -> str:
    """One of the languages of the United Nations."""
    if given not in LANGUAGES:
        raise ValueError("not a language of ours")
    return given


def _a_token(given: str) -> str:
    """Nothing, or a text that nobody guesses."""
    if given and (len(given) < SHORTEST_SECRET or not given.isascii() or not given.isprintable()):
        raise ValueError("no token")
    return given


def _an_identifier(given: str) -> str:
    """Nothing, or an identifier without what IATI lets none have."""
    if given and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{2,99}", given, re.ASCII):
        raise ValueError("no identifier")
    return given


def _something(given: str) -> str:
    """A text that is not empty."""
    if not given:
        raise ValueError("nothing")
    return given


@dataclass(frozen=True)
class Settings:
    """What an installation may choose; each says what completes "must be …"."""

    home: Path = folder(Path("instance"), "a folder for the installation's own files")
    database_url: str = text(
        _beside_home,
        "a database address that begins with sqlite:/// or postgresql://",
        _a_database,
        shown=False,
    )
    secret_key: str = text("", "a long random text", shown=False)
    demo: bool = yes_or_no(default=False)
    host: str = text("127.0.0.1", "an address to listen on", _something)
    port: int = whole(8000, 1, 65535)
    workers: int = whole(1, 1, 64)
    threads: int = whole(8, 1, 64)
    background: bool = yes_or_no(default=True)
    request_timeout: int = whole(60, 5, 3600)
    request_limit: int = whole(300, 0, 3600)
    graceful_timeout: int = whole(30, 1, 600)
    keepalive: int = whole(5, 0, 120)
    database_patience: int = whole(30, 0, 3600)
    pool_size: int = whole(4, 1, 100)
    pool_overflow: int = whole(6, 0, 100)
    pool_timeout: int = whole(10, 1, 120)
    connect_timeout: int = whole(5, 1, 120)
    statement_timeout: int = whole(60, 0, 3600)
    halted_limit: int = whole(120, 0, 3600)
    base_url: str = text(
        _on_this_machine,
        "the address browsers use, beginning with http:// or https://, without a path",
        _an_origin,
    )
    signer_home: Path = folder(_pen_in_home, "a folder that the signer alone may read")
    log_origin: str = text(
        _named_by_address,
        "a name for the log without spaces and plus signs, like house.example/log",
        _a_name_of_a_log,
    )
    https: bool = yes_or_no(_served_securely)
    trusted_hosts: tuple[str, ...] = listed("host names separated by commas")
    proxy_hops: int = whole(0, 0, 5)
    reauthenticate_minutes: int = whole(30, 0, 720)
    max_upload_mb: int = whole(20, 1, 200)
    unsent_days: int = whole(30, 1, 366)
    smtp_url: str = text(
        "",
        "a mail server that begins with smtp://, smtp+starttls:// or smtps://",
        _a_mail_server,
        shown=False,
    )
    mail_from: str = text(
        "Prime Mover <primemover@localhost>", "an e-mail address to send from", _one_sender
    )
    four_eyes: tuple[str, ...] = listed(
        "the keys of roles separated by commas", _a_role, _board_in_a_demo
    )
    language: str = text("en", "one of en, fr, es, ar, ru, zh", _a_language)
    witnesses: tuple[str, ...] = listed(
        "for each witness its key string, a space and its address, then a comma", _a_witness
    )
    anchor_days: int = whole(7, 1, 366)
    metrics_token: str = text("", "a random text of 32 characters or more", _a_token, shown=False)
    iati_organisation: str = text(
        "", "the identifier of an organisation as IATI writes it, like XM-DAC-41114", _an_identifier
    )
    node_modules: Path = folder(ROOT / "node_modules", "the folder that npm ci filled")

    @classmethod
    def read(cls, **chosen: Any) -> Self:
        """The settings from the environment, with `chosen` taking precedence."""
        settings = cls(**values(fields(cls), _environment() | chosen))
        if settings.demo:
            known_as = (urlsplit(settings.base_url).hostname or "", *settings.trusted_hosts)
            refuse_public_demo((settings.host, *known_as), https=settings.https)
        return settings

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names that requests may be addressed to; none listed means any."""
        if self.trusted_hosts:
            return self.trusted_hosts
        if self.demo and self.host in {"0.0.0.0", "::"}:  # noqa: S104  # compared, not bound
            return ()
        return (urlsplit(self.base_url).hostname or "", self.host, "localhost", "127.0.0.1")

    @property
    def files(self) -> Path:
        """The folder that keeps what people attach, outside of anything served."""
        return self.home / "files"

    @property
    def dossiers(self) -> Path:
        """The folder where ordered dossiers lie until they are fetched."""
        return self.home / "dossiers"

    @property
    def mail_server(self) -> str:
        """The address of the mail server; empty where mail is off."""
        return self.smtp_url

    @property
    def worker_lock(self) -> Path:
        """The file whose holder does the background work of an SQLite database."""
        return self.home / "worker.lock"

    @property
    def largest_upload(self) -> int:
        """The size of the largest request, in bytes."""
        return self.max_upload_mb * MEGABYTE

    def secret(self) -> str:
        """The secret that signs cookies and forms; the demonstration makes its own."""
        given = self.secret_key
        if given or not self.demo:
            return good_secret(given)
        return kept_secret(self.home / "secret_key")

    def prepare_home(self) -> None:
        """Make the home folder, closed to other users of the machine."""
        make("HOME", self.home)

    def claim_home(self) -> None:
        """Refuse a home folder in which nothing can be kept; to read there needs no claim."""
        make("HOME", self.home)
        try_to_write("HOME", self.home)

    def claim_signer_home(self) -> None:
        """The same for the folder of the log's signer."""
        make("SIGNER_HOME", self.signer_home)
        try_to_write("SIGNER_HOME", self.signer_home)


def _environment() -> dict[str, Any]:
    """Our variables of the environment, by the names of the settings."""
    return {
        name.upper().removeprefix(PREFIX).lower(): given
        for name, given in os.environ.items()
        if name.upper().startswith(PREFIX)
    }
