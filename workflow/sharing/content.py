"""What an entry says, checked: pure but for the reference lists.

A solution says what it solves, an institution what it does and what it has room for, and an expert what
they know, which roles they had and when they are available.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any

from workflow.errors import Invalid
from workflow.free_text import kept_line, kept_prose
from workflow.phrase import Phrase, phrase, to_say
from workflow.reference import choices
from workflow.search.key import fold

SOLUTION, INSTITUTION, EXPERT = "solution", "institution", "expert"
KINDS: Mapping[str, str] = MappingProxyType(
    {
        SOLUTION: to_say("solution"),
        INSTITUTION: to_say("institution"),
        EXPERT: to_say("expert"),
    }
)
FORMS: Mapping[str, str] = MappingProxyType(
    {
        "training": to_say("training courses"),
        "advice": to_say("technical advice"),
        "exchange": to_say("exchange of experts"),
        "visits": to_say("study visits"),
        "research": to_say("joint research"),
        "equipment": to_say("equipment and material"),
        "scholarships": to_say("scholarships"),
    }
)
# By their codes, as ISO 639 gives them.
LANGUAGES = (
    "ar", "bn", "en", "es", "fa", "fr", "ha", "hi", "id", "km", "lo", "ms", "my", "ne", "pt", "ru", "si",
    "sw", "th", "tr", "ur", "vi", "zh",
)  # fmt: skip
LONGEST_TITLE, LONGEST_LINE, LONGEST_PROSE = 200, 300, 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an entry says; `institution` is the number of the entry of the one it belongs to.

    The title of an expert is the name. `capacity` and `forms` are an institution's, `roles` and
    `availability` an expert's.
    """

    title: str
    summary: str
    areas: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    institution: int | None = None
    forms: tuple[str, ...] = ()
    capacity: str = ""
    roles: str = ""
    availability: str = ""

    def written(self) -> str:
        """The content as text, always the same for the same content."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> "Content":
        """The content that a text says."""
        told: dict[str, Any] = json.loads(text)
        known = {each.name for each in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in told.items()
            if name in known
        }
        return cls(**values)

    @property
    def fields(self) -> dict[str, Any]:
        """What it says, each under its name."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @property
    def facets(self) -> frozenset[tuple[str, str]]:
        """What it is found by, each with which list it is of."""
        lists = {
            "area": self.areas,
            "goal": self.goals,
            "language": self.languages,
            "form": self.forms,
        }
        return frozenset((name, value) for name, values in lists.items() for value in values)

    @property
    def searched(self) -> str:
        """Its words, folded, to be looked for."""
        words = (self.title, self.summary, self.capacity, self.roles, self.availability)
        return fold(" ".join(words))


def checked(kind: str, content: Content) -> Content:
    """The content as it is kept; refuses at its field what is missing, unknown or of another kind."""
    if kind not in KINDS:
        said = phrase("An entry is a solution, an institution or an expert.")
        raise Invalid(said, {"kind": said})
    kept = _kept(content)
    faults = {**_missing(kind, kept), **_too_long(kept), **_of_others(kind, kept), **_unknown(kept)}
    if faults:
        raise Invalid(phrase("Something is missing of the entry, or does not fit."), faults)
    return kept


def _kept(content: Content) -> Content:
    return Content(
        title=kept_line(content.title, "title"),
        summary=kept_prose(content.summary, "summary"),
        areas=_once(content.areas),
        goals=_once(content.goals),
        languages=_once(content.languages),
        institution=content.institution,
        forms=_once(content.forms),
        capacity=kept_line(content.capacity, "capacity"),
        roles=kept_prose(content.roles, "roles"),
        availability=kept_line(content.availability, "availability"),
    )


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(values), key=lambda each: (len(each), each)))


def _missing(kind: str, kept: Content) -> dict[str, Phrase]:
    wanted = {
        "title": phrase("Say what it is called."),
        "summary": phrase("Say in some sentences what is shared."),
        "areas": phrase("Choose one area at least."),
        "languages": phrase("Choose one language at least."),
    }
    if kind == INSTITUTION:
        wanted["forms"] = phrase("Choose one form of cooperation at least.")
        wanted["capacity"] = phrase("Say for how much there is room, such as trainees in a year.")
    if kind == EXPERT:
        wanted["availability"] = phrase("Say when the expert is available.")
    return {name: said for name, said in wanted.items() if not getattr(kept, name)}


def _too_long(kept: Content) -> dict[str, Phrase]:
    longest = {
        "title": LONGEST_TITLE,
        "summary": LONGEST_PROSE,
        "capacity": LONGEST_LINE,
        "roles": LONGEST_PROSE,
        "availability": LONGEST_LINE,
    }
    return {
        name: phrase("Make it shorter: at most %(most)s characters.", most=most)
        for name, most in longest.items()
        if len(getattr(kept, name)) > most
    }


def _of_others(kind: str, kept: Content) -> dict[str, Phrase]:
    """What belongs to another kind of entry."""
    owners = {
        "forms": INSTITUTION,
        "capacity": INSTITUTION,
        "roles": EXPERT,
        "availability": EXPERT,
    }
    faults = {
        name: phrase("This is said of entries of another kind.")
        for name, owner in owners.items()
        if kind != owner and getattr(kept, name)
    }
    if kind == INSTITUTION and kept.institution is not None:
        faults["institution"] = phrase("An institution belongs to no other one here.")
    return faults


def _unknown(kept: Content) -> dict[str, Phrase]:
    known = {
        "areas": {key for key, _ in choices("areas")},
        "goals": {key for key, _ in choices("sdg_goals")},
        "languages": set(LANGUAGES),
        "forms": set(FORMS),
    }
    return {
        name: phrase("%(value)s is not on the list.", value=f"{strange[0]!r:.60}")
        for name, values in known.items()
        if (strange := [each for each in getattr(kept, name) if each not in values])
    }
