"""What is kept for a request is what everybody else knows as `g`."""

import pytest
from flask import Flask, g

from web.page.kept import kept


def test_what_is_kept_is_found_by_either_name(app: Flask) -> None:
    with app.app_context():
        kept().found = 1

        assert g.found == 1
        assert kept() is not g


def test_nothing_is_kept_where_no_page_is_made() -> None:
    with pytest.raises(RuntimeError):
        kept()
