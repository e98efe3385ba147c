"""To whom a lifecycle opens what is said and filed on a case: the words in which it declares that."""

from enum import StrEnum

from workflow.vocabulary import Stage

# In these stages a programme is carried out, so it has been decided on.
DECIDED_STAGES = frozenset({Stage.IMPLEMENTATION, Stage.EVALUATION})


class Openness(StrEnum):
    """Who may read something once it was sent: each opens it to more people than the one before."""

    AUDITORS = "auditors"
    PARTICIPANTS = "participants"
    AFTER_DECISION = "everybody after the decision"
    EVERYBODY = "everybody"

    def wider_than(self, other: "Openness") -> bool:
        """Whether it opens something to more people than another one."""
        order = list(Openness)
        return order.index(self) > order.index(other)


# What a file may say; who looked at what is nobody's to open.
DECLARED = (Openness.PARTICIPANTS, Openness.AFTER_DECISION, Openness.EVERYBODY)
# Where a file does not say: texts open with the decision, answers never do.
OF_TEXTS, OF_ANSWERS = Openness.AFTER_DECISION, Openness.PARTICIPANTS


class Reads(StrEnum):
    """What holding a role of a party that takes part in a case lets somebody read of it."""

    TAKING_PART = "taking part"
    FACTS = "facts"
