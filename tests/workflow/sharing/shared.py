"""What countries share, as tests enter it: of Brazil by its focal point, confirmed by an officer of the house."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from workflow.demo.play import Play
from workflow.sharing.content import EXPERT, INSTITUTION, SOLUTION, Content
from workflow.sharing.decide import confirm
from workflow.sharing.word import Consent, SharingWish, enter

BRAZIL, INDIA, OFFICER, HEAD = "paulo.sa", "priya.menon", "jane.okello", "elena.petrova"
TODAY = date(2026, 3, 2)
MILK = Content(
    title="Human milk banks",
    summary="Pasteurised milk for newborn children in hospitals.",
    areas=("hiv-aids",),
    goals=("3",),
    languages=("es", "pt"),
)
SCHOOL = Content(
    title="National school of public health",
    summary="Teaches nurses of the whole region.",
    areas=("hiv-aids",),
    languages=("pt",),
    forms=("training", "visits"),
    capacity="40 trainees a year",
)
NAME = "Doutora Iracema Quaresma"
IRACEMA = Content(
    title=NAME,
    summary="Thirty years of neonatal care in the Amazon.",
    areas=("hiv-aids",),
    languages=("en", "pt"),
    roles="Led the training of SSC-2019-004.",
    availability="Two months a year, from June on.",
)
WORDS = "I agree to be listed with my name. Signed: I. Quaresma, Manaus."
OF = {SOLUTION: MILK, INSTITUTION: SCHOOL, EXPERT: IRACEMA}


def consent(**changed: Any) -> Consent:
    """A consent that was given yesterday and lasts a year."""
    given = Consent(TODAY - timedelta(days=1), TODAY + timedelta(days=364), WORDS, files=True)
    return replace(given, **changed)


def entered(
    world: Play,
    kind: str = SOLUTION,
    content: Content | None = None,
    *,
    who: str = BRAZIL,
    party: str = "bra",
    agreed: Consent | None = None,
) -> int:
    """An entry that waits for a second person."""
    given = agreed or consent() if kind == EXPERT else None
    wish = SharingWish(kind, party, content or OF[kind], given)
    with world.engine.transaction() as session:
        return enter(session, wish, by=world.person(who), now=world.engine.now())


def confirmed(world: Play, number: int, wording: int = 1, *, who: str = OFFICER) -> date:
    """The wording confirmed by a second person."""
    with world.engine.transaction() as session:
        return confirm(session, number, wording, by=world.person(who), now=world.engine.now())


def listed(world: Play, kind: str = SOLUTION, content: Content | None = None, **more: Any) -> int:
    """An entry that is listed."""
    number = entered(world, kind, content, **more)
    confirmed(world, number)
    return number
