"""What the set-up page says: one thing that is missing, a stage of the strip, and the page whole."""

from dataclasses import dataclass

from workflow.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: what, why it matters, in which stage, and where it is mended.

    `stops` says that a proposal goes no further without it; `way` names the page of the mend by a
    word, with its label in `act`; `waiting` counts seats that wait for it. What comes `later` no release has
    yet, so that nobody can mend it here.
    """

    what: Phrase
    why: Phrase
    way: str
    act: Phrase
    stage: str = ""
    step: str = ""
    stops: bool = True
    waiting: int = 0
    later: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """One stage of the strip: `stops` are the things in it that stop a proposal."""

    stage: str
    stops: tuple[Lack, ...]


@dataclass(frozen=True, slots=True)
class SetupPage:
    """The strip, what stops a proposal, what can wait, what is done, and what no release has yet."""

    reach: tuple[Reach, ...] = ()
    stopping: tuple[Lack, ...] = ()
    can_wait: tuple[Lack, ...] = ()
    done: tuple[Phrase, ...] = ()
    later: tuple[Lack, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, so that the page can go."""
        return not self.stopping and not self.can_wait
