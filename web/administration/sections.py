"""The sections of the administrator's area: each room brings along its own, and the index lists them."""

from dataclasses import dataclass

from flask import Blueprint, current_app
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the index: the page it leads to, its name, what is done there, and its place."""

    endpoint: str
    title: LazyString
    words: LazyString
    drawing: str
    place: int


class OfficeRoom(Blueprint):
    """A room below /office; the index lists its section once the room is among the site's rooms."""

    def __init__(self, name: str, import_name: str, address: str, section: Section) -> None:
        super().__init__(name, import_name, url_prefix=f"/office/{address}")
        self.section = section


def sections() -> tuple[Section, ...]:
    """The sections of every room that the site has, by their places."""
    rooms = current_app.blueprints.values()
    found = [room.section for room in rooms if isinstance(room, OfficeRoom)]
    return tuple(sorted(found, key=lambda each: each.place))
