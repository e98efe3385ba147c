"""Letters about accounts: in the reader's language, in the house's own words, never without their link."""

from datetime import UTC, datetime

import pytest

from workflow.errors import Invalid
from workflow.notices.account_letters import AccountDesk, places, standard
from workflow.notices.placeholders import KNOWN, unknown
from workflow.notices.templates import LetterWords, checked
from workflow.notices.vocabulary import AccountLetter
from workflow.people.accounts.invitations import Invited

AMINA = Invited(1, "Amina {link}", "amina@example.org", datetime(2026, 3, 9, tzinfo=UTC), "fr")
LINK = "https://prime.example/account/invitations/abc"


def desk(**own: tuple[str, str]) -> AccountDesk:
    return AccountDesk("Prime Mover <pm@prime.example>", str, own)


def test_the_house_words_the_letter_with_a_link_and_a_name_fills_nothing() -> None:
    letter = desk(account_link=("For {name}\nuntil {day}", "{name}: {link} ({email})")).invitation(
        AMINA, LINK
    )

    assert letter["Subject"] == "For Amina {link} until 2026-03-09"
    assert letter.get_content() == f"Amina {{link}}: {LINK} (amina@example.org)\n"
    assert letter["To"] == "amina@example.org"


def test_each_kind_is_worded_for_itself() -> None:
    worded = desk(address_moved=("Moved", "Goodbye, {name}."))

    moved, asked = (
        worded.moved("old@example.org", "Amina"),
        worded.agreement("a@b.org", "Amina", LINK),
    )

    assert moved.get_content() == "Goodbye, Amina.\n"
    assert "Open this link within a week" in asked.get_content()
    assert LINK in asked.get_content()


@pytest.mark.parametrize("kind", AccountLetter)
def test_the_standard_words_are_words_that_could_be_kept(kind: AccountLetter) -> None:
    subject, body = standard(kind, str)

    assert unknown(subject + body, places(kind)) == ()
    assert checked(LetterWords(kind.value, "fr", subject, body)).subject == subject


@pytest.mark.parametrize(
    ("kind", "subject", "body", "said"),
    [
        ("account_link", "Welcome", "Dear {name}", "write {link} where it stands"),
        ("address_asked", "Hello {link}", "{link}", "where nobody else reads it"),
        ("address_moved", "Moved", "{link}", "{link} is no placeholder; these are: {name}."),
        ("account_link", "{ref}", "{link}", "{name} {day} {link} {email}"),
    ],
)
def test_words_that_would_lose_the_link_or_name_what_is_not_there_are_refused(
    kind: str, subject: str, body: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said.replace("{", r"\{")):
        checked(LetterWords(kind, "fr", subject, body))


def test_letters_about_notices_keep_their_placeholders() -> None:
    assert places("reminder") == KNOWN
    assert places("account_link") == ("name", "day", "link", "email")
