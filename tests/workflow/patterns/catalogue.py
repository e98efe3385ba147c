"""The 43 workflow resource patterns by number and name, and those that are refused.

The names are those of the Workflow Patterns Initiative (Russell, ter Hofstede, Edmond, van der
Aalst). A pattern is demonstrated by the test `test_wrp_NN_…` in this folder, or refused here, with the reason.
"""

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


REFUSED: dict[int, str] = {
    6: "Carrying a file gives no authority to sign; each step asks an office of its own.",
    7: "A round opened anew asks its office, whoever holds it by then; having read it before is no title.",
    8: "Competence is an appointment: a role, with dates, that somebody answers for; no tags beside it.",
    9: "Choosing signatories by their record would rank people and bend the rule.",
    15: "The engine draws no lots: an office is asked, and its people choose.",
    16: "The engine takes no turns among people: an office is asked, and they choose.",
    17: "The engine weighs nobody's load: an office is asked, and its people choose.",
    18: "Nobody is asked ahead of time about a text that can still change.",
    31: "What was filed and said stays visible; nobody decides from a blank form.",
    35: "A signature covers the text of a round that asks for it, never one to come.",
    37: "The clock runs for all alike from the opening; naming somebody neither starts nor resets it.",
    39: "A receipt offers what waits next and starts nothing: each person opens each text themselves.",
    40: "That a seat waits is open to all who may know of the case, in every definition alike.",
    41: "Who holds a seat and what they answered is open likewise: a hidden signature binds nobody.",
    43: "Who is asked is frozen with the round, so that nobody adds seats to win it; it opens anew.",
}


def patterns() -> dict[int, tuple[str, str]]:
    """Each number with the group and name of its pattern."""
    named = [(group, name) for group, names in GROUPS.items() for name in names]
    return dict(enumerate(named, 1))
