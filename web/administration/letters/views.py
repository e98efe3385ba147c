"""Letters: how each kind is worded in each language, seen on a real case before it is kept."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session

from web.access import engine, role
from web.administration.acts import done, say
from web.administration.letters.forms import WordingForm
from web.administration.letters.previews import of_account, of_notice, renderer
from web.administration.sections import OfficeRoom, Section
from web.intake.spoken import SPOKEN
from workflow.errors import Invalid
from workflow.notices.account_letters import places
from workflow.notices.placeholders import shown
from workflow.notices.templates import LetterWords, checked, in_force, versions, word_letter
from workflow.notices.vocabulary import AccountLetter, NoticeKind
from workflow.people.accounts.details import LANGUAGES
from workflow.vocabulary import ADMINISTRATOR

bp = OfficeRoom(
    "letter_words",
    __name__,
    "letters",
    Section(
        "letter_words.index",
        lazy_gettext("Letters"),
        lazy_gettext("How letters are worded, in six languages"),
        "mail",
        70,
    ),
)

KINDS: Mapping[NoticeKind | AccountLetter, LazyString] = {
    NoticeKind.SEAT_OPENED: lazy_gettext("An answer is asked"),
    NoticeKind.ROUND_SETTLED: lazy_gettext("Something is decided"),
    NoticeKind.SIGNOFF_VOIDED: lazy_gettext("A sign-off became void"),
    NoticeKind.REMINDER: lazy_gettext("An answer will soon be due"),
    NoticeKind.ESCALATION: lazy_gettext("Something is late"),
    NoticeKind.SILENCE_OPENED: lazy_gettext("A silence opened"),
    NoticeKind.SILENCE_ENDS: lazy_gettext("A silence will soon end"),
    NoticeKind.END_MOVED: lazy_gettext("An end moved"),
    NoticeKind.MOVE_FOLLOWS: lazy_gettext("Everybody has answered"),
    NoticeKind.WAIT_OVER: lazy_gettext("A wait is over"),
    NoticeKind.BLOCKED: lazy_gettext("What blocks, each month"),
    NoticeKind.MONEY_WAITS: lazy_gettext("Money waits to be certified"),
    NoticeKind.MONEY_REMINDER: lazy_gettext("Money has waited to be certified"),
    NoticeKind.MONEY_LATE: lazy_gettext("Money has waited for long"),
    NoticeKind.MONEY_DECLINED: lazy_gettext("Money was not certified"),
    NoticeKind.PAYMENT_DUE: lazy_gettext("A payment will soon be due"),
    NoticeKind.PAYMENT_LATE: lazy_gettext("A payment is late"),
    NoticeKind.LEAD_ENDS: lazy_gettext("A country that leads gave notice"),
    NoticeKind.MENTIONED: lazy_gettext("Somebody speaks to you in a discussion"),
    AccountLetter.LINK: lazy_gettext("Somebody may choose a password"),
    AccountLetter.ASKED: lazy_gettext("Another address is asked for"),
    AccountLetter.MOVED: lazy_gettext("An address was changed"),
}
_BY_NAME = {each.value: each for each in KINDS}


@bp.get("")
@role(ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Every kind of letter in every language, with those that the house words itself."""
    with engine().reading() as session:
        own = {(each.kind, each.language): each.version for each in in_force(session)}
    return render_template("administration/letters/index.html", kinds=KINDS, spoken=SPOKEN, own=own)


@bp.get("/<kind>/<language>")
@role(ADMINISTRATOR)
def show(kind: str, language: str) -> ResponseReturnValue:
    """How one kind of letter is worded in one language, on a real case."""
    now_said = _now_said(_letter(kind, language))
    form = WordingForm(None, data={"subject": now_said.subject, "body": now_said.body})
    return _shown(now_said, form)


@bp.post("/<kind>/<language>")
@role(ADMINISTRATOR)
def keep(kind: str, language: str) -> ResponseReturnValue:
    """Keep the words as a new version, or only see them on a real case."""
    letter, form = _letter(kind, language), WordingForm()
    words = replace(letter, subject=form.subject.data or "", body=form.body.data or "")
    if "see" in request.form:
        return _previewed(words, form)

    def kept(session: Session, by: int, at: datetime) -> None:
        word_letter(session, words, by=by, now=at)

    if not done(form, kept):
        return _shown(_now_said(letter), form), 422
    flash(gettext("The letters that leave from now on are worded so."))
    return redirect(url_for(".show", kind=kind, language=language), code=303)


def _previewed(words: LetterWords, form: WordingForm) -> ResponseReturnValue:
    """The page with the words as they would read; nothing is kept."""
    if form.validate_on_submit():
        try:
            words = checked(words)
        except Invalid as refusal:
            say(form, refusal)
    if form.errors or any(field.errors for field in form):
        return _shown(_now_said(words), form), 422
    return _shown(words if words.body else _standard(words), form)


def _letter(kind: str, language: str) -> LetterWords:
    if kind not in _BY_NAME or language not in LANGUAGES:
        abort(404)
    return LetterWords(kind, language, "", "")


def _now_said(letter: LetterWords) -> LetterWords:
    """The words in force, or the standard ones."""
    with engine().reading() as session:
        found = next(iter(versions(session, letter.kind, letter.language)), None)
    return found if found is not None and found.body else _standard(letter)


def _standard(letter: LetterWords) -> LetterWords:
    subject, body = renderer().standard(_BY_NAME[letter.kind], letter.language)
    return replace(letter, subject=subject, body=body)


def _shown(words: LetterWords, form: WordingForm) -> str:
    kind = _BY_NAME[words.kind]
    seen = of_account(kind, words) if isinstance(kind, AccountLetter) else of_notice(kind, words)
    with engine().reading() as session:
        kept = versions(session, words.kind, words.language)
    return render_template(
        "administration/letters/show.html",
        words=words,
        form=form,
        kept=kept,
        title=KINDS[kind],
        language=SPOKEN[words.language],
        seen=seen,
        known=shown(places(words.kind)),
    )
