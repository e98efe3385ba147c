"""What an office with one administrator lacks: somebody who confirms, helps, and sees."""

from collections.abc import Iterator

from workflow.offices.facts import SetupFacts
from workflow.offices.lacks import Lack
from workflow.phrase import Phrase, counted, phrase
from workflow.vocabulary import ADMINISTRATOR, HOUSE, Stage


def administrators(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """One administrator alone cannot confirm, nor be helped if the password is lost."""
    if facts.administrators >= 2:
        yield counted("%(num)s administrator", "%(num)s administrators", facts.administrators)
        return
    if facts.two:
        yield Lack(
            phrase("A second administrator"),
            phrase(
                "This installation has acts take two administrators, and one alone makes no second: "
                "they wait for nobody until the second is entered on the machine."
            ),
            "terminal",
            phrase("primemover user add EMAIL --name NAME --administrator"),
            Stage.PROPOSAL,
        )
        return
    yield Lack(
        phrase("A second administrator"),
        phrase("If the only one leaves or loses the password, nobody can appoint anybody."),
        f"appoint:{ADMINISTRATOR}:{HOUSE}",
        phrase("Appoint somebody"),
        stops=False,
    )


def unseen(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """One administrator alone, without mail, can invent a holder of an office and act as them."""
    if facts.administrators >= 2 or facts.mail:
        return
    yield Lack(
        phrase("Nobody sees whom the only administrator appoints"),
        phrase(
            "Without mail the links to passwords are shown to whoever makes them, so one alone could "
            "enter somebody, appoint them and act for them. Auditors read of each such appointment "
            "that there was no second administrator."
        ),
        f"appoint:{ADMINISTRATOR}:{HOUSE}",
        phrase("Appoint a second one"),
        stops=False,
    )
