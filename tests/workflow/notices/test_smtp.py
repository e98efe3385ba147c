"""What a mail server says of a letter, and when: the answer to the letter alone decides."""

from email.message import EmailMessage

import pytest

from tests.workflow.notices.post import Office, a_free_port, open_office
from workflow.notices import mailer, smtp
from workflow.notices.smtp import Sent, SmtpServer
from workflow.notices.vocabulary import Sending

# Connection, greeting, hello, TLS with its handshake, hello again, name, password, sender, reader.
STEPS_BEFORE_A_LETTER, GOODBYE = 10, 1


def sent_to(office: Office) -> Sent:
    letter = EmailMessage()
    letter["From"], letter["To"] = "pm@prime.example", "priya@india.example"
    letter.set_content("Your answer is asked for.")
    with open_office(office, a_free_port()) as address:
        return SmtpServer.at(address).send(letter)


@pytest.mark.parametrize("goodbye", ["421 Closing for the night", "500 Who is there?"])
def test_a_letter_that_was_taken_is_sent_however_its_server_says_goodbye(goodbye: str) -> None:
    office = Office()
    office.goodbye = goodbye

    sent = sent_to(office)

    assert sent == Sent(Sending.SENT)
    assert len(office.letters) == 1


def test_a_server_may_think_longer_about_a_letter_than_about_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(smtp, "PATIENCE", 1.0)
    office = Office()
    office.slow = 1.5

    sent = sent_to(office)

    assert sent == Sent(Sending.SENT)


def test_a_server_that_dies_before_it_answers_for_a_letter_is_asked_again() -> None:
    office = Office()
    office.dies = True

    sent = sent_to(office)

    assert sent.state is Sending.OWED
    assert "Connection unexpectedly closed" in sent.error


def test_a_claim_outlasts_the_slowest_server() -> None:
    words = (STEPS_BEFORE_A_LETTER + GOODBYE) * smtp.PATIENCE

    assert words + smtp.LAST_WORD < mailer.CLAIM.total_seconds()
