"""What a lesson is found by, in the words of the page: its language, its modality and its goals."""

from collections.abc import Callable, Iterable, Mapping

from flask_babel import gettext

from web.filters import country, language, word
from web.wording import area_label
from workflow.programmes.outline import MODALITIES
from workflow.reference import reference


def language_name(code: str) -> str:
    """A language by its code, in the language of the page: French."""
    found = language().languages.get(code)
    return str(found).capitalize() if found else gettext("Another language")


def modality_name(key: str) -> str:
    """A modality in our words; an imported one may have its own."""
    return word(MODALITIES.get(key, key))


def goal_name(key: str) -> str:
    """A goal by its number: SDG 3."""
    return key.upper().replace("-", " ")


def goal_title(key: str) -> str:
    """What a goal is about."""
    scheme, _, number = key.partition("-")
    return (
        word(reference().goals.get(scheme, {}).get(int(number), "")) if number.isdecimal() else ""
    )


SAID: Mapping[str, Callable[[str], str]] = {
    "area": area_label,
    "goal": lambda key: f"{goal_name(key)} {goal_title(key)}",
    "country": country,
    "modality": modality_name,
    "language": language_name,
    "year": str,
}


def options(found: Mapping[str, Iterable[str]], kind: str) -> list[tuple[str, str]]:
    """The values of one filter with what they are called, by that; goals and years by their numbers."""
    said = [(key, SAID[kind](key)) for key in found.get(kind, ())]
    if kind == "goal":
        return sorted(said, key=lambda each: (each[0][:3] != "sdg", int(each[0][4:])))
    if kind == "year":
        return sorted(said, reverse=True)
    return sorted(said, key=lambda each: each[1])
