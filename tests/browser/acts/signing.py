"""Finding a programme in the queue and answering for one's office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from tests.browser.walker import Walker
from tests.browser.walkers import Walkers
from tests.support.pages.somebody import Somebody
from tests.support.sizes import LASTING
from workflow.demo.play import Play

Person = TypeVar("Person", bound=Somebody)


@dataclass(frozen=True, slots=True)
class Life:
    """A programme that its people bring on its way, in their browsers."""

    walkers: Walkers
    play: Play
    title: str
    ref: str

    def as_(self, key: str) -> Walker:
        """The person with this key."""
        return self.walkers.as_(key)

    def sign(self, who: str, words: str, party: str, *, reason: str = "") -> Walker:
        """Have a person find the programme in the queue and answer in these words."""
        return sign(self.as_(who), self.title, words, party, reason=reason)

    def sign_all(
        self, seats: Sequence[tuple[str, str]], words: str, *, as_key: tuple[str, str]
    ) -> Walker:
        """Have the people of a round answer alike: the first and the last of them in their browsers.

        Whoever comes between gives the same answer by the command behind that form, `as_key` its round
        and verdict; in a long proof they use it as well.
        """
        first, *between, last = seats
        for who, party in (first, *(between if LASTING else ())):
            self.sign(who, words, party)
        self.play.clock.at = datetime.now(UTC)
        for who, _ in () if LASTING else between:
            self.play.answer(self.ref, as_key[0], who, as_key[1])
        return self.sign(last[0], words, last[1])


def find_in_queue(walker: Person, title: str) -> Person:
    """Open the queue and follow the programme's title to the page to decide on."""
    return walker.open("/queue").follow(title)


def sign(
    walker: Person, title: str, verdict: str, party: str, *, reason: str = "", refused: int = 0
) -> Person:
    """Find the programme in the queue, choose a verdict and sign for a party."""
    find_in_queue(walker, title).choose(verdict)
    if reason:
        walker.fill("Reason", reason)
    walker.press(f"Sign as {party}", refused=refused)
    return walker if refused else walker.reads("What was recorded", verdict)


def declare(walker: Person, title: str) -> Person:
    """Say to have no interest; only then are the papers shown."""
    find_in_queue(walker, title).reads("The papers are shown to you once you have said")
    return walker.choose("I have no interest in this programme").press("Declare")


def change(walker: Person, address: str, verdict: str, party: str, *, reason: str = "") -> Person:
    """Give another answer on a seat that has been answered, as long as the round is open."""
    walker.open(address).choose(verdict).fill("Reason", reason)
    return walker.press(f"Change your answer as {party}").reads("in place of an earlier answer")
