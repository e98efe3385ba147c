"""What an office needs beside its people: mail, a witness outside, and how those who sign are known."""

from collections.abc import Iterator

from workflow.offices.facts import SetupFacts
from workflow.offices.lacks import Lack
from workflow.phrase import Phrase, counted, phrase


def mail(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Letters leave the house."""
    if facts.mail:
        yield phrase("mail")
        return
    yield Lack(
        phrase("Mail does not leave the house"),
        phrase(
            "Notices are seen only by who signs in, and links to a password are shown to administrators, who give them on by hand."
        ),
        "health",
        phrase("See health"),
        stops=False,
    )


def witness(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Somebody outside keeps signed checkpoints."""
    if facts.witness:
        yield phrase("a witness")
        return
    yield Lack(
        phrase("A witness outside the house"),
        phrase(
            "Until somebody else keeps checkpoints, nobody outside can tell that the history was "
            "not rewritten as a whole."
        ),
        "anchors",
        phrase("See anchors"),
        stops=False,
    )


def second_factor(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """Whoever signs shows it by more than a password; no release does so yet, and the page says it."""
    yield Lack(
        phrase("A second factor"),
        counted(
            "This release has none: whoever signs is known by a password alone, asked for again "
            "once it was given more than %(num)s minute ago. How long is a setting of the machine.",
            "This release has none: whoever signs is known by a password alone, asked for again "
            "once it was given more than %(num)s minutes ago. How long is a setting of the machine.",
            facts.password_minutes,
        )
        if facts.password_minutes
        else phrase(
            "This release has none: whoever signs is known by a password alone, asked for at each "
            "signature."
        ),
        "signing",
        phrase("How signing works"),
        stops=False,
        later=True,
    )
