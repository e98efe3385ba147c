"""Placeholders in the words of a letter: what may stand in braces, and what is put there.

Words are filled by looking names up, never by a formatting language: no text can reach beyond them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from workflow.notices import wording
from workflow.notices.queries import NoticeLine
from workflow.notices.vocabulary import NoticeKind
from workflow.notices.wording import Say

KNOWN = ("ref", "title", "label", "outcome", "role", "party", "due")
_PLACE = re.compile(r"\{([^{}]*)\}")
STANDARD = re.compile(r"%\((\w+)\)s")


def unknown(text: str, known: Collection[str] = KNOWN) -> tuple[str, ...]:
    """What stands in braces and is no placeholder, and each brace that belongs to none."""
    names = [f"{{{name}}}" for name in _PLACE.findall(text) if name not in known]
    return (*names, *re.findall(r"[{}]", _PLACE.sub("", text)))


def filled(text: str, line: NoticeLine, zone: str = "UTC", say: Say = str) -> str:
    """The words of a letter with what the notice says in their places, times by the clocks of `zone`."""
    said = wording.words(line, say) | {"due": local(line.due_at, zone) if line.due_at else "–"}
    return put(text, said)


def put(text: str, said: Mapping[str, str]) -> str:
    """A text with what is said in its places, each filled once, whatever a value holds."""
    return _PLACE.sub(lambda place: said.get(place[1], place[0]), text)


def local(at: datetime, zone: str) -> str:
    """An instant by the clocks of a zone, which is named: 2026-03-02 17:00 (Africa/Maputo)."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"


def standard(kind: NoticeKind, say: Say) -> tuple[str, str]:
    """The subject and the words of a kind of letter as they come, with placeholders in braces."""
    subject, body = say(wording.SUBJECTS[kind]), say(wording.SENTENCES[kind])
    return STANDARD.sub(r"{\1}", subject), STANDARD.sub(r"{\1}", body)


def shown(names: Iterable[str] = KNOWN) -> str:
    """The placeholders as somebody writes them."""
    return " ".join(f"{{{name}}}" for name in names)


Worded = Mapping[str, tuple[str, str]]
