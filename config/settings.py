"""The settings of one installation, read once from the environment."""

import fcntl
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PREFIX = "PRIMEMOVER_"
ROOT = Path(__file__).resolve().parent.parent
MAKE_ONE = 'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
SHORTEST_SECRET = 32
MEGABYTE = 1_048_576
MAIL_SCHEMES = ("smtp", "smtp+starttls", "smtps")
GUESSABLE = ("change", "example", "password", "secret", "12345678", "00000000", "primemover")

# A name, the first bytes of a hash, a key (C2SP signed-note), and where it is listened to.
WITNESS = re.compile(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44} https?://[^\s/@?#]+[^\s@?#]*")

Language = Literal["en", "fr", "es", "ar", "ru", "zh"]


class WrongSetting(Exception):
    """A setting cannot be used; the sentence names the variable and what it must be."""


def _numbered(url: str) -> bool:
    """Whether the port of `url` can be one, or is not named."""
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _beside_home(settings: dict[str, Any]) -> str:
    """A database of its own in the home folder, for installations that name none."""
    return f"sqlite:///{settings['home'] / 'primemover.db'}"


def _pen_in_home(settings: dict[str, Any]) -> Path:
    """A folder of its own in the home folder, for installations that name none."""
    return Path(settings["home"]) / "signer"


def _named_by_address(settings: dict[str, Any]) -> str:
    """The host under which browsers know us, with a word for the log."""
    return f"{urlsplit(str(settings.get('base_url', ''))).hostname}/primemover"


def _served_securely(settings: dict[str, Any]) -> bool:
    """Whether browsers reach us by https, taken from the address they use."""
    return str(settings.get("base_url", "")).startswith("https://")


class Settings(BaseSettings):
    """What an installation may choose; each description completes "must be …"."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    home: Path = Field(Path("instance"), description="a folder for the installation's own files")
    database_url: str = Field(
        default_factory=_beside_home,
        description="a database address that begins with sqlite:/// or postgresql://",
    )
    secret_key: SecretStr = Field(SecretStr(""), description="a long random text")
    demo: bool = Field(default=False, description="true or false")
    host: str = Field("127.0.0.1", min_length=1, description="an address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="a whole number from 1 to 65535")
    workers: int = Field(1, ge=1, le=64, description="a whole number from 1 to 64")
    threads: int = Field(8, ge=1, le=64, description="a whole number from 1 to 64")
    background: bool = Field(default=True, description="true or false")
    request_timeout: int = Field(60, ge=5, le=3600, description="a whole number from 5 to 3600")
    request_limit: int = Field(300, ge=0, le=3600, description="a whole number from 0 to 3600")
    graceful_timeout: int = Field(30, ge=1, le=600, description="a whole number from 1 to 600")
    keepalive: int = Field(5, ge=0, le=120, description="a whole number from 0 to 120")
    database_patience: int = Field(30, ge=0, le=3600, description="a whole number from 0 to 3600")
    pool_size: int = Field(4, ge=1, le=100, description="a whole number from 1 to 100")
    pool_overflow: int = Field(6, ge=0, le=100, description="a whole number from 0 to 100")
    pool_timeout: int = Field(10, ge=1, le=120, description="a whole number from 1 to 120")
    connect_timeout: int = Field(5, ge=1, le=120, description="a whole number from 1 to 120")
    statement_timeout: int = Field(60, ge=0, le=3600, description="a whole number from 0 to 3600")
    base_url: str = Field(
        "http://127.0.0.1:8000",
        description="the address browsers use, beginning with http:// or https://, without a path",
    )
    signer_home: Path = Field(
        default_factory=_pen_in_home, description="a folder that the signer alone may read"
    )
    log_origin: str = Field(
        default_factory=_named_by_address,
        min_length=1,
        max_length=300,
        pattern=r"^[^\s+]+$",
        description="a name for the log without spaces and plus signs, like house.example/log",
    )
    https: bool = Field(default_factory=_served_securely, description="true or false")
    trusted_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="host names separated by commas"
    )
    proxy_hops: int = Field(0, ge=0, le=5, description="a whole number from 0 to 5")
    reauthenticate_minutes: int = Field(
        30, ge=0, le=720, description="a whole number from 0 to 720"
    )
    max_upload_mb: int = Field(20, ge=1, le=200, description="a whole number from 1 to 200")
    smtp_url: SecretStr = Field(
        SecretStr(""),
        description="a mail server that begins with smtp://, smtp+starttls:// or smtps://",
    )
    mail_from: str = Field(
        "Prime Mover <primemover@localhost>", description="an e-mail address to send from"
    )
    language: Language = Field("en", description="one of en, fr, es, ar, ru, zh")
    witnesses: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="for each witness its key string, a space and its address, then a comma"
    )
    anchor_days: int = Field(7, ge=1, le=366, description="a whole number from 1 to 366")
    node_modules: Path = Field(ROOT / "node_modules", description="the folder that npm ci filled")

    @field_validator("home", "node_modules", "signer_home")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        """The folder, independent of a later change of the working directory."""
        return path.expanduser().resolve()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        """An address of one of the two databases that every test runs on, wherever we go from here."""
        try:
            address = make_url(url)
        except ArgumentError as fault:
            raise ValueError("not an address") from fault
        if address.get_backend_name() not in {"sqlite", "postgresql"}:
            raise ValueError("not a database that is supported")
        if address.get_backend_name() == "sqlite" and address.database not in {
            None,
            "",
            ":memory:",
        }:
            place = Path(address.database or "").absolute()
            return address.set(database=str(place)).render_as_string(hide_password=False)
        return url

    @field_validator("base_url")
    @classmethod
    def _an_origin(cls, url: str) -> str:
        """The address without a trailing slash."""
        parts = urlsplit(url)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.path not in {"", "/"}
        ):
            raise ValueError("not an origin")
        return url.rstrip("/")

    @field_validator("smtp_url")
    @classmethod
    def _a_mail_server(cls, given: SecretStr) -> SecretStr:
        """Nothing, or the address of a mail server."""
        url = given.get_secret_value()
        parts = urlsplit(url)
        if url and (parts.scheme not in MAIL_SCHEMES or not parts.hostname or not _numbered(url)):
            raise ValueError("not a mail server")
        return given

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, given: str) -> str:
        """One address on one line, with or without a name before it."""
        if not given.isprintable() or "@" not in parseaddr(given)[1]:
            raise ValueError("not an address")
        return given

    @field_validator("trusted_hosts", mode="before")
    @classmethod
    def _by_commas(cls, names: Any) -> Any:
        """Host names out of one comma-separated text."""
        if not isinstance(names, str):
            return names
        return tuple(name.strip() for name in names.split(",") if name.strip())

    @field_validator("witnesses", mode="before")
    @classmethod
    def _each_with_an_address(cls, given: Any) -> Any:
        """Witnesses out of one comma-separated text, each a key and where to reach its holder."""
        if not isinstance(given, str):
            return given
        witnesses = tuple(" ".join(each.split()) for each in given.split(",") if each.strip())
        if not all(WITNESS.fullmatch(each) for each in witnesses):
            raise ValueError("not a witness")
        return witnesses

    @classmethod
    def read(cls, **chosen: Any) -> Self:
        """The settings from the environment, with `chosen` taking precedence."""
        try:
            return cls(**chosen)
        except ValidationError as fault:
            raise WrongSetting(_sentence(fault)) from None

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
        return self.smtp_url.get_secret_value()

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
        given = self.secret_key.get_secret_value()
        if given or not self.demo:
            return _good_secret(given)
        return _kept_secret(self.home / "secret_key")

    def prepare_home(self) -> None:
        """Make the home folder, closed to other users of the machine."""
        _make("HOME", self.home)

    def claim_home(self) -> None:
        """Refuse a home folder in which nothing can be kept; to read there needs no claim."""
        _make("HOME", self.home)
        _try_to_write("HOME", self.home)

    def claim_signer_home(self) -> None:
        """The same for the folder of the log's signer."""
        _make("SIGNER_HOME", self.signer_home)
        _try_to_write("SIGNER_HOME", self.signer_home)


@contextmanager
def _needed(name: str, folder: Path) -> Iterator[None]:
    """Say which setting names the folder that the system does not let us use."""
    try:
        yield
    except OSError as fault:
        raise WrongSetting(
            f"{PREFIX}{name} must be a folder that can be written to; "
            f"{folder} is none: {fault.strerror}."
        ) from fault


def _make(name: str, folder: Path) -> None:
    """Make the folder where it is missing, closed to other users of the machine."""
    with _needed(name, folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _try_to_write(name: str, folder: Path) -> None:
    """Write and forget: permissions alone do not tell of a full or a read-only disk."""
    with _needed(name, folder), tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"\0")


def _sentence(fault: ValidationError) -> str:
    """Each wrong variable with what was expected, one sentence per line; values stay unsaid."""
    wrong = dict.fromkeys(
        str(error["loc"][0])
        for error in fault.errors()
        # A default that hangs on a wrong value is not a second fault.
        if error["type"] != "default_factory_not_called"
    )
    return "\n".join(
        f"{PREFIX}{name.upper()} must be {Settings.model_fields[name].description}."
        for name in wrong
    )


def _good_secret(given: str) -> str:
    """`given`, unless it is missing, short or guessable."""
    if not given:
        problem = "is missing"
    elif len(given) < SHORTEST_SECRET:
        problem = f"is shorter than {SHORTEST_SECRET} characters"
    elif any(word in given.casefold() for word in GUESSABLE) or len(set(given)) < 10:
        problem = "can be guessed"
    else:
        return given
    raise WrongSetting(f"{PREFIX}SECRET_KEY {problem}. Make one with: {MAKE_ONE}")


def _kept_secret(path: Path) -> str:
    """The secret kept in `path`, made there on the first call, readable by its owner only.

    What a power cut or a full disk left of an earlier one is no secret, and another takes its place.
    """
    _make("HOME", path.parent)
    return _whole_secret(path) or _made_secret(path)


def _made_secret(path: Path) -> str:
    """A new secret in `path`, or that of another process which was there first."""
    with _needed("HOME", path.parent), _alone_in(path.parent):
        kept = _whole_secret(path)
        if not kept:
            kept = secrets.token_urlsafe(48)
            _put(path, kept)
    return kept


def _whole_secret(path: Path) -> str:
    """The secret that `path` holds; empty where it holds none, or only a part of one."""
    try:
        kept = path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    except OSError as fault:
        raise WrongSetting(
            f"The secret kept in {path} cannot be read: {fault.strerror}. "
            "Take it away, and the next start makes another."
        ) from fault
    return kept if len(kept) >= SHORTEST_SECRET and kept.isprintable() else ""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One process at a time."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _put(path: Path, text: str) -> None:
    """Have `path` hold `text`, whole or not at all, readable by its owner only."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
