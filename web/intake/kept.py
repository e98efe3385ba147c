"""What a person typed, kept on the page that could not take it, ready to be sent again."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException

# What is asked for anew: a token belongs to its session, a password to nobody's page.
NEVER_KEPT = frozenset({"csrf_token", "password"})
SHORTEST_TEXT = 30

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent: where to, its fields in their order, and what cannot be kept of it."""

    address: str
    fields: Pairs
    files: tuple[str, ...] = ()
    password: bool = False

    @property
    def keyed(self) -> bool:
        """Whether sending it again cannot do the same twice."""
        return any(name.rpartition("-")[2] == "key" and value for name, value in self.fields)


def sent() -> Kept | None:
    """The form of this request, where it sent one that can be read."""
    if request.method != "POST":
        return None
    try:
        form, files = request.form, request.files
    except HTTPException:
        return None
    return Kept(
        address=request.full_path.rstrip("?"),
        fields=kept_of(form.items(multi=True)),
        files=tuple(name for name, file in files.items() if file.filename),
        password="password" in form,
    )


def kept_of(fields: Iterable[tuple[str, str]]) -> Pairs:
    """The fields that are kept."""
    return tuple(each for each in fields if each[0] not in NEVER_KEPT)


def is_text(value: str) -> bool:
    """Whether somebody wrote this and wants to see it, rather than a page or a choice."""
    return len(value) >= SHORTEST_TEXT and any(sign.isspace() for sign in value)
