"""The sentences of the form pages that depend on how a document stands."""

from flask_babel import gettext, lazy_gettext

from web import filters
from workflow.programmes.documents.eligibility import ConditionStatus, Hint

CONDITIONS = {
    "countries": lazy_gettext("Two or more developing countries take part"),
    "donor": lazy_gettext("Donors join as partners; none leads or benefits"),
    "total": lazy_gettext("The budget lines add up to the total"),
    "period": lazy_gettext("The end comes after the start"),
    "letter": lazy_gettext("A letter of request is attached"),
}
MISSED = {
    "countries": lazy_gettext("Fewer than two developing countries take part"),
    "donor": lazy_gettext("A donor country leads or benefits; donors join as partners"),
    "total": lazy_gettext("The budget lines do not add up to the total"),
    "period": lazy_gettext("The end does not come after the start"),
}


def condition(hint: Hint) -> str:
    """A condition as it stands, in words."""
    if hint.standing is not ConditionStatus.UNMET:
        return str(CONDITIONS[hint.key])
    if hint.figure is not None:
        return gettext(
            "The budget lines differ from the total by %(sum)s", sum=filters.money(hint.figure)
        )
    return str(MISSED[hint.key])
