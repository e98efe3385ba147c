"""Templates become code that takes the short way, and writes what Jinja would have written."""

from inspect import isfunction

import pytest
from flask import Flask
from flask.templating import Environment
from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context

from web.page.code import PIECES, TOLD


def compiled(app: Flask, source: str) -> str:
    return str(app.jinja_env.compile(source, "some.html", raw=True))


def test_a_sentence_without_places_is_looked_up_as_it_is(app: Flask) -> None:
    assert "sentence('Show more')" in compiled(app, '{{ _("Show more") }}')


@pytest.mark.parametrize(
    "asked", ['_("%(a)s", a=1)', "_(words)", 'ngettext("a", "b", 2)', '_(*["a"])']
)
def test_any_other_sentence_is_told_where_it_stands(app: Flask, asked: str) -> None:
    assert "context.call(" in compiled(app, f"{{{{ {asked} }}}}")


def test_whatever_else_is_called_is_called_at_once(app: Flask) -> None:
    code = compiled(
        app, '{{ f(1, *a, class="b", **c) }}{{ x.y() }}{% for i in g() %}{{ h(i) }}{% endfor %}'
    )

    assert "context.call(" not in code
    assert "_loop_vars=" not in code


def test_each_function_that_asks_where_it_stands_is_told(app: Flask) -> None:
    known = {name: thing for name, thing in app.jinja_env.globals.items() if isfunction(thing)}

    asking = {name for name, thing in known.items() if hasattr(thing, "jinja_pass_arg")}

    assert asking == TOLD


def test_a_page_says_the_same_as_by_the_code_of_jinja(app: Flask) -> None:
    source = """{% macro m(a, b="<") %}{{ a }}{{ b }}{% endmacro %}
    {{ m(words) }}{{ m(words, b=_("Show more")) }}{% for each in things %}{{ m(each) ~ each }}
    {{ loop.index }}{% else %}none{% endfor %}{{ ngettext("%(num)s thing", "%(num)s things", 2) }}
    {{ _("Page %(here)s", here=words) }}{{ words | upper | typed }}{{ 1.5 }}{{ none }}{{ url_for("home.index", q="<") }}"""
    told = {"words": 'ماء <&"', "things": ["<", "ماء", 3]}
    theirs = app.jinja_env.overlay()
    theirs.code_generator_class = Environment.code_generator_class

    with app.test_request_context():
        expected = theirs.from_string(source).render(told)
        assert app.jinja_env.from_string(source).render(told) == expected


def test_what_asks_for_the_page_is_refused_by_whoever_is_called_at_once(app: Flask) -> None:
    @pass_context
    def asks(_page: Context) -> str:
        return ""

    with pytest.raises(TypeError):
        app.jinja_env.from_string("{{ f() }}").render(f=asks)


def test_what_stands_between_two_statements_is_handed_on_at_once(app: Flask) -> None:
    code = compiled(app, "<a>{{ x }}<b>{{ y }}{% if z %}{{ x }}{% endif %}<c>")

    assert code.count('yield "".join(') == 1
    assert code.count("yield (") == 2
    assert PIECES not in code


def test_a_fault_is_still_told_by_its_line(app: Flask) -> None:
    made = app.jinja_env.from_string("<a>\n{{ x }}\n<b>\n{{ y.z }}\n<c>")

    with pytest.raises(UndefinedError) as told:
        made.render(x=1)

    lines = [each.lineno + 1 for each in told.traceback if str(each.path).endswith("<template>")]
    assert lines == [4]


def test_where_nothing_is_escaped_jinja_has_its_own_way(app: Flask) -> None:
    made = app.jinja_env.from_string(
        "{% autoescape false %}{{ words }}{{ _('Show more') }}{% endautoescape %}"
    )

    with app.test_request_context():
        assert made.render(words="<") == "<Show more"
