"""The 43 workflow resource patterns by number and name, and those that no test demonstrates.

The names are those of the Workflow Patterns Initiative (Russell, ter Hofstede, Edmond, van der
Aalst). A pattern is demonstrated by the test `test_wrp_NN_…` in this folder, or named here.
"""

from enum import StrEnum

GROUPS: dict[str, tuple[str, ...]] = {
    "Creation": (
        "Direct Distribution", "Role-Based Distribution", "Deferred Distribution",
        "Authorization", "Separation of Duties", "Case Handling", "Retain Familiar",
        "Capability-Based Distribution", "History-Based Distribution",
        "Organisational Distribution", "Automatic Execution",
    ),
    "Push": (
        "Distribution by Offer, Single Resource", "Distribution by Offer, Multiple Resources",
        "Distribution by Allocation, Single Resource", "Random Allocation",
        "Round Robin Allocation", "Shortest Queue", "Early Distribution",
        "Distribution on Enablement", "Late Distribution",
    ),
    "Pull": (
        "Resource-Initiated Allocation", "Resource-Initiated Execution, Allocated Work Item",
        "Resource-Initiated Execution, Offered Work Item",
        "System-Determined Work Queue Content", "Resource-Determined Work Queue Content",
        "Selection Autonomy",
    ),
    "Detour": (
        "Delegation", "Escalation", "Deallocation", "Stateful Reallocation",
        "Stateless Reallocation", "Suspension-Resumption", "Skip", "Redo", "Pre-Do",
    ),
    "Auto-start": (
        "Commencement on Creation", "Commencement on Allocation", "Piled Execution",
        "Chained Execution",
    ),
    "Visibility": (
        "Configurable Unallocated Work Item Visibility",
        "Configurable Allocated Work Item Visibility",
    ),
    "Multiple resource": ("Simultaneous Execution", "Additional Resources"),
}  # fmt: skip


class Stance(StrEnum):
    """How a pattern stands that no test demonstrates."""

    REFUSED = "refused"
    NOT_YET = "not yet"


REFUSED, NOT_YET = Stance.REFUSED, Stance.NOT_YET

UNDEMONSTRATED: dict[int, tuple[Stance, str]] = {
    6: (
        REFUSED,
        "Carrying a file gives no authority to sign; each step asks an office of its own.",
    ),
    7: (NOT_YET, "A round opened again asks the same offices, whoever holds them by then."),
    8: (NOT_YET, "Appointments carry a role and a party, no competences with dates."),
    9: (REFUSED, "Choosing signatories by their record would rank people and bend the rule."),
    14: (NOT_YET, "A seat binds an office with a due time, not yet one person of it."),
    15: (REFUSED, "The engine draws no lots: an office is asked, and its people choose."),
    16: (REFUSED, "The engine takes no turns among people: an office is asked, and they choose."),
    17: (REFUSED, "The engine weighs nobody's load: an office is asked, and its people choose."),
    18: (NOT_YET, "A round is announced when it opens, not before."),
    21: (NOT_YET, "There is no claim yet: a seat belongs to its office until it is answered."),
    22: (NOT_YET, "The start of a reading is not kept; there is no claim to begin from."),
    29: (NOT_YET, "There is no claim yet that could be given back."),
    30: (NOT_YET, "There is no claim yet that could be handed over."),
    31: (REFUSED, "What was filed and said stays visible; nobody decides from a blank form."),
    35: (REFUSED, "A signature covers the text of a round that asks for it, never one to come."),
    37: (NOT_YET, "The clock starts with the round; nobody is named after it opens."),
    39: (NOT_YET, "A receipt offers the next item of the queue; it does not start it."),
    40: (NOT_YET, "Drafts are hidden from others; a definition cannot say more than that yet."),
    41: (NOT_YET, "Answers given are seen by all who see the case; no definition hides them yet."),
    43: (NOT_YET, "Seats are frozen with the round; nobody joins one that is running."),
}


def patterns() -> dict[int, tuple[str, str]]:
    """Each number with the group and name of its pattern."""
    named = [(group, name) for group, names in GROUPS.items() for name in names]
    return dict(enumerate(named, 1))
