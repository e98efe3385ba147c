"""The environment that pages are made in."""

from flask.templating import Environment
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from web.page.code import PageCode


class PageTemplate(Template):
    """A template whose macros are made once: what is known everywhere is the same for all of them."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


class PageEnvironment(Environment):
    """Compiles templates for pages that are asked for over and over."""

    code_generator_class = PageCode
    template_class = PageTemplate
