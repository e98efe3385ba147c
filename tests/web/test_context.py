"""What every page may ask for keeps its name, whatever else a page is handed."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2 import nodes

WEB = Path(__file__).resolve().parents[2] / "web"


def handed(app: Flask) -> Iterator[tuple[str, str]]:
    """Each name that a view hands to a template, and each that a template sets for all it extends."""
    for module in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "render_template":
                yield from ((module.name, each.arg) for each in node.keywords if each.arg)
    for template in (WEB / "templates").rglob("*.html"):
        for node in app.jinja_env.parse(template.read_text("utf-8")).body:
            if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                yield template.name, node.target.name


def everywhere(app: Flask) -> set[str]:
    """The names that mean the same on every page."""
    with app.test_request_context():
        context: dict[str, object] = {}
        app.update_template_context(context)
    return {*context, *app.jinja_env.globals}


def test_no_page_is_handed_something_else_under_a_name_that_every_page_knows(app: Flask) -> None:
    known = everywhere(app)

    found = sorted((file, name) for file, name in handed(app) if name in known)

    assert {"languages", "direction", "person"} <= known
    assert found == []
