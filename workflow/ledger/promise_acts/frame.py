"""Who may record what was promised on the money of a case, and of which cases."""

from workflow.engine.permissions import visibility
from workflow.engine.permissions.check import not_on
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised
from workflow.ledger.duties import ActingOffice, money_duties
from workflow.phrase import Term, phrase
from workflow.vocabulary import Footing, Stage


def managed(work: UnitOfWork, person: int) -> None:
    """Refuse a case that the person may not know of, a record of elsewhere, and one that has ended."""
    visibility.visible_case(work.session, work.case.ref, person, work.now)
    if work.case.footing is not Footing.MANAGED:
        raise not_on(work.case.footing, Term(work.case.subject))
    if work.case.stage == Stage.END:
        raise Invalid(
            phrase("%(ref)s has ended; its money is no longer moved here.", ref=work.case.ref)
        )


def promising(work: UnitOfWork, person: int) -> ActingOffice:
    """The office of the house under which somebody records what was promised; refuses whoever has none."""
    managed(work, person)
    duties = money_duties(work.session, work.case, person, work.now.date(), locked=True)
    if duties.records is None:
        raise NotAuthorised(
            phrase(
                "Earmarks and payments are recorded by the finance or programme officers of the house."
            )
        )
    return duties.records
