"""A macro is called as a function is, with whatever Jinja would have taken and nothing else."""

import pytest
from flask import Flask
from markupsafe import Markup

MACROS = """
{%- macro two(first, second="<b>") %}{{ first }}-{{ second }}{% endmacro -%}
{%- macro open(first) %}{{ first }}{{ kwargs.get("class", "") }}{{ varargs | length }}{% endmacro -%}
{%- macro around(title="") %}{{ title }}[{{ caller() }}]{% endmacro -%}
"""


@pytest.mark.parametrize(
    ("called", "written"),
    [
        ("two('<')", "&lt;-&lt;b&gt;"),
        ("two('a', 'b')", "a-b"),
        ("two(second='b', first='a')", "a-b"),
        ("two('a', second='b')", "a-b"),
        ("two('a', *['b'])", "a-b"),
        ("two(**{'first': 'a'})", "a-&lt;b&gt;"),
        ("open('a', 1, 2, class='c')", "ac2"),
        ("two(two('<', '>'), 1)", "&lt;-&gt;-1"),
    ],
)
def test_a_macro_takes_what_it_is_given(app: Flask, called: str, written: str) -> None:
    made = app.jinja_env.from_string(f"{MACROS}{{{{ {called} }}}}")

    assert made.render() == written


def test_a_macro_writes_its_caller_in_its_place(app: Flask) -> None:
    made = app.jinja_env.from_string(MACROS + "{% call around('<') %}<b>{{ '&' }}</b>{% endcall %}")

    assert made.render() == "&lt;[<b>&amp;</b>]"


@pytest.mark.parametrize(
    "called", ["two('a', 'b', 'c')", "two('a', third='c')", "two('a', first='b')"]
)
def test_a_macro_that_is_given_too_much_is_a_fault(app: Flask, called: str) -> None:
    made = app.jinja_env.from_string(f"{MACROS}{{{{ {called} }}}}")

    with pytest.raises(TypeError, match="takes no"):
        made.render()


def test_a_macro_that_is_called_from_python_gives_markup(app: Flask) -> None:
    module = app.jinja_env.get_template("macros/bits.html").module

    written = vars(module)["pill"]("done", "<b>")

    assert written == '<span class="pill pill--done">&lt;b&gt;</span>'
    assert isinstance(written, Markup)
