"""Letters of appointment at a terminal: filed with their digest, listed, and refused to whoever keeps no offices."""

import hashlib
from pathlib import Path

from tests.web.cli.administration.test_accounts import AMINA, BY, house, refused
from tests.web.cli.conftest import PrimeMover

__all__ = ["house"]

LETTER = b"%PDF-1.4 Amina Diallo is appointed."


def test_a_letter_is_filed_listed_and_proved(house: PrimeMover, tmp_path: Path) -> None:
    office, paper = (AMINA, "donor", "bra"), tmp_path / "appointment.pdf"
    paper.write_bytes(LETTER)
    house("office", "appoint", *office, *BY)

    none = house("office", "letters", *office)
    filed = house("office", "letter", *office, paper, *BY)
    again = house("office", "letter", *office, paper, *BY)
    listed = house("office", "letters", *office)
    stranger = house("office", "letter", *office, paper, "--by", AMINA)
    unknown = house("office", "withdraw-letter", *office, "ffffffff", "--reason", "x", *BY)
    unsaid = house("office", "withdraw-letter", *office, "", "--reason", "x", *BY)
    gone = house("office", "withdraw-letter", *office, hashlib.sha256(LETTER).hexdigest()[:12],
                 "--reason", "Of another Amina.", *BY)  # fmt: skip
    after = house("office", "letters", *office)
    proved = house("verify")

    digest = hashlib.sha256(LETTER).hexdigest()
    assert none.output == "No letter is filed.\n"
    assert filed.output == f"appointment.pdf is filed, {len(LETTER)} bytes, SHA-256 {digest}.\n"
    assert again.exit_code == 0
    assert listed.output.count("appointment.pdf") == 1
    assert digest in listed.output
    assert refused(unknown, "0 letters that stand have this digest")
    assert refused(unsaid, "Name the letter by the first 8 digits of its digest or more")
    assert gone.output == "appointment.pdf is withdrawn.\n"
    assert ", withdrawn " in after.output
    assert ", withdrawn " not in listed.output
    assert refused(stranger, "Only an administrator keeps offices")
    assert proved.exit_code == 0, proved.output
