"""What is refused of a text as it is filed, and the tables that follow what was, whichever room keeps them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from workflow.approaches import faults as approaches
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lead_groups import faults as lead_groups
from workflow.ledger.promise_acts import agreed_terms
from workflow.ledger.promise_acts.by_agreement import promised
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.meetings import faults as meetings
from workflow.partners import filed_texts as partners
from workflow.phrase import Phrase
from workflow.programmes.approaches import lines as approach_lines
from workflow.programmes.lead_groups.changes import take_change
from workflow.programmes.meetings import lines as meeting_lines
from workflow.programmes.training import page as training
from workflow.results import filed_texts as results


def unfit(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    content: Mapping[str, Any],
) -> Mapping[str, Phrase]:
    """What of a text cannot be kept, by field."""
    return {
        **results.unfit(session, definition, case_id, kind, content),
        **agreed_terms.unfit(definition, kind, content),
        **approaches.unfit(session, definition, case_id, kind, content),
        **meetings.unfit(session, definition, case_id, kind, content),
        **training.unfit(session, definition, case_id, kind, content),
        **lead_groups.unfit(session, definition, kind, content),
    }


def signed_below(work: UnitOfWork, case_id: int, said: Mapping[str, Any]) -> None:
    """What was signed in a case under a locked one counts there: promises of money, and changes of a lead group."""
    promised(work, case_id, said)
    take_change(work, case_id, said)


def follow(session: Session, definition: Definition, case_id: int) -> None:
    """Have the tables follow what was filed on a case."""
    partners.bring(session, definition, case_id)
    results.follow(session, definition, case_id)
    approach_lines.follow(session, definition, case_id)
    meeting_lines.follow(session, definition, case_id)
