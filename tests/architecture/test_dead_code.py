"""The search for dead code, which `make check` runs, finds what it looks for."""

from pathlib import Path

import pytest

from tests.architecture import dead_code


def test_a_name_that_nothing_uses_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_code, "ROOT", tmp_path)
    (tmp_path / "one.py").write_text(
        "__all__ = ['exported']\ndef exported(): ...\ndef used(): ...\ndef called(): used()\n"
    )
    (tmp_path / "two.py").write_text("import one\nfrom one import called\ncalled()\n")

    found = dict(dead_code.unimported(["one.py", "two.py"]))

    assert found == {"exported": "one.py:2"}


def test_a_homonym_elsewhere_is_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dead_code, "ROOT", tmp_path)
    (tmp_path / "one.py").write_text("def read(): ...\n")
    (tmp_path / "two.py").write_text("def read(): ...\nread()\n")

    found = dict(dead_code.unimported(["one.py", "two.py"]))

    assert found == {"read": "one.py:1"}


def test_what_a_template_speaks_of_is_used() -> None:
    assert {"page", "case", "state_label"} <= dead_code.words_of_templates()
