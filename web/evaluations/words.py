"""Answers, standings and criteria of evaluations in words."""

from web.sentences.catalogue import said
from workflow.evaluations.filters import ActionStanding, EvaluationList, GivenResponse
from workflow.phrase import to_say

ANSWERS = {
    GivenResponse.ACCEPTED.value: to_say("Accepted"),
    GivenResponse.PARTLY.value: to_say("Partly accepted"),
    GivenResponse.REJECTED.value: to_say("Rejected"),
}
STANDINGS = {
    ActionStanding.COMPLETED.value: to_say("Completed"),
    ActionStanding.OPEN.value: to_say("Open"),
    ActionStanding.OVERDUE.value: to_say("Overdue"),
    ActionStanding.OTHERWISE.value: to_say("Ended otherwise"),
}
CRITERIA = {
    "relevance": to_say("Relevance"),
    "coherence": to_say("Coherence"),
    "effectiveness": to_say("Effectiveness"),
    "efficiency": to_say("Efficiency"),
    "impact": to_say("Impact"),
    "sustainability": to_say("Sustainability"),
}
LISTS = {
    EvaluationList.RECOMMENDATIONS: to_say("Recommendations"),
    EvaluationList.ACTIONS: to_say("Actions"),
    EvaluationList.RATINGS: to_say("Ratings"),
}
_KNOWN = {**ANSWERS, **STANDINGS, **CRITERIA}


def evaluated_word(key: str) -> str:
    """A key of a list of evaluations in the language of the page."""
    return said(_KNOWN[key]) if key in _KNOWN else key


def list_name(of: EvaluationList) -> str:
    """What a list is called."""
    return said(LISTS[of])
