"""A budget that would overdraw the envelope of its framework, refused unless the Director recorded why."""

from sqlalchemy.orm import Session

from workflow.frameworks.envelopes import Overdraft, overdraft
from workflow.ledger.accounts import MoneyAct, Movement
from workflow.ledger.wishes import refused_at
from workflow.phrase import Phrase, phrase
from workflow.reference import reference

SOURCES = {
    "regular": phrase("regular resources"),
    "pivotal": phrase("pivotal countries"),
    "triangular": phrase("triangular partners"),
    "other": phrase("funds and others"),
}


def refuse_beyond_envelope(session: Session, case_id: int, movement: Movement) -> None:
    """Refuse at its amount a budget that takes more than is free in an area, or of a source, of the framework.

    What was certified by now counts. An envelope that was not adopted by source and area binds nobody.
    """
    if movement.act is not MoneyAct.BUDGET or movement.usd <= 0:
        return
    found = overdraft(session, case_id, movement.account.source, movement.usd)
    if found is not None:
        raise refused_at("amount", _said(found))


def _said(found: Overdraft) -> Phrase:
    parts = {"framework": found.framework, "free": f"{max(found.free, 0):,.2f}"}
    if found.source:
        return phrase(
            "The envelope of %(framework)s has %(free)s US dollars free of %(source)s. Take less, or have "
            "the Director record there why it is overdrawn.",
            source=SOURCES[found.source],
            **parts,
        )
    known = reference().areas.get(found.area)
    return phrase(
        "The envelope of %(framework)s has %(free)s US dollars free for “%(area)s”. Take less, or have "
        "the Director record there why it is overdrawn.",
        area=known.label if known else found.area,
        **parts,
    )
