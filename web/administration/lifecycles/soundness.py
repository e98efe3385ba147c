"""What is wrong with the text of a draft, at its lines."""

from dataclasses import dataclass

from web.access import engine, now
from workflow.errors import Fault, FaultyFile
from workflow.lifecycles import soundness
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_text
from workflow.phrase import Phrase
from workflow.programmes.contract import refuse_unfit
from workflow.publication import kin
from workflow.publication.lines import FaultyLine, faulty_lines

AROUND = 1


@dataclass(frozen=True, slots=True)
class Checked:
    """A text as it was checked: the lifecycle that it says, or everything that is wrong with it.

    `warnings` are what a sound lifecycle asks of the house that may be more than it has.
    """

    definition: Definition | None
    faults: tuple[FaultyLine, ...] = ()
    warnings: tuple[Phrase | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A fault with the lines around it, each with its number."""

    fault: FaultyLine
    lines: tuple[tuple[int, str], ...]


def checked(text: str, name: str) -> Checked:
    """What the text of a file of this name says, fit for programmes, or what is wrong with it."""
    try:
        definition = from_text(text, name)
        refuse_unfit(definition, name)
        with engine().reading() as session:
            kin.refuse_unfit(session, definition, name, now())
    except FaultyFile as refusal:
        return Checked(None, faulty_lines(text, refusal.faults, name))
    return Checked(definition, warnings=tuple(map(_said, soundness.warnings(definition))))


def _said(warning: Fault | Phrase | str) -> Phrase | str:
    return warning.said if isinstance(warning, Fault) else warning


def passages(text: str, faults: tuple[FaultyLine, ...]) -> tuple[Passage, ...]:
    """Each fault with the lines around the one at which it stands."""
    lines = text.splitlines()
    return tuple(
        Passage(
            each,
            tuple(
                (number, lines[number - 1])
                for number in range(each.line - AROUND, each.line + AROUND + 1)
                if 1 <= number <= len(lines)
            ),
        )
        for each in faults
    )
