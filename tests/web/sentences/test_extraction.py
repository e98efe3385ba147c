"""A translator's catalogue holds the words of a lifecycle, and nothing else of its file."""

import io

from web.sentences.extraction import lifecycle_words

FILE = """
key = "standard"
title = "Standard"
[roles]
donor = { label = "Donor", what = "Gives.", source = ["SEED"] }
[[fields]]
key = "modality"
label = "Donor"
options = [["one", "The one"], ["two", "The other"]]
longest = 200
"""


def test_what_is_read_by_people_is_gathered_once_each() -> None:
    found = [text for _, _, text, _ in lifecycle_words(io.BytesIO(FILE.encode()))]

    assert found == ["Standard", "Donor", "Gives.", "The one", "The other"]
