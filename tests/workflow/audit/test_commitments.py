"""A commitment proves a text to whoever is shown it, and tells nobody else what it is."""

import pytest

from workflow.audit.commitments import commit, disclosure_digest, opens
from workflow.errors import Invalid

# Disclosures and their digests as RFC 9901 prints them.
PRINTED = [
    (
        "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
        "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
    ),
]


@pytest.mark.parametrize(("disclosure", "digest"), PRINTED)
def test_a_digest_is_the_one_that_the_standard_prints(disclosure: str, digest: str) -> None:
    assert disclosure_digest(disclosure) == digest


def test_a_commitment_opens_with_its_own_salt_and_value() -> None:
    made = commit("reason", "The budget is missing.")

    assert opens(made.digest, made.field, made.salt, made.value)


def test_a_commitment_opens_with_nothing_else() -> None:
    made = commit("reason", "The budget is missing.")
    salt = commit("reason", made.value).salt

    assert not opens(made.digest, "reason", made.salt, "The budget is there.")
    assert not opens(made.digest, "comment", made.salt, made.value)
    assert not opens(made.digest, "reason", salt, made.value)


def test_a_salt_has_256_bits_and_is_never_used_twice() -> None:
    salts = {commit("reason", "yes").salt for _ in range(1000)}

    assert len(salts) == 1000
    assert {len(salt) for salt in salts} == {43}


def test_a_text_cannot_be_guessed_without_its_salt() -> None:
    made = commit("verdict", "yes")
    guesses = ["", *(commit("verdict", "yes").salt for _ in range(1000))]

    assert not any(opens(made.digest, "verdict", salt, "yes") for salt in guesses)


def test_a_text_is_committed_to_as_it_is_composed() -> None:
    made = commit("name", "Jose\u0301")

    assert opens(made.digest, "name", made.salt, "Jos\u00e9")


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Invalid):
        commit("reason", "\ud83d")
