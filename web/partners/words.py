"""How partners stand, and what kinds they are, in words."""

from web.sentences.catalogue import said
from workflow.partners.lists import PartnerStanding
from workflow.phrase import to_say

STANDINGS = {
    PartnerStanding.VETTED: to_say("vetted"),
    PartnerStanding.SOON: to_say("to be renewed"),
    PartnerStanding.LAPSED: to_say("not vetted any more"),
    PartnerStanding.REFUSED: to_say("refused"),
    PartnerStanding.UNDECIDED: to_say("not vetted yet"),
}
TONES = {
    PartnerStanding.VETTED: "done",
    PartnerStanding.SOON: "soon",
    PartnerStanding.LAPSED: "late",
    PartnerStanding.REFUSED: "late",
    PartnerStanding.UNDECIDED: "quiet",
}


def standing_called(standing: PartnerStanding) -> str:
    """How a partner stands, in the language of the page."""
    return said(STANDINGS[standing])


def standing_tone(standing: PartnerStanding) -> str:
    """The colour in which that is told."""
    return TONES[standing]
