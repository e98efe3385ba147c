"""The register of one lifecycle: its versions, what was done, and what an administrator does to it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from web.access import engine, now, person, role, settings
from web.administration.acts import say
from web.administration.lifecycles.drafts import toml_file
from web.administration.lifecycles.forms import ActForm, OfferForm, RetirementForm
from web.wording import plainly
from workflow.engine.offers.current import OfferAct
from workflow.engine.published.versions import version, versions
from workflow.errors import Invalid
from workflow.publication import requests
from workflow.publication.exports import toml_of
from workflow.publication.page import RegisterPage, register_page
from workflow.publication.succession import offered_then
from workflow.publication.wishes import LifecycleWish, drafts
from workflow.vocabulary import ADMINISTRATOR

bp = Blueprint("lifecycle_register", __name__, url_prefix="/office/lifecycles/of/<key>")


@bp.get("")
@role(ADMINISTRATOR)
def show(key: str) -> ResponseReturnValue:
    """The versions, what was done to the lifecycle and what waits, with the forms of what can be done."""
    return _shown(_page(key))


@bp.post("/offer")
@role(ADMINISTRATOR)
def offer(key: str) -> ResponseReturnValue:
    """Offer a version again that was published before."""
    page, form = _page(key), OfferForm(prefix="offer-")
    form.version.choices = _versions(page)
    if not form.validate_on_submit():
        return _shown(page, offering=form), 422
    wish = LifecycleWish(
        act=OfferAct.OFFER, key=key, digest=form.version.data, starts_on=form.starts_on.data,
        why=form.why.data, seen=form.seen.data,
    )  # fmt: skip
    if not _done(form, wish):
        return _shown(page, offering=form), 422
    return redirect(url_for(".show", key=key), code=303)


@bp.post("/retirement")
@role(ADMINISTRATOR)
def retire(key: str) -> ResponseReturnValue:
    """Retire a version, or the whole lifecycle."""
    page, form = _page(key), RetirementForm(prefix="retirement-")
    form.version.choices = [("", gettext("The whole lifecycle")), *_versions(page)]
    if not form.validate_on_submit():
        return _shown(page, retiring=form), 422
    wish = LifecycleWish(
        act=OfferAct.RETIRE, key=key, digest=form.version.data or None,
        starts_on=form.starts_on.data, why=form.why.data, seen=form.seen.data,
        unless_drafts=form.unless_drafts.data,
    )  # fmt: skip
    with engine().reading() as session:
        then = offered_then(session, key, wish.digest, wish.starts_on, now())
    if not _done(form, wish):
        return _shown(page, retiring=form), 422
    if then is not None:
        flash(plainly(then))
    return redirect(url_for(".show", key=key), code=303)


@bp.get("/versions/<mark>/file")
@role(ADMINISTRATOR)
def export(key: str, mark: str) -> ResponseReturnValue:
    """A published version as a file that can be published elsewhere."""
    with engine().reading() as session:
        found = version(versions(session, engine(), key), mark).definition
    return toml_file(toml_of(found), f"{found.key}-{found.mark}.toml")


def _done(form: ActForm, wish: LifecycleWish) -> bool:
    try:
        with engine().transaction() as session:
            two = settings().four_eyes
            came = requests.carry_out(session, wish, by=person().id, now=now(), two_for=two)
    except Invalid as refusal:
        say(form, refusal)
        return False
    flash(
        gettext("It is done.")
        if came.waits is None
        else gettext("It waits for a second administrator.")
    )
    return True


def _page(key: str) -> RegisterPage:
    with engine().reading() as session:
        return register_page(session, engine(), key, person().id)


def _versions(page: RegisterPage) -> list[tuple[str, str]]:
    return [
        (each.digest, gettext("Version %(version)s", version=each.version))
        for each in page.versions
    ]


def _shown(
    page: RegisterPage,
    offering: OfferForm | None = None,
    retiring: RetirementForm | None = None,
) -> str:
    with engine().reading() as session:
        shown = version(versions(session, engine(), page.key), "").definition
        written = drafts(session, page.key, None)
        two = requests.takes_two(session, settings().four_eyes, now().date())
        alone = {
            each.version: offered_then(session, page.key, each.digest, None, now())
            for each in page.versions
        }
    sent = offering or retiring
    offering = offering or OfferForm(formdata=None, prefix="offer-", seen=page.seen)
    retiring = retiring or RetirementForm(formdata=None, prefix="retirement-", seen=page.seen)
    offering.version.choices = _versions(page)
    retiring.version.choices = [("", gettext("The whole lifecycle")), *_versions(page)]
    return render_template(
        "administration/lifecycles/register.html",
        page=page,
        title=shown.title,
        offering=offering,
        retiring=retiring,
        written=len(written),
        two=two,
        alone={name: said for name, said in alone.items() if said},
        sent=sent,
    )
