"""The manifest of a backup: what is in it, of what state of the house, and by which program."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from workflow.clock import read, written
from workflow.errors import Invalid
from workflow.phrase import phrase

FORMAT = 1


@dataclass(frozen=True, slots=True)
class BackupMember:
    """A member of the archive as it has to be found: its name, size and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `missing` are files that were named and could not be had."""

    at: datetime
    program: str
    database: str
    revision: str
    events: int
    missing: tuple[str, ...]
    members: tuple[BackupMember, ...]

    @property
    def files(self) -> int:
        """How many attached files are in the archive."""
        return sum(member.name.startswith("files/") for member in self.members)

    def text(self) -> str:
        """The manifest as it stands in the archive."""
        told: dict[str, Any] = {"format": FORMAT, **asdict(self), "at": written(self.at)}
        return json.dumps(told, indent=1) + "\n"

    @classmethod
    def read(cls, text: bytes) -> Self:
        """The manifest that `text` put down; refuses what this release cannot read."""
        try:
            told = json.loads(text)
            if told["format"] != FORMAT:
                raise Invalid(
                    phrase("This backup was made by a newer release; restore it with that.")
                )
            return cls(
                at=read(told["at"]),
                program=str(told["program"]),
                database=str(told["database"]),
                revision=str(told["revision"]),
                events=int(told["events"]),
                missing=tuple(map(str, told["missing"])),
                members=tuple(map(_member, told["members"])),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise Invalid(phrase("The manifest of this backup cannot be read.")) from fault


def _member(told: dict[str, Any]) -> BackupMember:
    """A member as the manifest tells of it, in words and numbers alone."""
    member = BackupMember(**told)
    kinds = type(member.name), type(member.size), type(member.sha256)
    if kinds != (str, int, str):
        raise TypeError("A member is a name, a size and a digest.")
    return member
