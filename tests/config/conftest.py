from dataclasses import fields

import pytest

from config.settings import Settings


@pytest.fixture(autouse=True)
def an_empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in fields(Settings):
        monkeypatch.delenv(f"PRIMEMOVER_{each.name.upper()}", raising=False)
