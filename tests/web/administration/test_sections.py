"""The index of the administrator's area lists what its rooms bring along."""

import pytest
from flask_babel import lazy_gettext

from tests.support.visitors import Enter
from web.administration.sections import OfficeRoom, Section, sections


def test_a_room_brings_its_section_along(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = enter("naledi.khumalo")
    app = visitor.flask.application
    rooms = [
        OfficeRoom(
            name,
            __name__,
            name,
            Section(f"{name}.index", lazy_gettext("x"), lazy_gettext("y"), "users", place),
        )
        for name, place in (("later", 9_002), ("sooner", 9_001))
    ]
    for each in rooms:
        monkeypatch.setitem(app.blueprints, each.name, each)

    with app.app_context():
        listed = sections()
    for each in rooms:
        app.blueprints.pop(each.name)

    assert [each.endpoint for each in listed[-2:]] == ["sooner.index", "later.index"]
    assert rooms[0].url_prefix == "/office/later"
