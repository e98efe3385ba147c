"""The manifest of heads: that the end of the history was not cut off."""

from __future__ import annotations

from workflow.dossiers.verifier.checking import Examination
from workflow.dossiers.verifier.reporting import UNANCHORED


def check_heads(exam: Examination) -> None:
    """The last events of the case are those that the log stated as its end, or come after them."""
    if "heads/event.json" not in exam.parcel:
        exam.report.fault(
            UNANCHORED, "No statement of heads covers this case yet: a cut end would not be seen."
        )
