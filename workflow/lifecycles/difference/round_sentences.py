"""The sentences in which a change of a round and of where it leads is told."""

from collections.abc import Mapping
from typing import Any

from workflow.lifecycles.definition import RoundSpec, Target
from workflow.lifecycles.difference.field_words import FieldWords
from workflow.phrase import phrase

_ROUND: Mapping[str, FieldWords] = {
    "label": FieldWords(phrase("The round %(thing)s is now called “%(now)s”."), words=True),
    "asks": FieldWords(
        phrase("%(thing)s now asks people to “%(now)s”; it was “%(before)s”."), words=True
    ),
    "states": FieldWords(
        phrase("The round %(thing)s now belongs to %(now)s; it belonged to %(before)s."),
        names="state",
    ),
    "opens": FieldWords(phrase("The round %(thing)s now opens %(now)s; it opened %(before)s.")),
    "text": FieldWords(
        phrase("The round %(thing)s now decides over %(now)s; it decided over %(before)s."),
        phrase("The round %(thing)s now decides over no text; it decided over %(before)s."),
        names="document",
        first=phrase("The round %(thing)s now decides over %(now)s; it decided over no text."),
    ),
    "within": FieldWords(
        phrase("The round %(thing)s may now be answered for %(now)s; it was %(before)s."),
        phrase("The round %(thing)s may now be answered without an end; it was for %(before)s."),
        first=phrase(
            "The round %(thing)s may now be answered for %(now)s; it had no such end before."
        ),
    ),
    "at_due": FieldWords(
        phrase("When the time of %(thing)s is up, it now comes to %(now)s; it was %(before)s."),
        phrase("When the time of %(thing)s is up, nothing happens now; it came to %(before)s."),
        first=phrase(
            "When the time of %(thing)s is up, it now comes to %(now)s; nothing happened."
        ),
    ),
    "if_silent": FieldWords(
        phrase(
            "What happens if nobody answers %(thing)s is now said as “%(now)s”; it was “%(before)s”."
        ),
        words=True,
    ),
    "appoints": FieldWords(
        phrase("Who takes part once %(thing)s is settled is now %(now)s; it was %(before)s."),
        phrase("Nobody comes to take part any more once %(thing)s is settled; it was %(before)s."),
        first=phrase("Once %(thing)s is settled there now takes part, %(now)s; nobody did."),
    ),
    "after_round": FieldWords(
        phrase("%(thing)s now waits for %(now)s; it waited for %(before)s."),
        phrase("%(thing)s now waits for no other round; it waited for %(before)s."),
        names="round",
        first=phrase("%(thing)s now waits for %(now)s; it waited for no other round."),
    ),
    "source": FieldWords(
        phrase("The source of the round %(thing)s is now %(now)s; it was %(before)s."), words=True
    ),
    "remind": FieldWords(
        phrase(
            "Whoever has not answered %(thing)s is now reminded so many days before the end: %(now)s; it was %(before)s."
        ),
        phrase("Whoever has not answered %(thing)s is reminded no longer."),
        first=phrase(
            "Whoever has not answered %(thing)s is now reminded so many days before the end: %(now)s; nobody was."
        ),
    ),
    "escalate": FieldWords(
        phrase("The lateness of %(thing)s is now told to %(now)s; it was told to %(before)s."),
        phrase("The lateness of %(thing)s is now told to nobody; it was told to %(before)s."),
        first=phrase("The lateness of %(thing)s is now told to %(now)s; it was told to nobody."),
    ),
    "opened_by": FieldWords(
        phrase("%(thing)s may now be opened by %(now)s; it could be opened by %(before)s."),
        phrase("%(thing)s may now be opened by those who decide in it alone, not by %(before)s."),
        first=phrase("%(thing)s may now be opened by %(now)s; those who decide in it could."),
    ),
    "declares": FieldWords(
        phrase(
            "Before the papers of %(thing)s an interest is now declared by %(now)s; it was declared by %(before)s."
        ),
        phrase("Before the papers of %(thing)s nobody declares an interest now; %(before)s did."),
        names="role",
        first=phrase(
            "Before the papers of %(thing)s an interest is now declared by %(now)s; nobody did."
        ),
    ),
    "assigned_by": FieldWords(
        phrase(
            "Who answers %(thing)s may now be named by %(now)s; it could be named by %(before)s."
        ),
        phrase("Who answers %(thing)s may now be named by nobody; %(before)s could."),
        first=phrase("Who answers %(thing)s may now be named by %(now)s; nobody could name it."),
    ),
    "answered_by": FieldWords(
        phrase(
            "%(thing)s is now answered by whoever is named in %(now)s; it was whoever is in %(before)s."
        ),
        phrase("%(thing)s is no longer answered by whoever is named in %(before)s alone."),
        first=phrase("%(thing)s is now answered by whoever is named in %(now)s alone."),
    ),
    "lasting": FieldWords(
        phrase("What was answered in %(thing)s now stands where the text is changed afterwards."),
        phrase("What was answered in %(thing)s is now void where the text is changed afterwards."),
    ),
    "invited_by": FieldWords(
        phrase("Whom %(thing)s asks is now composed in %(now)s; it was composed in %(before)s."),
        phrase("Whom %(thing)s asks is composed nowhere now; it was in %(before)s."),
        names="round",
        first=phrase("Whom %(thing)s asks is now composed in %(now)s; it was composed nowhere."),
    ),
    "unread_by": FieldWords(
        phrase(
            "What is answered in %(thing)s is kept from %(now)s before the decision now; it was kept from %(before)s."
        ),
        phrase(
            "What is answered in %(thing)s is kept from nobody who takes part now; it was kept from %(before)s."
        ),
        first=phrase(
            "What is answered in %(thing)s is kept from %(now)s before the decision now; it was kept from nobody who takes part."
        ),
    ),
    "escalated_by": FieldWords(
        phrase("%(thing)s may now be brought up by %(now)s; it could be brought up by %(before)s."),
        phrase("%(thing)s may now be brought up by nobody; it could be by %(before)s."),
        first=phrase("%(thing)s may now be brought up by %(now)s; nobody could bring it up."),
    ),
    "extension": FieldWords(
        phrase("The end of %(thing)s may now be put off %(now)s; it could be put off %(before)s."),
        phrase("The end of %(thing)s may not be put off now; it could be %(before)s."),
        first=phrase("The end of %(thing)s may now be put off %(now)s; it could not be."),
    ),
    "open_to": FieldWords(
        phrase("What is answered in %(thing)s is now open to %(now)s; it was open to %(before)s.")
    ),
    "footing": FieldWords(
        phrase("%(thing)s is now possible on what is %(now)s; it was on what is %(before)s.")
    ),
    "window": FieldWords(
        phrase("%(thing)s is now answered %(now)s alone; it was %(before)s."),
        phrase("%(thing)s is now answered all the year; it was %(before)s alone."),
        first=phrase("%(thing)s is now answered %(now)s alone; it was all the year."),
    ),
    "session": FieldWords(
        phrase("%(thing)s now ends %(now)s; it was %(before)s."),
        phrase("%(thing)s now ends at no session; it was %(before)s."),
        first=phrase("%(thing)s now ends %(now)s; it ended at no session."),
    ),
    "due_on": FieldWords(
        phrase("%(thing)s is now due on the day in %(now)s; it was on that in %(before)s."),
        phrase("%(thing)s is no longer due on a day that a document says; it was %(before)s."),
        first=phrase("%(thing)s is now due on the day in %(now)s; no document said it."),
    ),
    "fewer": FieldWords(
        phrase("%(thing)s now opens where %(now)s are left; it was %(before)s."),
        phrase("%(thing)s no longer opens as parties leave; it was where %(before)s were left."),
        first=phrase("%(thing)s now opens where %(now)s are left as a party leaves."),
    ),
    "stops": FieldWords(
        phrase("%(thing)s now stops the clock of %(now)s; it stopped that of %(before)s."),
        phrase("%(thing)s now stops no clock; it stopped that of %(before)s."),
        names="round",
        first=phrase("%(thing)s now stops the clock of %(now)s; it stopped none."),
    ),
    "waits_for": FieldWords(
        phrase("%(thing)s now waits for child cases: %(now)s; it waited for: %(before)s."),
        phrase("%(thing)s now waits for no child case; it waited for: %(before)s."),
        first=phrase("%(thing)s now waits for child cases: %(now)s; it waited for none."),
    ),
    "checklist": FieldWords(
        phrase(
            "Before anybody is for %(thing)s there now has to be so: %(now)s; it was: %(before)s."
        ),
        phrase("Before anybody is for %(thing)s no list has to be met now; it was: %(before)s."),
        first=phrase(
            "Before anybody is for %(thing)s there now has to be so: %(now)s; no list did."
        ),
    ),
    "facts": FieldWords(
        phrase("The facts of a case are settled in %(thing)s now %(now)s; it was %(before)s."),
        phrase("The facts of a case are no longer settled in %(thing)s; it was %(before)s."),
        first=phrase("The facts of a case are now settled in %(thing)s, %(now)s; they were not."),
    ),
}
_TARGET: Mapping[str, FieldWords] = {
    "state": FieldWords(
        phrase("%(thing)s now leads to %(now)s; it led to %(before)s."),
        phrase("%(thing)s now leads to no other state; it led to %(before)s."),
        names="state",
        first=phrase("%(thing)s now leads to %(now)s; it led to no other state."),
    ),
    "opens": FieldWords(
        phrase("%(thing)s now opens %(now)s; it opened %(before)s."),
        phrase("%(thing)s now opens no round; it opened %(before)s."),
        names="round",
        first=phrase("%(thing)s now opens %(now)s; it opened no round."),
    ),
    "reopens": FieldWords(
        phrase("%(thing)s now opens %(now)s again; it opened %(before)s again."),
        phrase("%(thing)s now opens nothing again; it was %(before)s."),
        names="round",
        first=phrase("%(thing)s now opens %(now)s again; it opened nothing again."),
    ),
    "branches": FieldWords(
        phrase("%(thing)s now leads elsewhere: %(now)s; it was: %(before)s."),
        phrase("%(thing)s now leads nowhere else on a condition; it was: %(before)s."),
        first=phrase("%(thing)s now leads elsewhere: %(now)s; it was on no condition."),
    ),
    "children": FieldWords(
        phrase("%(thing)s now opens the child cases %(now)s; it opened %(before)s."),
        phrase("%(thing)s now opens no child case; it opened %(before)s."),
        names="child",
        first=phrase("%(thing)s now opens the child cases %(now)s; it opened none."),
    ),
    "becomes": FieldWords(
        phrase("By %(thing)s a record now becomes %(now)s; it became %(before)s."),
        phrase("By %(thing)s a record now stays what it is; it became %(before)s."),
        first=phrase("By %(thing)s a record now becomes %(now)s; it stayed what it was."),
    ),
}
ROUNDS: Mapping[type[Any], Mapping[str, FieldWords]] = {RoundSpec: _ROUND, Target: _TARGET}
