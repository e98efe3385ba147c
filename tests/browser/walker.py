"""Somebody in front of a browser, with verbs in the words that they would use themselves."""

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from tests.browser.watching import Findings, Watch
from tests.support.pages.somebody import begins, whole
from tests.support.waiting import PATIENCE

expect.set_options(timeout=1000 * PATIENCE)


class Walker:
    """One signed-in person; everything is found by its role and the words on it."""

    def __init__(self, context: BrowserContext, findings: Findings | None) -> None:
        self.page = context.new_page()
        self.watch = Watch(self.page, findings)

    def open(self, address: str, *, refused: int = 0) -> "Walker":
        """Open an address; `refused` is the status that is expected instead of the page."""
        self.watch.expected = refused or 200
        self.page.goto(address)
        return self._arrived()

    def press(self, words: str, *, refused: int = 0, card: str = "") -> "Walker":
        """Press the button with these words and wait for the page that follows."""
        self.watch.expected = refused or 200
        with self.page.expect_navigation():
            self._on(card).get_by_role("button", name=words, exact=True).click()
        return self._arrived()

    def follow(self, words: str, *, refused: int = 0) -> "Walker":
        """Follow the first link that begins with these words."""
        self.watch.expected = refused or 200
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=begins(words)).first.click()
        return self._arrived()

    def fill(self, label: str, words: str, *, card: str = "") -> "Walker":
        """Write into the field with this label, on the card with this title, or in the group of this name, if one is named."""
        self.labelled(label, card).fill(words)
        return self

    def pick(self, label: str, option: str, *, card: str = "") -> "Walker":
        """Pick an option of the list with this label, on the card with this title, or in the group of this name, if one is named."""
        self.labelled(label, card).select_option(label=option)
        return self

    def choose(self, *labels: str) -> "Walker":
        """Tick the boxes, or the points of choice, that begin with these words."""
        for label in labels:
            self._choice(label).check()
        return self

    def choose_under(self, group: str, label: str) -> "Walker":
        """Choose the point that begins with `label` in the group that begins with `group`."""
        self._choice(label, self.page.get_by_role("group", name=begins(group))).check()
        return self

    def unfold(self, words: str) -> "Walker":
        """Open what is folded under a line that begins with these words."""
        self.page.locator("summary").filter(has_text=begins(words)).click()
        return self

    def attach(self, label: str, name: str, content: bytes) -> "Walker":
        """Choose a file of this name and content."""
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        self.labelled(label).set_input_files(file)
        return self

    def take_away(self, words: str) -> str:
        """Save what the link with these words hands out; returns its text."""
        with self.page.expect_download() as saved:
            self.page.get_by_role("link", name=words, exact=True).first.click()
        return saved.value.path().read_text("utf-8-sig")

    def reads(self, *sentences: str) -> "Walker":
        """Find each of these sentences on the page."""
        for sentence in sentences:
            expect(self.page.get_by_role("main")).to_contain_text(sentence)
        return self

    def misses(self, *sentences: str) -> "Walker":
        """Find none of these sentences on the page."""
        for sentence in sentences:
            expect(self.page.get_by_role("main")).not_to_contain_text(sentence)
        return self

    def press_twice(self, words: str) -> "Walker":
        """Press the button with these words twice as fast as a hand can.

        Without a script the second press breaks off what the first began, so it is the page that
        comes of both that is waited for.
        """
        before = self.page.url
        self._button(words).dblclick()
        expect(self.page).not_to_have_url(before)
        return self._arrived()

    def kept(self, label: str) -> str:
        """What stands in the field with this label."""
        return self.labelled(label).input_value()

    @property
    def address(self) -> str:
        """Where they are."""
        return self.page.url

    def labelled(self, label: str, card: str = "") -> Locator:
        """The field with this label, whether it says that it may stay empty or not."""
        return self._on(card).get_by_label(whole(label))

    def _on(self, card: str) -> Page | Locator:
        if not card:
            return self.page
        region = self.page.get_by_role("region", name=card, exact=True)
        return region.or_(self.page.get_by_role("group", name=card, exact=True))

    def _button(self, words: str) -> Locator:
        return self.page.get_by_role("button", name=words, exact=True)

    def _choice(self, label: str, place: Page | Locator | None = None) -> Locator:
        within = place or self.page
        radio = within.get_by_role("radio", name=begins(label))
        return radio.or_(within.get_by_role("checkbox", name=begins(label)))

    def _arrived(self) -> "Walker":
        self.watch.settle()
        return self
