import json
from datetime import UTC, datetime
from typing import Any

import pytest

from workflow.backups.manifest import BackupMember, Manifest
from workflow.errors import Invalid

MANIFEST = Manifest(
    at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
    program="0.1.0",
    database="sqlite",
    revision="0014",
    events=75,
    missing=("ab" * 32,),
    members=(BackupMember("database.sqlite", 9, "cd" * 32), BackupMember("files/a", 1, "ef" * 32)),
)


def test_a_manifest_is_read_as_it_was_written() -> None:
    assert Manifest.read(MANIFEST.text().encode()) == MANIFEST
    assert MANIFEST.files == 1


def test_a_newer_format_is_left_to_a_newer_release() -> None:
    newer = {**json.loads(MANIFEST.text()), "format": 2}

    with pytest.raises(Invalid, match="by a newer release"):
        Manifest.read(json.dumps(newer).encode())


@pytest.mark.parametrize(
    "change",
    [{"at": "yesterday"}, {"events": "many"}, {"members": [{"name": "x"}]}, {"members": 3},
     {"missing": None}, {"at": 5}, {"members": [{"name": 5, "size": 1, "sha256": ""}]},
     {"members": [{"name": "files/a", "size": "1", "sha256": ""}]}],
)  # fmt: skip
def test_a_manifest_of_another_shape_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        Manifest.read(json.dumps({**json.loads(MANIFEST.text()), **change}).encode())


@pytest.mark.parametrize("text", [b"", b"[]", b"\xff", b"{}", b"null"])
def test_what_is_no_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(Invalid, match="cannot be read"):
        Manifest.read(text)
