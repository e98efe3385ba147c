"""T18 and T21: bytes that two readers could understand differently, and erased texts that are guessed."""

import hashlib
import json
import random
from typing import Any

import pytest

from tests.attacks.trying import tell, tries
from workflow.audit import canonical
from workflow.audit.commitments import commit, disclosure, disclosure_digest
from workflow.dossiers.verifier.strict import Wrong, parsed_json
from workflow.errors import Invalid

CASES, WORDS = tries(500), tries(1000)
KEYS = ("a", "b", "at", "seq", "é", "e\u0301", "😀", "\u0000", "")


def value(chance: random.Random, depth: int = 0) -> Any:
    """Something that has one spelling."""
    kind = chance.randrange(6 if depth < 3 else 4)
    match kind:
        case 0:
            return chance.choice([None, True, False])
        case 1:
            return chance.randrange(-canonical.LARGEST, canonical.LARGEST)
        case 2 | 3:
            return chance.choice(["", "nurse", "caf\u00e9", "\u20ac", '"', "\\", "\n", "😀"])
        case 4:
            return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {chance.choice("abcdef"): value(chance, depth + 1) for _ in range(chance.randrange(4))}


def ambiguous(chance: random.Random) -> bytes:
    """Another spelling of a body, or one that two readers could take differently."""
    inner = canonical.write(value(chance)).decode()
    return chance.choice(
        [
            f'{{"a":{inner},"a":{inner}}}',
            f'{{"a":{inner},"\\u0061":{inner}}}',
            f'{{"a":{inner},"n":{chance.choice(["1.0", "1e0", "-0", "01", "1E2", "NaN"])}}}',
            f'{{"a":{inner},"n":{canonical.LARGEST + chance.randrange(1, 10**9)}}}',
            f'{{"a":{inner},"n":"\\ud8{chance.randrange(100):02d}"}}',
            f'{{"a":{inner},"n":"\\u00e9"}}',
            f'{{"b":1,"a":{inner}}}',
            f'{{"a": {inner}}}',
            f'{{"a":{inner}}}\n',
            f'\ufeff{{"a":{inner}}}',
            f'{{"a":{inner},}}',
            f'{{"a":{inner}}}{{}}',
        ]
    ).encode("utf-8", "surrogatepass")


@pytest.mark.proof
def test_no_ambiguous_spelling_is_read_by_the_trail_or_by_the_verifier() -> None:
    """T18: keys twice, large numbers, half characters, needless escapes, other orders and blanks."""
    chance, accepted = random.Random(18), []
    for _ in range(CASES):
        body = ambiguous(chance)
        for read, refusal in ((canonical.parse, Invalid), (parsed_json, Wrong)):
            try:
                read(body)
            except refusal:
                continue
            accepted.append(body)

    tell(18, CASES, CASES - len(accepted), "trail and verifier")
    assert accepted == []


@pytest.mark.proof
def test_both_readers_take_what_the_trail_writes() -> None:
    """T18: without which refusing everything would pass the test above."""
    chance = random.Random(818)
    for _ in range(CASES):
        body = canonical.write({"a": value(chance)})

        assert canonical.parse(body) == parsed_json(body) == json.loads(body)


@pytest.mark.proof
def test_twins_of_composed_and_decomposed_text_are_written_as_one_or_refused() -> None:
    """T18: é is one letter or two; a key that is there in both ways is refused."""
    chance = random.Random(181)
    for _ in range(CASES):
        text = "".join(chance.choices("aeo\u0301\u0308\u00e9\u00fc", k=5))
        composed = canonical.write(text)

        assert canonical.write(canonical.parse(composed)) == composed
        assert canonical.write(json.loads(json.dumps(text))) == composed
    for twin in ({"é": 1, "e\u0301": 2},):
        try:
            canonical.write(twin)
        except Invalid:
            continue
        raise AssertionError("a key stands twice")


@pytest.mark.proof
def test_an_erased_text_is_not_confirmed_by_guessing() -> None:
    """T21: a dictionary with the right word in it; a digest without salt gives it away."""
    chance = random.Random(21)
    words = [f"Because of reason {number}." for number in range(WORDS)]
    made = commit("reason", chance.choice(words))
    bare = hashlib.sha256(made.value.encode()).hexdigest()
    salts = ("", "0" * 43, commit("reason", made.value).salt)

    confirmed = [
        word
        for word in words
        for salt in salts
        if disclosure_digest(disclosure(salt, "reason", word)) == made.digest
    ]
    naive = [word for word in words if hashlib.sha256(word.encode()).hexdigest() == bare]

    tell(21, WORDS, len(confirmed), "guessing (none may be)")
    assert confirmed == []
    assert naive == [made.value]
