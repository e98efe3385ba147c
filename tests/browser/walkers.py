"""Everybody in front of their browsers, signed in once for the whole run."""

from http import HTTPStatus

from playwright.sync_api import Browser, BrowserContext

from tests.browser.walker import Walker
from tests.browser.watching import Findings
from tests.support.visitors import HIDDEN
from tests.support.waiting import PATIENCE
from workflow.demo.cast import DOMAIN, PASSWORD

WIDE = {"width": 1280, "height": 900}
DOOR = "/account/login"
# Who signs in by the form, as everybody would; what the others send is the same.
BY_THE_FORM = "joao.lima"


class Walkers:
    """Everybody who has come in so far, each in a browser of their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.findings = Findings()
        self.here: dict[tuple[str, int, bool], Walker] = {}
        self.contexts: list[BrowserContext] = []

    def as_(self, key: str, *, width: int = WIDE["width"], script: bool = True) -> Walker:
        """The person with this key, signed in once for the whole run."""
        wanted = (key, width, script)
        if wanted not in self.here:
            self.here[wanted] = self._enter(key, width, script=script)
        return self.here[wanted]

    def come(self, *, width: int = WIDE["width"], script: bool = True) -> Walker:
        """Somebody in front of a browser of their own who has not signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": WIDE["height"]},
            java_script_enabled=script,
            locale="en-GB",
        )
        context.set_default_timeout(1000 * PATIENCE)
        self.contexts.append(context)
        # Without a script nothing can be read by axe either.
        return Walker(context, self.findings if script else None)

    def tab(self, walker: Walker) -> Walker:
        """A second tab of the same person."""
        return Walker(walker.page.context, self.findings)

    def faults(self) -> list[str]:
        """What was noted after the last step of anybody; it is told once."""
        noted: list[str] = []
        for walker in self.here.values():
            noted += walker.watch.faults
            walker.watch.faults.clear()
        return noted

    def close(self) -> None:
        """Close every browser."""
        for context in self.contexts:
            context.close()

    def _enter(self, key: str, width: int, *, script: bool) -> Walker:
        walker = self.come(width=width, script=script)
        if key == BY_THE_FORM:
            walker.open(DOOR).fill("E-mail address", f"{key}@{DOMAIN}").fill("Password", PASSWORD)
            return walker.press("Sign in")
        _let_in(walker.page.context, key)
        return walker


def _let_in(context: BrowserContext, key: str) -> None:
    """Send what the form would, without drawing the pages before and after."""
    sent = dict(HIDDEN.findall(context.request.get(DOOR).text()))
    sent |= {"email": f"{key}@{DOMAIN}", "password": PASSWORD}
    answered = context.request.post(DOOR, form=sent, max_redirects=0)
    assert answered.status == HTTPStatus.SEE_OTHER, answered.text()
