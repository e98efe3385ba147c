"""Macros are made once, however many pages bring them in."""

from flask import Flask

from web.page.environment import PageEnvironment, PageTemplate


def test_pages_are_made_in_this_environment(app: Flask) -> None:
    assert isinstance(app.jinja_env, PageEnvironment)
    assert isinstance(app.jinja_env.get_template("layout.html"), PageTemplate)


def test_macros_that_two_pages_bring_in_are_the_same(app: Flask) -> None:
    bring = "{% from 'macros/bits.html' import pill %}{% set out = keep(pill) %}"
    brought: list[object] = []

    for _ in range(2):
        app.jinja_env.from_string(bring).render(keep=brought.append)

    assert brought[0] is brought[1]
